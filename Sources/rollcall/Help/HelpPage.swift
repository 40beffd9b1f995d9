import TerminalIO

/// A page of help. ``HelpPage/plain`` spells it for a terminal, ``HelpPage/manual(at:)`` for man(1).
struct HelpPage {
    /// Where the manual keeps a page.
    enum Section: Int {
        /// Commands.
        case commands = 1
        /// What there is to know besides.
        case miscellany = 7
    }

    /// A piece of a page.
    enum Block {
        /// What begins a part of the page.
        case heading(String)
        /// A paragraph; it is wrapped.
        case text(String)
        /// Words, and what they mean.
        case terms([(term: String, meaning: String)])
        /// Lines that stay as they are, at most 75 columns wide.
        case lines([String])
    }

    /// `rollcall-csv`; a manual's page is found by it.
    var name: String
    var section: Section
    /// One line that says what the page is about, without a full stop.
    var abstract: String
    var blocks: [Block]
}

extension HelpPage {
    /// The columns of a page on a terminal of 80 columns; the last one stays free.
    static let width = 79

    /// The page as lines of text.
    var plain: String {
        var parts = [Self.wrapped(abstract + ".", indent: 0)]
        for block in blocks { parts.append(Self.plain(block)) }
        // A heading belongs to what follows it.
        return parts.map { $0 + "\n" }.joined(separator: "\n").replacing(":\n\n", with: ":\n")
    }

    private static func plain(_ block: Block) -> String {
        switch block {
        case .heading(let title): title.uppercased() + ":"
        case .text(let text): wrapped(text, indent: 0)
        case .lines(let lines): lines.map { "  " + $0 }.joined(separator: "\n")
        case .terms(let terms): plain(terms)
        }
    }

    /// A column of terms, and beside it what they mean; under it, where a term is longer than most.
    private static func plain(_ terms: [(term: String, meaning: String)]) -> String {
        let column = min(24, terms.map(\.term.count).max() ?? 0) + 4
        return terms.map { term, meaning in
            let text = wrapped(meaning, indent: column)
            let label = "  " + term
            guard label.count + 2 <= column else { return label + "\n" + text }
            return label + text.dropFirst(label.count)
        }.joined(separator: "\n")
    }

    /// Text in lines of at most ``width`` columns; a word that is longer stays whole.
    static func wrapped(_ text: String, indent: Int) -> String {
        let margin = String(repeating: " ", count: indent)
        return Columns.wrapped(text, to: width - indent).map { margin + $0 }.joined(separator: "\n")
    }
}
