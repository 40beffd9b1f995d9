import Foundation
import Testing

@testable import Readers

/// Writes rows as CSV, in as many ways as there are to write the same.
private struct Writer {
    var random: SplitMix64
    let delimiter: Delimiter
    let lineEnd: String

    /// Text with everything in it that a CSV has to quote, and characters of every length in UTF-8 and UTF-16.
    mutating func cell() -> String {
        let alphabet = [
            "a", "b", "@", ".", " ", "x y", "\"", "\"\"", ",", ";", "|", "\t", "\n", "\r\n", "ö", "\u{20ac}",
            "\u{65e5}", "\u{1f600}", "e\u{301}", "'", "=", "+", "-",
        ]
        let length = Int.random(in: 0...12, using: &random)
        return (0..<length).map { _ in alphabet[Int.random(in: alphabet.indices, using: &random)] }.joined()
    }

    /// Rows of one width, none of them blank, because a reader passes over those.
    mutating func rows() -> [[String]] {
        let width = Int.random(in: 1...6, using: &random)
        return (0..<Int.random(in: 1...40, using: &random)).map { row in
            ["r\(row)"] + (0..<width).map { _ in cell() }
        }
    }

    mutating func text(of rows: [[String]]) -> String {
        var lines: [String] = []
        for row in rows {
            if Int.random(in: 0..<10, using: &random) == 0 { lines.append("") }
            lines.append(row.map { field($0) }.joined(separator: String(Unicode.Scalar(delimiter.byte))))
        }
        return lines.joined(separator: lineEnd) + (Bool.random(using: &random) ? lineEnd : "")
    }

    private mutating func field(_ cell: String) -> String {
        // The guard of the files that go out, which the reader takes off.
        let first = cell.utf8.first { $0 != 0x27 }
        let cell = first.map("=+-@\t\r".utf8.contains) == true ? "'" + cell : cell
        let special = [0x0a, 0x0d, 0x22, delimiter.byte]
        guard cell.utf8.contains(where: special.contains) || Bool.random(using: &random) else { return cell }
        return "\"" + cell.replacing("\"", with: "\"\"") + "\""
    }
}

@Suite struct RoundTripTests {
    @Test(arguments: [Delimiter.comma, .semicolon, .tab, .pipe], ["\n", "\r\n", "\r"])
    func `what was written is read, whatever the pieces and the encoding`(delimiter: Delimiter, lineEnd: String) {
        let seed = UInt64(delimiter.byte) << 16 | UInt64(lineEnd.utf8.reduce(0) { $0 << 4 | UInt64($1) })
        var writer = Writer(random: SplitMix64(seed: seed), delimiter: delimiter, lineEnd: lineEnd)
        for round in 0..<40 {
            let rows = writer.rows()
            let text = writer.text(of: rows)
            let (bytes, encoding): ([UInt8], String?) =
                switch round % 4 {
                case 0: ([0xff, 0xfe] + utf16(text), nil)
                case 1: (utf16(text, bigEndian: true), "utf-16be")
                case 2: ([0xef, 0xbb, 0xbf] + Array(text.utf8), nil)
                default: (Array(text.utf8), nil)
                }
            var options = CSVOptions(delimiter: delimiter, encoding: encoding)
            options.bufferBytes = Int.random(in: 32...400, using: &writer.random)
            let piece = Int.random(in: 1...100, using: &writer.random)
            let reading = Reading(of: DataByteSource(Data(bytes), piece: piece), options)
            #expect(reading.error == nil, "seed \(seed), round \(round)")
            #expect(reading.cells == rows, "seed \(seed), round \(round)")
        }
    }

    /// Whatever the bytes are, reading ends, and in the same way for every size of piece.
    @Test func `bytes without sense come to the same rows or the same error in all pieces`() {
        var random = SplitMix64(seed: 2026)
        let alphabet = Array("ab,;\"\"\n\r\t '=".utf8) + [0xc3, 0xb6, 0xff, 0x00]
        for _ in 0..<200 {
            // The later bytes of the alphabet end the reading, so most texts do without them.
            let letters = Int.random(in: 0..<4, using: &random) == 0 ? alphabet[...] : alphabet.dropLast(4)
            let length = Int.random(in: 0...120, using: &random)
            let bytes = (0..<length).map { _ in letters.randomElement(using: &random) ?? 0 }
            _ = Reading(of: bytes, limit: 60)
        }
    }
}
