/// Reads a CSV row by row, in memory that does not grow with the file.
///
///     var reader = try CSVReader(source: FileByteSource(path: "people.csv"), options: CSVOptions())
///     while let row = try reader.next() { print(row.line, row[0]) }
///
/// Blank rows are skipped. Rows may have different numbers of fields; the first row is not treated as a header.
/// None of the dependencies reads CSV.
public struct CSVReader {
    /// The delimiter: as given, as declared by the file (`sep=;`), or auto-detected.
    public let delimiter: Delimiter
    /// The name of the encoding of the file, for example `UTF-8`.
    public var encoding: String { decoder.encoding.name }

    private var decoder: TextDecoder
    private var scanner: RowScanner
    private let maximumFieldBytes: Int
    private let maximumRowBytes: Int
    /// The text from `start` to `end` is not scanned yet; the rest is free space.
    private var bytes: [UInt8]
    private var start = 0
    private var end = 0
    /// The line at `start`.
    private var line = 1
    private var isEnd = false
    private var fault: TextDecoder.Fault?
    private var utf8Lines = UTF8Lines()
    /// The result of ``encodingError(on:)``, because the file can be read only once.
    private var encodingError: CSVError?
    private var hasText = false

    /// Reads the beginning, and determines the encoding and the delimiter.
    ///
    /// - Throws: ``CSVError`` for a file that is evidently not CSV, and for an unknown encoding; ``next()`` reports a
    ///   file without content.
    public init(source: some ByteSource, options: CSVOptions) throws(CSVError) {
        decoder = try TextDecoder(source: source, encoding: options.encoding)
        maximumFieldBytes = options.maximumFieldBytes
        // Four times the limit of a field, because a row may have several long fields; lists of people have no longer
        // rows.
        let (fourFields, overflow) = maximumFieldBytes.multipliedReportingOverflow(by: 4)
        maximumRowBytes = overflow ? .max : max(fourFields, 1 << 20)
        bytes = Array(repeating: 0, count: max(options.bufferBytes, 2 * TextDecoder.minimumRoom))
        Self.fill(&bytes, &end, &decoder, &isEnd, &fault)
        let text = bytes[..<end]
        let declared = DelimiterGuess.declared(in: text)
        delimiter = options.delimiter ?? declared?.delimiter ?? DelimiterGuess.delimiter(of: text, isWhole: isEnd)
        start = declared?.length ?? 0
        scanner = RowScanner(delimiter: delimiter, maximumFieldBytes: maximumFieldBytes)
        utf8Lines.look(at: text, from: line, texts: decoder.textsBeyondASCII)
    }

    /// The next row that is not blank; nil at the end.
    ///
    /// - Throws: ``CSVError`` if no further row can be read; a single malformed row is returned.
    public mutating func next() throws(CSVError) -> CSVRow? {
        while true {
            if start == end, isEnd {
                if let fault { throw error(fault) }
                if !hasText { throw .empty }
                return nil
            }
            let (result, isBlank) = Self.scan(&scanner, bytes, start, end, isEnd: isEnd && fault == nil)
            switch result {
            case .row(let next, let lines):
                if next - start > maximumRowBytes { throw .rowTooLong(line: line, limit: maximumRowBytes) }
                defer {
                    start = next
                    line += lines
                }
                if isBlank { continue }
                hasText = true
                return CSVRow(line: line, lines: lines, malformation: malformation, bytes: bytes, spans: scanner.spans)
            case .incomplete:
                if let fault { throw error(fault) }
                if end - start > maximumRowBytes { throw .rowTooLong(line: line, limit: maximumRowBytes) }
                makeRoom()
                Self.fill(&bytes, &end, &decoder, &isEnd, &fault)
                utf8Lines.look(at: bytes[start..<end], from: line, texts: decoder.textsBeyondASCII)
            case .openQuote(let position): throw .unterminatedQuote(line: line(at: position))
            case .fieldTooLong(let position):
                throw .fieldTooLong(line: line(at: position), limit: maximumFieldBytes)
            case .tooManyFields: throw .tooManyFields(line: line, limit: RowScanner.maximumFields)
            }
        }
    }

    private var malformation: (column: Int, message: String)? {
        scanner.brokenColumn.map {
            ($0, "there is text after the closing quote; inside a quoted field, write a quote as \"\"")
        }
    }

    /// Moves the incomplete row to the front, or doubles the size of the buffer.
    private mutating func makeRoom() {
        if start > 0 {
            bytes.replaceSubrange(0..<(end - start), with: bytes[start..<end])
            end -= start
            start = 0
        }
        guard bytes.count - end < max(TextDecoder.minimumRoom, bytes.count / 2) else { return }
        bytes.append(contentsOf: repeatElement(0, count: bytes.count))
    }

    /// Fills the free space after `end`, if there is more text.
    private static func fill(
        _ bytes: inout [UInt8], _ end: inout Int, _ decoder: inout TextDecoder, _ isEnd: inout Bool,
        _ fault: inout TextDecoder.Fault?
    ) {
        bytes.withUnsafeMutableBytes { room in
            while !isEnd, room.count - end >= TextDecoder.minimumRoom {
                switch decoder.read(into: UnsafeMutableRawBufferPointer(rebasing: room[end...])) {
                case .bytes(let count): end += count
                case .end: isEnd = true
                case .fault(let found): (isEnd, fault) = (true, found)
                }
            }
        }
    }

    private static func scan(
        _ scanner: inout RowScanner, _ bytes: [UInt8], _ start: Int, _ end: Int, isEnd: Bool
    ) -> (RowScanner.Result, isBlank: Bool) {
        bytes.withUnsafeBytes { buffer in
            let text = UnsafeRawBufferPointer(rebasing: buffer[..<end])
            // Nothing after `start` yet: there is no row to scan, only more to read.
            if start == end { return (.incomplete, false) }
            let result = scanner.scan(text, from: start, isEnd: isEnd)
            guard case .row = result else { return (result, false) }
            return (result, scanner.isBlank(text))
        }
    }

    /// The line of a position after `start`.
    private func line(at position: Int) -> Int {
        line + bytes.withUnsafeBytes { RowScanner.lineBreaks(in: $0[start..<position]) }
    }

    private mutating func error(_ fault: TextDecoder.Fault) -> CSVError {
        let line = line(at: end)
        return switch fault {
        case .invalid, .utf8Line: encodingError(on: line)
        case .cutShort: .cutShort(line: line, encoding: encoding)
        case .nul: .nul(line: line)
        case .source(let reason): .unreadable(line: line, reason: reason)
        }
    }

    /// Examines the whole file, so that the message is true for all its lines.
    private mutating func encodingError(on line: Int) -> CSVError {
        if let encodingError { return encodingError }
        var survey: EncodingSurvey?
        if decoder.encoding == .utf8 {
            // A byte order mark overrides the option, so a guess would not help.
            let guess = decoder.isMarked ? nil : EncodingGuess(delimiter: delimiter)
            survey = EncodingSurvey(from: self.line, broken: line, utf8: utf8Lines.numbers, guess: guess)
            survey?.take(bytes[start..<end])
        }
        let error =
            decoder.surveyRest(by: survey)?.error(on: line, in: decoder.encoding)
            ?? .undecodable(line: line, encoding: encoding)
        encodingError = error
        return error
    }
}
