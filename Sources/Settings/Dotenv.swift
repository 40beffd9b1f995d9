/// Parses the dotenv format of a credentials file: `NAME=value`, `#` comments, `export `, quotes.
///
/// swift-configuration's `EnvironmentVariablesProvider(environmentFilePath:)` keeps quotes, comments and `export ` in
/// names and values, reads a file with CRLF line ends as one value, and skips invalid lines.
struct Dotenv: Equatable {
    /// The last value of each name.
    private(set) var values: [String: String] = [:]
    /// The lines, counted from 1, that are not `NAME=value`. Their text is not kept, because it may be a secret.
    private(set) var unreadableLines: [Int] = []
    /// The lines on which each name has a value.
    private(set) var lines: [String: [Int]] = [:]
    /// The lines that begin a section, `[name]`, after values: the format does not define which section values belong
    /// to.
    private(set) var laterSections: [Int] = []

    init(_ text: String) {
        let body = text.hasPrefix("\u{feff}") ? text.dropFirst() : Substring(text)
        // A CRLF is one Character, so it splits once.
        for (index, raw) in body.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            var line = Self.trimmed(raw)
            if line.isEmpty || line.hasPrefix("#") { continue }
            if line.hasPrefix("export ") { line = Self.trimmed(line.dropFirst("export ".count)) }
            if line.hasPrefix("["), line.hasSuffix("]"), !line.contains("="), !values.isEmpty {
                laterSections.append(index + 1)
            }
            guard let equals = line.firstIndex(of: "="), let value = Self.value(line[line.index(after: equals)...])
            else {
                unreadableLines.append(index + 1)
                continue
            }
            let name = String(Self.trimmed(line[..<equals]))
            values[name] = value
            lines[name, default: []].append(index + 1)
        }
    }

    private static func value(_ raw: Substring) -> String? {
        let text = trimmed(raw)
        guard let quote = text.first, quote == "\"" || quote == "'" else { return unquoted(text) }
        var value = ""
        var isEscaped = false
        for character in text.dropFirst() {
            if isEscaped {
                value.append(character == "n" ? "\n" : character)
                isEscaped = false
            } else if character == "\\" && quote == "\"" {
                isEscaped = true
            } else if character == quote {
                return value
            } else {
                value.append(character)
            }
        }
        return nil  // The quote was never closed.
    }

    /// A `#` after white space begins a comment; inside a word it is part of the value.
    private static func unquoted(_ text: Substring) -> String {
        var previous: Character = " "
        for index in text.indices {
            if text[index] == "#" && previous.isWhitespace { return String(trimmed(text[..<index])) }
            previous = text[index]
        }
        return String(text)
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
