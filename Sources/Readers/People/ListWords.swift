import Foundation

/// What a word can mean in a header, or in a cell that says whether somebody is in or out.
struct WordMeaning: OptionSet, Hashable, Sendable {
    let rawValue: UInt16

    /// `email`
    static let address = WordMeaning(rawValue: 1 << 0)
    /// An account, whose value is an address at times: `login`
    static let login = WordMeaning(rawValue: 1 << 1)
    /// What somebody may do: `role`
    static let type = WordMeaning(rawValue: 1 << 2)
    /// `uid`
    static let id = WordMeaning(rawValue: 1 << 3)
    /// `workspace`
    static let workspace = WordMeaning(rawValue: 1 << 4)
    /// Changes nothing: `work`, `user`, `primary`
    static let neutral = WordMeaning(rawValue: 1 << 5)
    /// Not the person's own, or not what is wanted: `private`, `manager`, `current`
    static let other = WordMeaning(rawValue: 1 << 6)
    /// `new`, `requested`
    static let wanted = WordMeaning(rawValue: 1 << 7)
    /// In a header, whether somebody is in or out: `status`, `active`
    static let state = WordMeaning(rawValue: 1 << 8)
    /// What has a state or an address of its own: `group`, `mfa`
    static let thing = WordMeaning(rawValue: 1 << 9)
    /// In a cell, in: `active`, `yes`
    static let `in` = WordMeaning(rawValue: 1 << 10)
    /// In a cell, out: `terminated`, `no`
    static let out = WordMeaning(rawValue: 1 << 11)
    /// In a cell that says out, perhaps not for good: `pending`, `on leave`
    static let later = WordMeaning(rawValue: 1 << 13)
    /// In a cell, nothing by itself: `on`, `long`
    static let filler = WordMeaning(rawValue: 1 << 12)

    /// By the names that the table uses.
    static let named: [String: WordMeaning] = [
        "address": .address, "login": .login, "type": .type, "id": .id, "workspace": .workspace, "neutral": .neutral,
        "other": .other, "wanted": .wanted, "state": .state, "thing": .thing, "in": .in, "out": .out, "filler": .filler,
        "later": .later,
    ]
}

/// Reads headers and states by their words, in the languages of the table.
enum ListWords {
    private static let meanings: [String: WordMeaning] = {
        var meanings: [String: WordMeaning] = [:]
        let table = String(decoding: PackageResources.words_txt, as: UTF8.self)
        for line in table.split(separator: "\n") where !line.hasPrefix("#") {
            let fields = line.split(separator: " ", omittingEmptySubsequences: true)
            guard fields.count == 3 else { preconditionFailure("a word, what it means, and its languages: \(line)") }
            for name in fields[1].split(separator: ",") {
                guard let meaning = WordMeaning.named[String(name)] else { preconditionFailure("\(line)") }
                meanings[folded(String(fields[0].replacing("_", with: ""))), default: []].insert(meaning)
            }
        }
        return meanings
    }()

    /// Longer ones are somebody's text, and not a header.
    private static let longest = 120

    /// What each word of a text means; empty for a word that is not in the table.
    static func meanings(in text: String) -> [WordMeaning] {
        guard text.utf8.count <= longest * 4, text.count <= longest else { return [[]] }
        return words(of: text).flatMap(meanings(ofWord:))
    }

    /// A word that is in the table; otherwise the words that it is glued of, if all of them are; otherwise nothing.
    private static func meanings(ofWord word: String) -> [WordMeaning] {
        let whole = folded(word)
        if let meaning = meanings[whole] { return [meaning] }
        if whole.allSatisfy(\.isNumber) { return [.neutral] }
        let parts = capitalised(word).map(folded)
        if parts.count > 1 {
            return joiningE(parts).flatMap { part in
                meanings[part].map { [$0] } ?? (part.allSatisfy(\.isNumber) ? [.neutral] : pieces(of: part) ?? [[]])
            }
        }
        return pieces(of: whole) ?? [[]]
    }

    /// Cut where there is something else than a letter or a digit. The `e` of `e-mail` belongs to what follows it.
    private static func words(of text: String) -> [String] {
        // What nobody sees must not make two words of one.
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

    /// The words that a word is glued of; nil if something is left over.
    private static func pieces(of word: String) -> [WordMeaning]? {
        let letters = Array(word)
        guard (2...40).contains(letters.count) else { return nil }
        // In an alphabet too many things could be said with two letters.
        let shortest = letters.allSatisfy { $0.unicodeScalars.allSatisfy { $0.value >= 0x1100 } } ? 1 : 3
        // From the end: what the rest behind each place is glued of.
        var found: [[WordMeaning]?] = Array(repeating: nil, count: letters.count + 1)
        found[letters.count] = []
        for start in letters.indices.reversed() {
            for end in stride(from: letters.count, to: start + shortest - 1, by: -1) {
                guard let rest = found[end], let meaning = meanings[String(letters[start..<end])] else { continue }
                found[start] = [meaning] + rest
                break
            }
        }
        return found[0]
    }

    /// Lower case, without accents: the form in which words are compared.
    private static func folded(_ text: String) -> String {
        let bare = text.decomposedStringWithCanonicalMapping.lowercased().unicodeScalars
            .filter { $0.properties.generalCategory != .nonspacingMark }
            .reduce(into: "") { $0.unicodeScalars.append($1 == "ı" ? "i" : $1) }
        // Korean syllables are letters that were taken apart, and come together again.
        return bare.precomposedStringWithCanonicalMapping
    }
}
