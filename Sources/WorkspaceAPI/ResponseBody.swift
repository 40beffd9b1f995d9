import CCourier
import Foundation
import JSONReading

/// The bytes of a response, followed by room that a parser may read, so that it needs no copy.
public final class ResponseBody: Sendable {
    /// The number of bytes that may be read after the end.
    static let room = Int(courier_padding)

    // Not written after initialisation.
    nonisolated(unsafe) private let start: UnsafeMutableRawPointer
    /// The number of bytes.
    public let count: Int
    /// The number of bytes of header lines after the room.
    private let headCount: Int

    /// Takes ownership of memory from `malloc`: the body, ``room``, and the header lines; a null pointer is an empty
    /// body.
    init(owning start: UnsafeMutableRawPointer?, count: Int, headCount: Int = 0) {
        self.start = start ?? calloc(1, Self.room)
        self.count = start == nil ? 0 : count
        self.headCount = start == nil ? 0 : headCount
    }

    /// Copies bytes.
    public convenience init(_ bytes: some DataProtocol) {
        guard let start = malloc(bytes.count + Self.room) else { fatalError("out of memory") }
        bytes.copyBytes(to: UnsafeMutableRawBufferPointer(start: start, count: bytes.count))
        self.init(owning: start, count: bytes.count)
    }

    deinit { free(start) }

    /// Passes the bytes to `body`; the room follows them.
    func withUnsafeBytes<Value, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        try body(UnsafeRawBufferPointer(start: start, count: count))
    }

    /// Whether the first character is the brace of a JSON object, in any encoding.
    var beginsLikeAnObject: Bool {
        withUnsafeBytes { bytes in
            // White space, the NUL of UTF-16, and byte order marks.
            let before: Set<UInt8> = [0x09, 0x0a, 0x0d, 0x20, 0x00, 0xef, 0xbb, 0xbf, 0xfe, 0xff]
            return bytes.first { !before.contains($0) } == UInt8(ascii: "{")
        }
    }

    /// The header lines that came with the body.
    var head: String {
        String(decoding: UnsafeRawBufferPointer(start: start + count + Self.room, count: headCount), as: UTF8.self)
    }

    /// The bytes without a copy; valid while the data is referenced.
    public var data: Data {
        Data(bytesNoCopy: start, count: count, deallocator: .custom { [self] _, _ in withExtendedLifetime(self) {} })
    }
}

extension JSONDocument {
    /// Reads a whole body in place.
    ///
    /// - Throws: ``InvalidJSON``; then no part of the body can be trusted.
    init(_ body: ResponseBody) throws(InvalidJSON) {
        self = try body.withUnsafeBytes { bytes throws(InvalidJSON) in try JSONDocument(roomBehind: bytes) }
    }
}
