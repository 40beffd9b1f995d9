import Domain
import Foundation

/// The words that people and other products use for account types, and the types that they stand for.
public struct TypeWords: Sendable {
    /// A word that the user has mapped, or a pattern such as `Data*`.
    private struct Rule {
        /// The word in the form that is used for comparison.
        var key: String
        /// The word as the user has written it.
        var text: String
        var type: AccountType

        /// Whether it stands for a word. A `*` stands for any text.
        func matches(_ word: String) -> Bool {
            guard key.contains("*") else { return word == key }
            var parts = key.split(separator: "*", omittingEmptySubsequences: false)
            guard let first = parts.first, word.hasPrefix(first), let last = parts.last,
                word.count >= first.count + last.count, word.hasSuffix(last)
            else { return false }
            parts = parts.dropFirst().dropLast()
            var rest = word.dropFirst(first.count).dropLast(last.count)
            for part in parts where !part.isEmpty {
                guard let found = rest.range(of: part) else { return false }
                rest = rest[found.upperBound...]
            }
            return true
        }
    }

    /// Mapped words and patterns; the first one that matches decides.
    private var rules: [Rule] = []
    /// All types, by their normalized spelling.
    private var accepted: [String: AccountType]
    /// Whether words for privileged types count only if they are mapped.
    private var distrustsPrivileges = false

    /// - Parameters:
    ///   - mapped: the words that the user has mapped.
    ///   - seen: types that the workspace uses in addition to the known ones; lists may name them too.
    public init(mapped: [String: AccountType] = [:], seen: Set<AccountType> = []) {
        accepted = [:]
        add(seen)
        for (word, type) in mapped { map(word, to: type) }
    }

    /// Adds types that the workspace uses.
    public mutating func add(_ seen: Set<AccountType>) {
        for type in Array(seen) + AccountType.known { accepted[AccountType.normalised(type.rawValue)] = type }
    }

    /// Maps a word, or all words of a pattern, to a type. The same word as before gets the new type, in its old place.
    ///
    /// - Parameter word: a word, or a pattern in which `*` stands for any text.
    public mutating func map(_ word: String, to type: AccountType) {
        let rule = Rule(key: Self.key(word), text: word, type: type)
        if let place = rules.firstIndex(where: { $0.key == rule.key }) {
            rules[place] = rule
        } else {
            rules.append(rule)
        }
    }

    private func rule(for cell: String) -> Rule? {
        let key = Self.key(cell)
        // A cell without a word is one without a type, and not the least specific of all patterns.
        guard !key.isEmpty else { return nil }
        return rules.first { $0.matches(key) }
    }

    /// The pattern that gives a cell its type, as the user has written it: `Data*=DEVELOPER`; nil if no pattern does.
    func pattern(for cell: String) -> String? {
        rule(for: cell).flatMap { $0.key.contains("*") ? "\($0.text)=\($0.type.rawValue)" : nil }
    }

    /// The type that a cell names; nil if it names none.
    public func type(of cell: String) -> AccountType? {
        if let rule = rule(for: cell) { return rule.type }
        guard let type = own(cell) else { return nil }
        return distrustsPrivileges && PrivilegedTypes.standard.contains(type) ? nil : type
    }

    /// The type that a cell names by its own spelling.
    private func own(_ cell: String) -> AccountType? { AccountType.word(cell).flatMap { accepted[$0] } }

    /// Whether a column with these words comes from another product, whose `Admin` is not the `ADMIN` of this one: it
    /// has more unknown words than types without privileges. A misspelled type does not count as unknown; a mapped word
    /// that is not a type does.
    public func areForeign(_ words: [String]) -> Bool {
        var (foreign, plain) = (0, 0)
        for word in words {
            if let type = own(word) {
                if !PrivilegedTypes.standard.contains(type) { plain += 1 }
            } else if let spelled = AccountType.word(word), !spelled.isEmpty, misspelt(word) == nil {
                foreign += 1
            }
        }
        return foreign > plain
    }

    /// The same words for a column of another product: privileged types count only if they are mapped.
    public var distrustingPrivileges: Self {
        var words = self
        words.distrustsPrivileges = true
        return words
    }

    /// Whether a word names a privileged type by itself, without a mapping.
    func isPrivilegeByName(_ cell: String) -> Bool {
        rule(for: cell) == nil && own(cell).map(PrivilegedTypes.standard.contains) == true
    }

    /// All types, in alphabetical order.
    public var names: [String] { accepted.values.map(\.rawValue).sorted() }

    /// The type that a word is a misspelling of.
    func misspelt(_ word: String) -> String? { NearestWord.to(AccountType.normalised(word), in: names) }

    /// The types that a word may be a misspelling of, or shares a part with; the nearest first.
    public func nearest(to word: String) -> [String] {
        // A cell with two words may stand for either.
        guard AccountType.word(word) != nil else { return [] }
        let parts = AccountType.normalised(word).split(separator: "_")
        let shared = names.filter { name in name.split(separator: "_").contains { parts.contains($0) } }
        let near = misspelt(word).map { [$0] } ?? []
        return near + shared.filter { !near.contains($0) }
    }

    private static func key(_ word: String) -> String {
        let text = EmailAddress.trimmed(word)
        return (text.first == "'" ? String(text.dropFirst()) : text).lowercased()
    }
}

/// Collects findings that are reported once for the whole list, and not row by row.
public final class ListFindings {
    /// A word that is not an account type.
    public struct UnknownWord: Hashable, Sendable {
        /// The word, as first written.
        public var text: String
        /// The number of rows with this word.
        public var count: Int
        /// The line of the first of them.
        public var firstLine: Int
    }

    /// An address that was normalized before it is sent.
    public struct Cleaned: Hashable, Sendable {
        /// Its line.
        public var line: Int
        /// The address as written, and as sent.
        public var written, sent: String
        /// The changes between the two.
        public var changes: [WrittenAddress.Change]
    }

    /// The unknown words, in the order of the list; at most ``kept``.
    public private(set) var unknown: [UnknownWord] = []
    /// The different words that are account types by their own spelling; at most ``kept``.
    public private(set) var taken: [String] = []
    /// The first of them that names a privileged type.
    public private(set) var privileged: String?
    /// The number of rows whose account type comes from a pattern, by the pattern.
    public private(set) var patterns: [String: Int] = [:]
    /// The first normalized addresses; at most ``kept``.
    public private(set) var cleaned: [Cleaned] = []
    /// The number of normalized addresses.
    public private(set) var cleanedCount = 0
    private var places: [String: Int] = [:]

    /// The largest number of words, and of addresses, that are kept for messages.
    private static let kept = (words: 1000, addresses: 5)

    /// Creates an empty collection.
    public init() {}

    func took(_ word: String, isPrivileged: Bool) {
        if taken.count < Self.kept.words { taken.append(word) }
        if isPrivileged, privileged == nil { privileged = word }
    }

    func used(pattern: String) { patterns[pattern, default: 0] += 1 }

    func met(_ word: String, line: Int) {
        let key = word.lowercased()
        if let place = places[key] {
            unknown[place].count += 1
        } else if unknown.count < Self.kept.words {
            places[key] = unknown.count
            unknown.append(UnknownWord(text: word, count: 1, firstLine: line))
        }
    }

    func sent(_ address: WrittenAddress, line: Int, written: String) {
        guard !address.changes.isEmpty else { return }
        cleanedCount += 1
        guard cleaned.count < Self.kept.addresses else { return }
        cleaned.append(Cleaned(line: line, written: written, sent: address.address.text, changes: address.changes))
    }
}
