import Foundation
import Testing

@testable import Readers

/// The same text again and again, as long as somebody reads, and little more of it than `most` bytes.
private final class EndlessSource: ByteSource {
    private var next: ArraySlice<UInt8>
    private let pattern: [UInt8]
    private let most: Int
    private(set) var given = 0

    init(_ beginning: String = "", repeating text: String, most: Int = .max) {
        next = Array(beginning.utf8)[...]
        pattern = Array(String(repeating: text, count: 1000).utf8)
        self.most = most
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(ByteSourceError) -> Int {
        guard given < most else { throw .unreadable(reason: "read too far") }
        if next.isEmpty { next = pattern[...] }
        let count = min(next.count, buffer.count)
        buffer.copyBytes(from: next.prefix(count))
        next = next.dropFirst(count)
        given += count
        return count
    }
}

@Suite struct LimitTests {
    @Test func `a field of 10 MB is read`() {
        let long = [UInt8](repeating: 0x78, count: 10_000_000)
        let bytes = Array("a,\"".utf8) + long + Array("\"\r\nb,c".utf8)
        let reading = Reading(of: DataByteSource(Data(bytes), piece: 1 << 16))
        #expect(reading.rows.map { $0.cells.map(\.utf8.count) } == [[1, long.count], [1, 1]])
        #expect(reading.lines == [1, 2])
        #expect(reading.error == nil)
    }

    @Test(arguments: ["", "\n", "\r\n", "\r", ",y\n"])
    func `a field may be as long as the limit and no longer`(rest: String) {
        let fits = String(repeating: "x", count: 40)
        #expect(Reading(of: "a\n\(fits)\(rest)", delimiter: .comma, limit: 40).error == nil)
        let tooLong = Reading(of: "a\n\(fits)x\(rest)", delimiter: .comma, limit: 40)
        #expect(tooLong.error == .fieldTooLong(line: 2, limit: 40))
        #expect(tooLong.cells == [["a"]])
    }

    @Test(arguments: ["\"\n\"", "\"\n\n\"\"", " \"\n"])
    func `a quoted field that is too long is shown where it begins`(field: String) {
        let text = "a\n\"b\nc\",\(field)" + String(repeating: "x", count: 50) + "\"\n"
        #expect(Reading(of: text, delimiter: .comma, limit: 40).error == .fieldTooLong(line: 3, limit: 40))
    }

    @Test(arguments: ["\"", "\"\"\"", "x"])
    func `a field without an end does not eat the memory`(opening: String) {
        let source = EndlessSource("email,role\nbob@acme.io,\(opening)", repeating: "abcdefg ", most: 1 << 22)
        let reading = Reading(of: source, CSVOptions(delimiter: .comma, maximumFieldBytes: 1 << 20))
        #expect(reading.error == .fieldTooLong(line: 2, limit: 1 << 20))
        #expect(reading.cells == [["email", "role"]])
    }

    @Test func `neither does a row without an end`() {
        let source = EndlessSource(repeating: String(repeating: "x", count: 999) + ",", most: 1 << 24)
        let reading = Reading(of: source, CSVOptions(maximumFieldBytes: 1 << 10))
        #expect(reading.error == .rowTooLong(line: 1, limit: 1 << 20))
        #expect(source.given < 1 << 22)
    }

    @Test(arguments: [1 << 18, 1 << 22])
    func `a row that is too long is refused, whether or not the buffer would hold it`(buffer: Int) {
        let row = String(repeating: String(repeating: "x", count: 999) + ",", count: 1_100)
        var options = CSVOptions(maximumFieldBytes: 1 << 10)
        options.bufferBytes = buffer
        let reading = Reading(of: DataByteSource(Data("a,b\n\(row)\nc,d\n".utf8)), options)
        #expect(reading.cells == [["a", "b"]])
        #expect(reading.error == .rowTooLong(line: 2, limit: 1 << 20))
    }

    @Test func `a limit beyond what can be counted is none`() {
        let reading = Reading(of: "a,b\n", limit: .max)
        #expect(reading.cells == [["a", "b"]])
    }

    @Test func `a row has no more fields than a sheet has columns`() {
        let delimiters = String(repeating: ",", count: 16_383)
        let options = CSVOptions(delimiter: .comma)
        #expect(Reading(of: DataByteSource(Data("a\n\(delimiters)b".utf8)), options).rows.last?.cells.count == 16_384)
        let reading = Reading(of: DataByteSource(Data("a\n\(delimiters),b".utf8)), options)
        #expect(reading.error == .tooManyFields(line: 2, limit: 16_384))
    }

    @Test(arguments: ["", "\u{feff}"], [nil, "windows-1252"])
    func `no more of a file is read than the next rows need`(mark: String, encoding: String?) throws {
        let source = EndlessSource(mark + "email\n", repeating: "bob@acme.io\n")
        var reader = try CSVReader(source: source, options: CSVOptions(encoding: encoding))
        var taken = 0
        var furthest = 0
        for _ in 0..<100_000 {
            taken += try #require(try reader.next())[0].utf8.count + 1
            furthest = max(furthest, source.given - taken)
        }
        #expect(taken > 1_000_000)
        // A buffer of text, and a piece that is not text yet.
        #expect(furthest < 512 << 10)
    }

    @Test func `nothing that was read is kept`() throws {
        let source = EndlessSource("email\n", repeating: "bob@acme.io\n")
        var reader = try CSVReader(source: source, options: CSVOptions())
        for _ in 0..<100_000 { _ = try reader.next() }
        #expect(source.given > 1_000_000)
        #expect(Self.bytesHeld(by: reader) < 512 << 10)
    }

    /// The sizes of all arrays of bytes inside a value.
    private static func bytesHeld(by value: Any) -> Int {
        if let bytes = value as? [UInt8] { return bytes.capacity }
        return Mirror(reflecting: value).children.reduce(0) { $0 + bytesHeld(by: $1.value) }
    }
}
