import Foundation

/// Many texts one after the other in one piece of memory, for as long as this object lives.
final class TextArena {
    /// Where a text lies.
    struct Span {
        var start: Int
        var count: Int32
    }

    private var bytes = UnsafeMutableRawBufferPointer(start: nil, count: 0)
    /// How many bytes are in use.
    private(set) var count = 0

    deinit { free(bytes.baseAddress) }

    /// Adds a text. What was handed out before by the subscript is no longer to be read.
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

    /// A text's bytes, until another text is added.
    subscript(span: Span) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: bytes.baseAddress.map { $0 + span.start }, count: Int(span.count))
    }

    /// Makes room for so many bytes more.
    func reserve(_ more: Int) {
        guard count + more > bytes.count else { return }
        let size = max(count + more, bytes.count + bytes.count / 2, 4096)
        guard let grown = realloc(bytes.baseAddress, size) else { fatalError("out of memory") }
        bytes = UnsafeMutableRawBufferPointer(start: grown, count: size)
    }
}
