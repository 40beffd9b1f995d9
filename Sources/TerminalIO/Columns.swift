import CColumns

/// How wide text is on a terminal: a letter takes one column, an ideograph two, an accent that joins a letter none.
public enum Columns {
    /// How many columns a text takes.
    public static func count(_ text: String) -> Int { text.reduce(0) { $0 + width(of: $1) } }

    /// As much of a text as fits, in whole characters.
    public static func fit(_ text: String, into columns: Int) -> String {
        var left = columns
        return String(
            text.prefix { character in
                left -= width(of: character)
                return left >= 0
            })
    }

    /// A text that fits: a longer one is cut, and ends with an ellipsis.
    public static func shortened(_ text: String, to columns: Int) -> String {
        count(text) <= columns ? text : fit(text, into: columns - 1) + "…"
    }

    /// A text with blanks behind it, so many columns in all; a wider one stays as it is.
    public static func padded(_ text: String, to columns: Int) -> String {
        text + String(repeating: " ", count: max(0, columns - count(text)))
    }

    /// What is counted, and how many: the number ends 11 columns behind the words.
    public static func tallied(_ words: String, to columns: Int, _ number: String) -> String {
        padded(words, to: columns) + String(repeating: " ", count: max(0, 11 - number.count)) + number
    }

    /// Lines of at most so many columns; a longer word, a path for example, is left whole so that it can be copied.
    public static func wrapped(_ text: String, to columns: Int) -> [String] {
        var lines: [String] = []
        var left = 0
        for word in text.split(separator: " ") {
            let width = count(String(word))
            if !lines.isEmpty, left > width {
                lines[lines.count - 1] += " " + word
                left -= width + 1
            } else {
                lines.append(String(word))
                left = columns - width
            }
        }
        return lines
    }

    /// The lines of a text, each in lines of at most so many columns with its own indentation. A command behind a colon
    /// stays on one line, so that it can be copied.
    public static func fitted(_ text: String, in columns: Int) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            guard count(String(line)) > columns else { return String(line) }
            let margin = String(line.prefix { $0 == " " })
            let command =
                line.firstRange(of: #/: (?:[A-Z_]+=(?:'[^']*'|[^\s'])* )*rollcall /#)
                .map { line.index($0.lowerBound, offsetBy: 2) } ?? line.endIndex
            var lines = wrapped(String(line[..<command]), to: max(24, columns - margin.count))
            if command < line.endIndex {
                let last = lines.last ?? ""
                let whole = last + " " + line[command...]
                if count(whole) <= columns - margin.count {
                    lines[lines.count - 1] = whole
                } else {
                    lines.append(String(line[command...]))
                }
            }
            return lines.map { margin + $0 }.joined(separator: "\n")
        }.joined(separator: "\n")
    }

    /// A label and the text behind it, whose further lines stand under its first.
    ///
    /// - Parameters:
    ///   - columns: those of the terminal; nil for one line.
    ///   - style: how the label is shown.
    public static func hanging(
        _ text: String, behind label: String, in columns: Int?, _ style: (String) -> String = { $0 }
    ) -> String {
        let indent = count(label)
        guard let columns, indent + count(text) >= columns else { return style(label) + text }
        // In a terminal too narrow for that, lines are as narrow as can be read.
        let lines = wrapped(text, to: max(24, columns - indent - 1))
        return style(label) + lines.joined(separator: "\n" + String(repeating: " ", count: indent))
    }

    /// A sequence that a terminal might draw in fewer columns counts as the sum: too short is harmless.
    private static func width(of character: Character) -> Int {
        character.unicodeScalars.reduce(0) { $0 + Int(columns_of($1.value)) }
    }
}
