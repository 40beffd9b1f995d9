/// Writes text as a cell or a line of Markdown (CommonMark 0.31 with the tables of GitHub). It is shown as plain text,
/// and never as markup, a link, or a mention of a user.
enum MarkdownText {
    /// The text in one line.
    static func spelled(_ text: String) -> String {
        // A line break would end the row, and other control characters are not visible.
        let line = String(
            String.UnicodeScalarView(text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
        return isActive(line) ? code(line) : escaped(line)
    }

    /// Whether GitHub, GitLab or Jira would turn the text into a mention, a reference or a link, which a backslash does
    /// not prevent.
    private static func isActive(_ text: String) -> Bool {
        if text.contains("://") || text.lowercased().contains("www.") { return true }
        var previous: Character = " "
        for character in text {
            if "@#!$~^:".contains(character), !previous.isLetter, !previous.isNumber { return true }
            previous = character
        }
        return false
    }

    /// A code span, with one backtick more than the longest run in the text (CommonMark, section 6.1).
    private static func code(_ text: String) -> String {
        var (longest, run) = (0, 0)
        for character in text {
            run = character == "`" ? run + 1 : 0
            longest = max(longest, run)
        }
        let fence = String(repeating: "`", count: longest + 1)
        // A pipe ends a cell even in a code span (GitHub Flavored Markdown, section 4.10).
        let safe = text.replacing("|", with: "\\|")
        return "\(fence) \(safe) \(fence)"
    }

    /// The text with a backslash before each character that may begin markup (CommonMark, section 2.4).
    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for character in text {
            if "\\`*_[]<>|&#~".contains(character) { escaped.append("\\") }
            escaped.append(character)
        }
        guard let first = escaped.first, "-+.=".contains(first) || first.isNumber else { return escaped }
        // At the beginning of a line, these characters may begin a list; a number only with a following `.` or `)`.
        return first.isNumber
            ? escaped.replacing(#/^(\d+)([.)])(?=\s|$)/#) { "\($0.output.1)\\\($0.output.2)" } : "\\" + escaped
    }
}
