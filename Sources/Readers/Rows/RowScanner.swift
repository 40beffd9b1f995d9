#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Finds the fields of one row in bytes (RFC 4180, and common deviations); the only place that walks the buffer.
///
/// It keeps no state between rows: an incomplete row is scanned again when more bytes are available.
struct RowScanner {
    /// The result of a scan. Positions are offsets into the bytes.
    enum Result {
        /// A row; the next one begins at `next`, the given number of lines later.
        case row(next: Int, lines: Int)
        /// The row continues after the bytes.
        case incomplete
        /// The quote at this position is not closed at the end of the file.
        case openQuote(at: Int)
        /// The field at this position is longer than the limit.
        case fieldTooLong(at: Int)
        /// The row has more fields than a spreadsheet has columns.
        case tooManyFields
    }

    /// The number of columns in an Excel sheet (Excel specifications and limits).
    static let maximumFields = 16_384

    private let delimiter: UInt8
    private let delimiters: UInt64
    private let maximumFieldBytes: Int
    /// The fields of the last scanned row.
    private(set) var spans: [FieldSpan] = []
    /// The first field of that row with text after its closing quote, counted from 1.
    private(set) var brokenColumn: Int?

    init(delimiter: Delimiter, maximumFieldBytes: Int) {
        self.delimiter = delimiter.byte
        delimiters = Self.broadcast(delimiter.byte)
        self.maximumFieldBytes = maximumFieldBytes
    }

    /// Whether the row has no text: a blank line, or only delimiters, spaces and empty quotes.
    func isBlank(_ bytes: UnsafeRawBufferPointer) -> Bool {
        spans.allSatisfy { span in
            bytes[span.start..<span.end].allSatisfy { $0 == 0x20 || $0 == 0x09 }
        }
    }

    /// Scans the row at `start`, which must be before the end.
    mutating func scan(_ bytes: UnsafeRawBufferPointer, from start: Int, isEnd: Bool) -> Result {
        spans.removeAll(keepingCapacity: true)
        brokenColumn = nil
        var lines = 0
        var position = start
        while true {
            if spans.count == Self.maximumFields { return .tooManyFields }
            let field = position
            var stop: Int
            let open = skipBlanks(bytes, from: field)
            if open < bytes.count, bytes[open] == 0x22 {
                switch closing(of: open, in: bytes, isEnd: isEnd) {
                case .failure(let result): return result
                case .success(let close, let doubled):
                    lines += Self.lineBreaks(in: bytes[(open + 1)..<close])
                    stop = skipBlanks(bytes, from: close + 1)
                    if stop < bytes.count, !isStop(bytes[stop]) {
                        stop = firstStop(bytes, from: stop)
                        spans.append(FieldSpan(start: field, end: stop))
                        brokenColumn = brokenColumn ?? spans.count
                    } else {
                        spans.append(FieldSpan(start: open + 1, end: close, hasDoubledQuotes: doubled))
                    }
                }
            } else {
                stop = firstStop(bytes, from: field)
                spans.append(FieldSpan(start: field, end: stop))
            }
            if stop - field > maximumFieldBytes { return .fieldTooLong(at: field) }
            guard stop < bytes.count else {
                return isEnd ? .row(next: stop, lines: lines + 1) : .incomplete
            }
            switch bytes[stop] {
            case delimiter: position = stop + 1
            case 0x0a: return .row(next: stop + 1, lines: lines + 1)
            default:
                // A CR, whose LF may not be read yet.
                guard stop + 1 < bytes.count || isEnd else { return .incomplete }
                let hasLF = stop + 1 < bytes.count && bytes[stop + 1] == 0x0a
                return .row(next: stop + (hasLF ? 2 : 1), lines: lines + 1)
            }
        }
    }

    /// The number of line ends in the bytes: CRLF, LF or a lone CR.
    static func lineBreaks(in bytes: Slice<UnsafeRawBufferPointer>) -> Int {
        var count = 0
        var previous: UInt8 = 0
        for byte in bytes {
            if byte == 0x0d || (byte == 0x0a && previous != 0x0d) { count += 1 }
            previous = byte
        }
        return count
    }

    private enum Closing {
        case success(at: Int, doubled: Bool)
        case failure(Result)
    }

    /// The quote that closes the one at `open`.
    private func closing(of open: Int, in bytes: UnsafeRawBufferPointer, isEnd: Bool) -> Closing {
        var doubled = false
        var position = open + 1
        while let base = bytes.baseAddress, position < bytes.count,
            let found = memchr(base + position, 0x22, bytes.count - position)
        {
            let quote = UnsafeRawPointer(found) - base
            let next = quote + 1
            if next == bytes.count && !isEnd { break }
            if next == bytes.count || bytes[next] != 0x22 { return .success(at: quote, doubled: doubled) }
            doubled = true
            position = next + 1
        }
        if bytes.count - open > maximumFieldBytes { return .failure(.fieldTooLong(at: open)) }
        return .failure(isEnd ? .openQuote(at: open) : .incomplete)
    }

    private func skipBlanks(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
        var position = start
        while position < bytes.count, bytes[position] != delimiter, bytes[position] == 0x20 || bytes[position] == 0x09 {
            position += 1
        }
        return position
    }

    private func isStop(_ byte: UInt8) -> Bool {
        byte == delimiter || byte == 0x0a || byte == 0x0d
    }

    /// The first delimiter, LF or CR, or the end.
    private func firstStop(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
        var position = start
        // Eight bytes at a time: the lowest bit that is set marks the first match.
        while position + 8 <= bytes.count {
            let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
            let hits =
                Self.zeroBytes(word ^ delimiters) | Self.zeroBytes(word ^ Self.broadcast(0x0a))
                | Self.zeroBytes(word ^ Self.broadcast(0x0d))
            if hits != 0 { return position + hits.trailingZeroBitCount / 8 }
            position += 8
        }
        while position < bytes.count, !isStop(bytes[position]) { position += 1 }
        return position
    }

    private static func broadcast(_ byte: UInt8) -> UInt64 {
        UInt64(byte) &* 0x0101_0101_0101_0101
    }

    /// The top bit of each zero byte; bits above the first zero byte may be wrong.
    private static func zeroBytes(_ word: UInt64) -> UInt64 {
        (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
    }
}
