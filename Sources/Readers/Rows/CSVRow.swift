import Domain

/// One row, whose fields are converted to text on access.
public struct CSVRow: Sendable {
    /// The line of the file, counted from 1, on which the row begins.
    public let line: Int
    /// What is wrong with the whole row: the field, counted from 1, and a sentence; nil for a good row.
    public let malformation: (column: Int, message: String)?
    /// The number of lines of the file.
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

    /// The number of fields, at least 1.
    public var count: Int { spans.count }

    /// The text of a field, counted from 0; empty if the row does not have it.
    ///
    /// The guard that prevents a spreadsheet from running a cell (`'` before `=`, `+`, `-`, `@`, tab, carriage return,
    /// or before such a guard) is removed.
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
            // Inside such a field every quote is doubled.
            position += bytes[position] == 0x22 ? 2 : 1
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Whether a field has no text; cheaper than reading it.
    func isEmpty(at index: Int) -> Bool {
        spans[index].start == spans[index].end
    }

    /// Whether a field contains an `@`, or its full-width form; cheaper than reading the text.
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

/// The range of a field in the buffer, without the surrounding quotes.
struct FieldSpan: Sendable {
    var start: Int
    var end: Int
    /// Whether the quotes in it are doubled.
    var hasDoubledQuotes = false
}
