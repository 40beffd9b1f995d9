import Domain
import Foundation

extension HelpPage {
    /// The page in the man macros, which man(1) of every system understands (groff_man(7), mandoc's man(7)).
    ///
    /// ArgumentParser's own `generate-manual` has no groups of options, values to choose from, exit statuses or topics, and it
    /// drops every character that is not ASCII.
    ///
    /// - Parameter date: what the page's foot says, as 2026-11-25.
    func manual(at date: String) -> String {
        var lines = [
            ".TH \(name.uppercased()) \(section.rawValue) \(date) \"rollcall \(programVersion)\" \"rollcall\"",
            // Ragged on the right: justified lines of a command's words have holes in them.
            ".ad l", ".SH NAME", "\(Self.escaped(name)) \\- \(Self.escaped(abstract))",
        ]
        // A paragraph directly after a heading needs no macro, and mandoc warns about one.
        var isFirst = true
        if case .heading = blocks.first {} else { lines.append(".SH DESCRIPTION") }
        for block in blocks {
            lines += Self.manual(block, isFirst: isFirst)
            if case .heading = block { isFirst = true } else { isFirst = false }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func manual(_ block: Block, isFirst: Bool) -> [String] {
        let paragraph = isFirst ? [] : [".PP"]
        switch block {
        case .heading(let title): return [".SH " + escaped(title.uppercased())]
        case .text(let text): return paragraph + [escaped(text)]
        case .terms(let terms):
            return terms.flatMap { [".TP", "\\fB\(escaped($0.term))\\fR", escaped($0.meaning)] }
        case .lines(let lines): return paragraph + [".RS 4", ".EX"] + lines.map(escaped) + [".EE", ".RE"]
        }
    }

    /// Text in which nothing means anything to roff, and the signs of a command line stay ASCII so that they can be
    /// copied (groff_char(7)). Options and names with a hyphen are not divided at the end of a line.
    private static func escaped(_ text: String) -> String {
        let signs: [Character: String] = [
            "\\": "\\e", "-": "\\-", "'": "\\(aq", "\"": "\\(dq", "`": "\\(ga", "^": "\\(ha", "~": "\\(ti",
        ]
        let words = text.split(separator: " ", omittingEmptySubsequences: false).map { word in
            (word.contains("-") ? "\\%" : "") + word.map { signs[$0] ?? String($0) }.joined()
        }
        let escaped = words.joined(separator: " ")
        return escaped.hasPrefix(".") ? "\\&" + escaped : escaped
    }
}
