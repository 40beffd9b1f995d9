import Foundation
import WordTable

/// Reads headers and states by their words, in the languages of the table.
enum ListWords {
    private static let table: (words: [String: WordMeaning], phrases: [String: WordMeaning]) = {
        var (meanings, phrases): ([String: WordMeaning], [String: WordMeaning]) = ([:], [:])
        var lists: [String: WordMeaning] = [:]
        // Every run over a list reads the table: with Foundation's own functions, which are optimized in any build.
        for line in WordTable.text.components(separatedBy: "\n") where !line.isEmpty && !line.hasPrefix("#") {
            let fields = line.components(separatedBy: " ")
            guard fields.count == 3 else { preconditionFailure("a word, what it means, and its languages: \(line)") }
            let meaning = lists[fields[1]] ?? WordMeaning(list: fields[1])
            lists[fields[1]] = meaning
            let parts = fields[0].components(separatedBy: "_")
            let word = folded(parts.joined())
            meanings[word, default: []].formUnion(meaning)
            if parts.count > 1 { phrases[word, default: []].formUnion(meaning) }
        }
        return (meanings, phrases)
    }()

    /// The number of words in the longest phrase of the table.
    private static let longestPhrase = 5

    /// A longer text, in characters, is not a header.
    private static let longest = 120

    /// The meaning of each word of a text; empty for a word that is not in the table.
    static func meanings(in text: String) -> [WordMeaning] {
        guard text.utf8.count <= longest * 4, text.count <= longest else { return [[]] }
        var words = words(of: text).flatMap(parts(of:))[...]
        var found: [WordMeaning] = []
        while let word = words.first {
            let phrase = (2...longestPhrase).reversed().first { length in
                length <= words.count && table.phrases[words.prefix(length).joined()] != nil
            }
            found += phrase.map { [table.phrases[words.prefix($0).joined()] ?? []] } ?? meanings(ofWord: word)
            words = words.dropFirst(phrase ?? 1)
        }
        return found
    }

    /// Whether a text, or a part of a path or list, consists of words for accounts that do not belong to people: a
    /// *Service Account Manager* is a person.
    static func namesRobot(_ text: String) -> Bool {
        text.split { "/\\,;|>=".contains($0) }.contains { part in
            let words = meanings(in: String(part))
            return words.contains { $0.contains(.robot) }
                && words.allSatisfy { !$0.isDisjoint(with: [.robot, .nobody, .neutral, .filler]) }
        }
    }

    /// The words of a text in the form in which words are compared, without dividing words that are written as one.
    static func tokens(in text: String) -> [String] {
        guard text.utf8.count <= longest * 4 else { return [] }
        return words(of: text).flatMap(parts(of:))
    }

    /// The parts of a word in camel case, unless the word itself is in the table.
    private static func parts(of word: String) -> [String] {
        let whole = folded(word)
        if table.words[whole] != nil { return [whole] }
        let parts = capitalised(word).map(folded)
        return parts.count > 1 ? joiningE(parts) : [whole]
    }

    /// The meaning of a word in the table, or of the words that it is composed of, if all are in the table; otherwise
    /// empty.
    private static func meanings(ofWord word: String) -> [WordMeaning] {
        if let meaning = table.words[word] { return [meaning] }
        if word.allSatisfy(\.isNumber) { return [(Int(word) ?? 0) > 1 ? [.neutral, .further] : .neutral] }
        return pieces(of: word) ?? [[]]
    }

    /// Splits at every character that is not a letter or digit. The `e` of `e-mail` is joined with the next word.
    private static func words(of text: String) -> [String] {
        // Invisible characters must not split a word.
        let visible = text.unicodeScalars.filter { !$0.properties.isDefaultIgnorableCodePoint }
        let words = visible.split { scalar in
            !(scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                || scalar.properties.generalCategory == .nonspacingMark)
        }
        return joiningE(words.map { String(String.UnicodeScalarView($0)) })
    }

    private static func joiningE(_ words: [String]) -> [String] {
        var joined: [String] = []
        for word in words {
            if let last = joined.last, last == "e" || last == "E", word.count > 3 {
                joined[joined.count - 1] = last + word.lowercased()
            } else {
                joined.append(word)
            }
        }
        return joined
    }

    /// `inviteeEmail` → `invitee`, `Email`; `email1Value` → `email`, `1`, `Value`
    private static func capitalised(_ word: String) -> [String] {
        var parts: [String] = []
        var previous: Character?
        for character in word {
            let begins =
                previous.map { before in
                    (before.isLowercase && character.isUppercase) || before.isNumber != character.isNumber
                } ?? true
            if begins { parts.append(String(character)) } else { parts[parts.count - 1].append(character) }
            previous = character
        }
        return parts
    }

    /// The words that a word is composed of; nil if a rest is left.
    private static func pieces(of word: String) -> [WordMeaning]? {
        let letters = Array(word)
        guard (2...40).contains(letters.count) else { return nil }
        // In alphabetic scripts, words of two letters would match too often.
        let shortest = letters.allSatisfy { $0.unicodeScalars.allSatisfy { $0.value >= 0x1100 } } ? 1 : 3
        // From the end: the words of the rest after each position.
        var found: [[WordMeaning]?] = Array(repeating: nil, count: letters.count + 1)
        found[letters.count] = []
        for start in letters.indices.reversed() {
            for end in stride(from: letters.count, to: start + shortest - 1, by: -1) {
                guard let rest = found[end], let meaning = table.words[String(letters[start..<end])] else { continue }
                found[start] = [meaning] + rest
                break
            }
        }
        return found[0]
    }

    /// Lower case, without accents: the form in which words are compared.
    static func folded(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.lowercased() }
        let bare = text.decomposedStringWithCanonicalMapping.lowercased().unicodeScalars
            .filter { $0.properties.generalCategory != .nonspacingMark }
            .reduce(into: "") { $0.unicodeScalars.append($1 == "ı" ? "i" : $1) }
        // Recomposes Korean syllables, which the decomposition above split into letters.
        return bare.precomposedStringWithCanonicalMapping
    }
}
