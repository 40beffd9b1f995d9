import Domain

/// One row, whose fields become text when they are asked for.
public struct CSVRow: Sendable {
    /// The line of the file, counted from 1, on which the row begins.
    public let line: Int
    /// What is wrong with the row as a whole: the field, counted from 1, and a sentence; nil for a good row.
    public let malformation: (column: Int, message: String)?
    /// How many lines of the file it takes.
    let lines: Int
    private let bytes: [UInt8]
    private let spans: [FieldSpan]

    init(line: Int, lines: Int, malformation: (column: Int, message: String)?, bytes: [UInt8], spans: [FieldSpan]) {
        self.line = line
        self.lines = lines
        self.malformation = malformation
        self.bytes = bytes
        self.spans = spans
    }

    /// How many fields the row has; at least 1.
    public var count: Int { spans.count }

    /// The text of a field, counted from 0; empty for one that the row does not have.
    ///
    /// The guard that keeps a spreadsheet from running a cell (`'` before `=`, `+`, `-`, `@`, tab, carriage return, or
    /// before such a guard) is taken off.
    public subscript(index: Int) -> String {
        guard spans.indices.contains(index) else { return "" }
        let span = spans[index]
        let start = isGuarded(span) ? span.start + 1 : span.start
        guard span.hasDoubledQuotes else { return String(decoding: bytes[start..<span.end], as: UTF8.self) }
        var text: [UInt8] = []
        text.reserveCapacity(span.end - start)
        var position = start
        while position < span.end {
            text.append(bytes[position])
            // Inside such a field quotes come in pairs only.
            position += bytes[position] == 0x22 ? 2 : 1
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Whether a field has no text; cheaper than to ask for it.
    func isEmpty(at index: Int) -> Bool {
        spans[index].start == spans[index].end
    }

    /// Whether a field has an `@` in it, or its full-width form; cheaper than to ask for the text.
    func hasAtSign(at index: Int) -> Bool {
        let text = bytes[spans[index].start..<spans[index].end]
        if text.contains(0x40) { return true }
        return text.contains(0xef) && self[index].unicodeScalars.contains("\u{ff20}")
    }

    /// Whether the first field begins with a byte.
    func begins(with byte: UInt8) -> Bool { spans[0].start < spans[0].end && bytes[spans[0].start] == byte }

    private func isGuarded(_ span: FieldSpan) -> Bool {
        span.start < span.end && bytes[span.start] == FormulaGuard.byte
            && FormulaGuard.isNeeded(by: bytes[span.start..<span.end])
    }
}

/// Where a field's bytes stand in the buffer, without the quotes around it.
struct FieldSpan: Sendable {
    var start: Int
    var end: Int
    /// Whether each quote in it stands there twice.
    var hasDoubledQuotes = false
}
