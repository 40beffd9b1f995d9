import Domain
import Foundation

@testable import Reports

/// Texts that break writers, and many more that are put together from what breaks them: the same each time.
enum HostileTexts {
    static let known = [
        "", " ", "  lead", "trail ", "\ttab", "\n", "\r\n", "a\rb", "two\nlines\n", "\u{0}", "a\u{0}b", "=1+1", "+1",
        "-1",
        "@x", "'=1", "''", "'", "\"q\"", "\"", "a,b", "\"\u{301} x", ",\u{301}", "=\u{338}", "<\u{338}b>", "&\u{301}",
        "<script>alert(1)</script>", "&amp;", "it's", "]]>", "\\ back", "\\\u{301}", "_x0041_", "_x00G1_", "__x0041__",
        "_x0041", "_x0041_x0042_", "_\u{301}x0041_", "_x00e9_é", "\u{fffe}\u{ffff}\u{feff}", "\u{f000}\u{efff}",
        "\u{1f}\u{7f}\u{80}\u{85}\u{9f}\u{a0}", "é\u{c2}Â", "🦊👨‍👩‍👧", "\u{202e}x", "\u{1}\u{8}\u{b}\u{c}\u{e}\u{1b}",
        String(repeating: "ab<é\"", count: 4000),
    ]

    static let mixed: [String] = {
        let pieces: [Unicode.Scalar] = Array(
            ("abcdefgh_x0041AFaf&<>\"' ,=+-@\t\r\n\u{0}\u{1}\u{1f}\u{7f}\u{80}\u{9f}\u{a0}\u{301}\u{338}éßÂ€\u{fffd}"
                + "\u{fffe}\u{ffff}\u{f000}\u{10ffff}🦊").unicodeScalars)
        var random = Seeded(state: 7)
        return (0..<3000).map { _ in
            var text = ""
            for _ in 0..<random.below(28) { text.unicodeScalars.append(pieces[random.below(pieces.count)]) }
            return text
        }
    }()

    static var all: [String] { known + mixed }
}

/// Numbers that look like chance and are the same each time.
struct Seeded {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state >> 11
    }

    mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }
}

/// What each format makes of a text, scalar by scalar, without any haste.
enum PlainSpelling {
    static func csv(_ text: String) -> String {
        let scalars = text.unicodeScalars
        let first = scalars.first { $0 != "'" }
        let text = mapped(text) { $0 == "\u{0}" ? "\u{fffd}" : nil }
        let guarded = first.map { "=+-@\t\r".unicodeScalars.contains($0) } == true ? "'" + text : text
        guard scalars.contains(where: { "\",\n\r\u{0}".unicodeScalars.contains($0) }) else { return guarded }
        return "\"" + mapped(guarded) { $0 == "\"" ? "\"\"" : nil } + "\""
    }

    static func json(_ text: String) -> String {
        let short: [Unicode.Scalar: String] = ["\"": "\\\"", "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"]
        return "\"" + mapped(text) { short[$0] ?? ($0.value < 0x20 ? "\\u00" + hex($0, 2).lowercased() : nil) } + "\""
    }

    static func html(_ text: String) -> String {
        let names: [Unicode.Scalar: String] = ["&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;", "'": "&#39;"]
        return mapped(text) { scalar in
            let isControl = scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value)
            let isDirection = (0x202a...0x202e).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
            if isDirection { return "\\u{" + hex(scalar, 4).lowercased() + "}" }
            return names[scalar] ?? (isControl && scalar != "\t" && scalar != "\n" ? "\u{fffd}" : nil)
        }
    }

    /// Of texts that a cell holds.
    static func xlsx(_ text: String) -> String {
        let scalars = Array(text.unicodeScalars)
        return scalars.indices.reduce(into: "") { spelled, place in
            let scalar = scalars[place]
            let head = scalars[place...].prefix(7).map(String.init).joined()
            if scalar == "_", head.wholeMatch(of: #/_x[0-9A-Fa-f]{4}_/#.matchingSemantics(.unicodeScalar)) != nil {
                spelled += "_x005F_"
            } else if scalar.value < 0x20, scalar != "\t", scalar != "\n" {
                spelled += "_x" + hex(scalar, 4) + "_"
            } else {
                spelled.unicodeScalars.append(scalar.value == 0xfffe || scalar.value == 0xffff ? "\u{fffd}" : scalar)
            }
        }
    }

    private static func mapped(_ text: String, _ spelled: (Unicode.Scalar) -> String?) -> String {
        text.unicodeScalars.reduce(into: "") { all, scalar in
            if let spelled = spelled(scalar) { all += spelled } else { all.unicodeScalars.append(scalar) }
        }
    }

    private static func hex(_ scalar: Unicode.Scalar, _ digits: Int) -> String {
        let text = String(scalar.value, radix: 16, uppercase: true)
        return String(repeating: "0", count: digits - text.count) + text
    }
}

extension CSVText {
    /// A field as text.
    static func field(_ text: String) -> String { String { append(text, to: &$0) } }
}
