import Foundation
import Testing

@testable import Readers

/// What a reader made of a CSV, up to where it stopped.
struct Reading: Equatable {
    struct Row: Equatable {
        var line: Int
        var cells: [String]
        /// The field at which the row is malformed, counted from 1.
        var brokenColumn: Int?
    }

    private(set) var delimiter: Delimiter?
    private(set) var encoding: String?
    private(set) var rows: [Row] = []
    /// Why it stopped before the end.
    private(set) var error: CSVError?

    var cells: [[String]] { rows.map(\.cells) }
    var lines: [Int] { rows.map(\.line) }

    /// Reads the bytes whole, then in pieces of every awkward size into large and small buffers; the result must not
    /// depend on it.
    init(
        of bytes: [UInt8], delimiter: Delimiter? = nil, encoding: String? = nil, limit: Int = 16 << 20,
        sourceLocation: Testing.SourceLocation = #_sourceLocation
    ) {
        var options = CSVOptions(delimiter: delimiter, encoding: encoding, maximumFieldBytes: limit)
        self.init(of: DataByteSource(Data(bytes)), options)
        for piece in [1, 2, 3, 7, 1 << 16] {
            for buffer in [DelimiterGuess.window, 32] {
                options.bufferBytes = buffer
                // A small buffer shows the guess too little of the file.
                options.delimiter = buffer == 32 ? self.delimiter : delimiter
                let other = Reading(of: DataByteSource(Data(bytes), piece: piece), options)
                #expect(other == self, "in pieces of \(piece), buffer of \(buffer)", sourceLocation: sourceLocation)
            }
        }
    }

    init(
        of text: String, delimiter: Delimiter? = nil, encoding: String? = nil, limit: Int = 16 << 20,
        sourceLocation: Testing.SourceLocation = #_sourceLocation
    ) {
        self.init(
            of: Array(text.utf8), delimiter: delimiter, encoding: encoding, limit: limit,
            sourceLocation: sourceLocation)
    }

    /// Reads a source once.
    init(of source: some ByteSource, _ options: CSVOptions = CSVOptions()) {
        do {
            var reader = try CSVReader(source: source, options: options)
            delimiter = reader.delimiter
            encoding = reader.encoding
            while let row = try reader.next() {
                rows.append(
                    Row(
                        line: row.line, cells: (0..<row.count).map { row[$0] },
                        brokenColumn: row.malformation?.column))
            }
        } catch {
            self.error = error
        }
    }
}

/// Text in UTF-16, without a byte order mark.
func utf16(_ text: String, bigEndian: Bool = false) -> [UInt8] {
    text.utf16.flatMap { unit in
        let bytes = [UInt8(truncatingIfNeeded: unit), UInt8(truncatingIfNeeded: unit >> 8)]
        return bigEndian ? bytes.reversed() : bytes
    }
}

/// Numbers that look random and are the same in every run (Steele, Lea and Flood, *Fast splittable pseudorandom
/// number generators*, 2014).
struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}

extension CSVError {
    /// The line, counted from 1, where there is one to point at.
    var line: Int? {
        switch self {
        case .empty, .looksLike, .unknownEncoding, .noReviewerColumn: nil
        case .mixedEncodings(_, let lines), .alreadyUTF8(let lines, _): lines.first.first
        case .undecodable(let line, _), .otherEncoding(let line, _), .cutShort(let line, _), .nul(let line),
            .unterminatedQuote(let line),
            .fieldTooLong(let line, _), .rowTooLong(let line, _), .tooManyFields(let line, _),
            .unreadable(let line, _):
            line
        }
    }
}
