import Foundation
import Testing

@testable import Readers

/// Hands out its pieces one by one, and then fails.
private struct FailingSource: ByteSource {
    struct Unplugged: Error {}
    var pieces: [String]
    var error: any Error = ByteSourceError.unreadable(reason: "Input/output error")

    mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        guard !pieces.isEmpty else { throw error }
        let piece = Array(pieces.removeFirst().utf8)
        buffer.copyBytes(from: piece)
        return piece.count
    }
}

@Suite struct SourceTests {
    @Test(arguments: [nil, "windows-1252"])
    func `a source that fails ends the reading behind the rows that came whole`(encoding: String?) {
        let source = FailingSource(pieces: ["a,b\nc,", "d\ne", ",f"])
        let reading = Reading(of: source, CSVOptions(encoding: encoding))
        #expect(reading.cells == [["a", "b"], ["c", "d"]])
        #expect(reading.error == .unreadable(line: 3, reason: "Input/output error"))
        #expect(reading.error?.sentence == "cannot be read after line 3: Input/output error")
    }

    @Test func `a source that fails at once says why, in whatever words it has`() {
        let reading = Reading(of: FailingSource(pieces: [], error: FailingSource.Unplugged()))
        #expect(reading.error == .unreadable(line: 1, reason: "Unplugged()"))
        #expect(Reading(of: FailingSource(pieces: [], error: ByteSourceError.folder)).error?.line == 1)
    }

    @Test func `data comes in pieces of at most the size asked for`() {
        var source = DataByteSource(Data("abcde".utf8), piece: 2)
        var sizes: [Int] = []
        withUnsafeTemporaryAllocation(byteCount: 16, alignment: 1) { buffer in
            for _ in 0..<4 { sizes.append(source.read(into: buffer)) }
        }
        #expect(sizes == [2, 2, 1, 0])
    }

    @Test func `a file is read by its path`() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID()).csv").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let text = String(repeating: "a,b\n", count: 100_000)
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        let reading = Reading(of: try FileByteSource(path: path))
        #expect(reading.rows.count == 100_000)
        #expect(reading.rows.last == .init(line: 100_000, cells: ["a", "b"]))
    }

    @Test func `a file that cannot be read says why before anything is tried`() {
        let folder = FileManager.default.temporaryDirectory.path
        #expect(throws: ByteSourceError.folder) { try FileByteSource(path: folder) }
        #expect(throws: ByteSourceError.missing) { try FileByteSource(path: folder + "/\(UUID())/none.csv") }
        #expect(ByteSourceError.missing.sentence == "does not exist")
        #expect(ByteSourceError.folder.sentence == "is a folder; specify a file in it")
        #expect(
            ByteSourceError.unreadable(reason: "Permission denied").sentence == "cannot be read: Permission denied")
    }
}
