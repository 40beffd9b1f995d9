import Domain

/// The words that people and other products use for account types, and what they mean here.
public struct TypeWords: Sendable {
    /// By the form in which words are compared.
    private var mapped: [String: AccountType]
    /// The types there are, by their normalised spelling.
    private var accepted: [String: AccountType]
    /// Whether words for types with privileges count only where somebody has said what they mean.
    private var distrustsPrivileges = false

    /// - Parameters:
    ///   - mapped: what somebody has said that words mean.
    ///   - seen: types that the workspace shows besides the known ones; they may be asked for too.
    public init(mapped: [String: AccountType] = [:], seen: Set<AccountType> = []) {
        self.mapped = Dictionary(mapped.map { (Self.key($0.key), $0.value) }, uniquingKeysWith: { _, last in last })
        accepted = [:]
        add(seen)
    }

    /// Takes types that the workspace shows.
    public mutating func add(_ seen: Set<AccountType>) {
        for type in Array(seen) + AccountType.known { accepted[AccountType.normalised(type.rawValue)] = type }
    }

    /// Takes what a word means.
    public mutating func map(_ word: String, to type: AccountType) { mapped[Self.key(word)] = type }

    /// The type that a cell names; nil if it names none.
    public func type(of cell: String) -> AccountType? {
        if let type = mapped[Self.key(cell)] { return type }
        guard let type = own(cell) else { return nil }
        return distrustsPrivileges && PrivilegedTypes.standard.contains(type) ? nil : type
    }

    /// The type that a cell names by its own spelling.
    private func own(_ cell: String) -> AccountType? { AccountType.word(cell).flatMap { accepted[$0] } }

    /// Whether a column with these words is another product's, so that its `Admin` is not this one's: more of them are
    /// no account types as are types without privileges. A misspelt type is no word of another product, and a word that
    /// somebody has mapped is one.
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

    /// The same words for another product's column: a type with privileges is meant only where somebody has said so.
    public var distrustingPrivileges: Self {
        var words = self
        words.distrustsPrivileges = true
        return words
    }

    /// The words that name a type with privileges and that nobody has mapped.
    func isPrivilegeByName(_ cell: String) -> Bool {
        mapped[Self.key(cell)] == nil && own(cell).map(PrivilegedTypes.standard.contains) == true
    }

    /// The types there are, in the order of the alphabet.
    public var names: [String] { accepted.values.map(\.rawValue).sorted() }

    /// The type that a word is a misspelling of.
    func misspelt(_ word: String) -> String? { NearestWord.to(AccountType.normalised(word), in: names) }

    /// The types that a word may be a misspelling of, or shares a part with, the nearest first.
    public func nearest(to word: String) -> [String] {
        // A cell that holds two words may mean either.
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

/// What the checks of a list's rows find that is told once for the whole list, and not row by row.
public final class ListFindings {
    /// A word that is no account type.
    public struct UnknownWord: Hashable, Sendable {
        /// As it was first written.
        public var text: String
        /// How many rows have it.
        public var count: Int
        /// Where the first of them is.
        public var firstLine: Int
    }

    /// An address that was brought into the form that mail uses.
    public struct Cleaned: Hashable, Sendable {
        /// Where it stands.
        public var line: Int
        /// As it was written, and as it is sent.
        public var written, sent: String
        /// What was changed.
        public var changes: [WrittenAddress.Change]
    }

    /// The words, in the order in which they were met.
    public private(set) var unknown: [UnknownWord] = []
    /// The different words that were taken for account types by their own spelling, as far as they are kept.
    public private(set) var taken: [String] = []
    /// The first of them that names a type with privileges.
    public private(set) var privileged: String?
    /// The first of the addresses.
    public private(set) var cleaned: [Cleaned] = []
    /// How many there are.
    public private(set) var cleanedCount = 0
    private var places: [String: Int] = [:]

    /// How many words, and how many addresses, are kept to be told.
    private static let kept = (words: 1000, addresses: 5)

    /// Nothing yet.
    public init() {}

    func took(_ word: String, isPrivileged: Bool) {
        if taken.count < Self.kept.words { taken.append(word) }
        if isPrivileged, privileged == nil { privileged = word }
    }

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
