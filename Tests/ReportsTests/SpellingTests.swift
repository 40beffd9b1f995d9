import Domain
import Foundation
import Testing

@testable import Reports

/// What is written byte by byte is what it would be scalar by scalar.
@Suite struct SpellingTests {
    private func differing(_ fast: (String) -> String, _ plain: (String) -> String) -> [String] {
        HostileTexts.all.filter { Array(fast($0).utf8) != Array(plain($0).utf8) }
    }

    @Test func `fields of CSV`() {
        #expect(differing(CSVText.field, PlainSpelling.csv).isEmpty)
    }

    @Test func `strings of JSON`() {
        #expect(differing(JSONText.string, PlainSpelling.json).isEmpty)
        #expect(differing({ JSONText.value(.text($0)) }, PlainSpelling.json).isEmpty)
    }

    @Test func `text of a page`() {
        #expect(differing(HTMLEscaping().escapeText, PlainSpelling.html).isEmpty)
    }

    @Test func `cells of a workbook`() {
        #expect(differing(XLSXText.cell, PlainSpelling.xlsx).isEmpty)
        #expect(
            differing(
                { text in String { XLSXText.append(text, to: &$0) } },
                {
                    PlainSpelling.xlsx($0).replacingOccurrences(of: "&", with: "&amp;", options: .literal)
                        .replacingOccurrences(of: "<", with: "&lt;", options: .literal)
                        .replacingOccurrences(of: ">", with: "&gt;", options: .literal)
                }
            ).isEmpty)
    }

    @Test func `a quote is a quote whatever mark follows it`() {
        #expect(CSVText.field("a\"\u{301}b") == "\"a\"\"\u{301}b\"")
    }

    @Test func `the reader of CSV finds every text again`() throws {
        let scratch = try Scratch()
        let texts = HostileTexts.all.map { $0.replacingOccurrences(of: "\u{0}", with: "\u{fffd}", options: .literal) }
        try CSVWriter().write(.sample(users: HostileTexts.all), to: scratch.path("r.csv"))
        try scratch.write(
            """
            import csv, json, sys
            rows = list(csv.reader(open('r.csv', encoding='utf-8', newline='')))
            name = rows[0].index('name')
            print(json.dumps([row[name] for row in rows[1:-1]]))
            """, to: "read.py")
        let names = try JSONDecoder().decode([String].self, from: Data(try scratch.shell("python3 read.py").utf8))
        let unguarded = names.map { name in
            let first = name.unicodeScalars.first { $0 != "'" }
            let isGuarded =
                name.unicodeScalars.first == "'" && first.map { "=+-@\t\r".unicodeScalars.contains($0) } == true
            return isGuarded ? String(name.unicodeScalars.dropFirst()) : name
        }
        #expect(unguarded.map { Array($0.utf8) } == texts.map { Array($0.utf8) })
    }

    @Test func `a text that its escapes make too long for a cell is cut and says so`() {
        for text in [
            String(repeating: "\u{1}", count: 30_000), String(repeating: "_x0041_", count: 4600),
            String(repeating: "x", count: 32_000) + String(repeating: "\u{2}", count: 700),
        ] {
            let cell = XLSXText.cell(text)
            #expect(cell.utf16.count <= XLSXText.limit)
            #expect(cell.hasSuffix(" characters; the JSON report has all of them]"))
        }
        let fits = String(repeating: "_", count: XLSXText.limit)
        #expect(XLSXText.cell(fits) == fits)
    }

    @Test func `eight bytes at once see what one at a time would see`() {
        let limits: [UInt8] = [1, 0x20, 0x2d, 0x7f, 0x80]
        for length in 0...19 {
            for place in 0..<max(length, 1) {
                for byte in UInt8.min...UInt8.max {
                    var bytes = [UInt8](repeating: 0xe9, count: length)
                    if length > 0 { bytes[place] = byte }
                    bytes.withUnsafeBufferPointer { text in
                        // What is missing to eight bytes counts as an `a`.
                        let seen = Array(text) + (length < 8 ? [0x61] : [])
                        for other: UInt8 in [byte, byte &+ 1, byte ^ 0x80, 0xe8] {
                            if text.hasAny({ $0.has(other) }) != seen.contains(other) {
                                Issue.record("\(other) \(bytes)")
                            }
                        }
                        for limit in limits
                        where text.hasAny({ $0.has(below: limit) }) != seen.contains(where: { $0 < limit }) {
                            Issue.record("\(limit) \(bytes)")
                        }
                    }
                }
            }
        }
    }

    @Test func `numbers of every length`() {
        for number in [0, 9, 10, -1, -10, 123_456_789, Int.max, Int.min] {
            #expect(String { $0.append(decimal: number) } == String(number))
        }
    }

    @Test func `a block of bytes grows as it must`() {
        var bytes = RowBytes(capacity: 1)
        var expected: [UInt8] = []
        for number in 0..<2000 {
            let piece = [UInt8](repeating: UInt8(number & 255), count: number % 40)
            bytes.append(piece)
            bytes.append(UInt8(number & 127))
            expected += piece + [UInt8(number & 127)]
        }
        #expect(bytes.withBytes { Array($0) } == expected)
        bytes.removeLast(10)
        #expect(bytes.count == expected.count - 10)
        bytes.removeAll()
        #expect(bytes.withBytes { Array($0) }.isEmpty)
    }
}
