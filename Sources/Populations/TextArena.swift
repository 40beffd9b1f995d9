import Foundation

/// Many texts in one block of memory, for as long as this object lives.
final class TextArena {
    /// The position of a text.
    struct Span {
        var start: Int
        var count: Int32
    }

    private var bytes = UnsafeMutableRawBufferPointer(start: nil, count: 0)
    /// The number of bytes in use.
    private(set) var count = 0

    deinit { free(bytes.baseAddress) }

    /// Adds a text. Buffers that the subscript returned before become invalid.
    func add(_ text: UnsafeRawBufferPointer) -> Span {
        reserve(text.count)
        if let source = text.baseAddress, let start = bytes.baseAddress {
            memcpy(start + count, source, text.count)
        }
        defer { count += text.count }
        return Span(start: count, count: Int32(text.count))
    }

    /// Adds a text.
    func add(_ text: String) -> Span {
        var text = text
        return text.withUTF8 { add(UnsafeRawBufferPointer($0)) }
    }

    /// The bytes of a text; valid until another text is added.
    subscript(span: Span) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: bytes.baseAddress.map { $0 + span.start }, count: Int(span.count))
    }

    /// Reserves memory for this number of additional bytes.
    func reserve(_ more: Int) {
        guard count + more > bytes.count else { return }
        let size = max(count + more, bytes.count + bytes.count / 2, 4096)
        guard let grown = realloc(bytes.baseAddress, size) else { fatalError("out of memory") }
        bytes = UnsafeMutableRawBufferPointer(start: grown, count: size)
    }
}
