import Domain

/// A row of a completed review, with the account that it decides about.
public struct DecidedAccount: Hashable, Sendable {
    /// The row as the reviewer completed it. If several rows are about the account, it is the one with the decision,
    /// and its empty cells are filled from the others.
    public var row: DecidedRow
    /// The account at the time of the review.
    public var account: ReviewedAccount
    /// The decision of the row, parsed.
    public var decision: DecisionText
    /// The row key of the account, even if the row has none.
    public var key: String

    /// - Parameter rules: the rules for reading the decision.
    public init(row: DecidedRow, account: ReviewedAccount, rules: ReviewRules = .current) {
        self.row = row
        self.account = account
        decision = DecisionText(row[.decision], of: account, by: rules)
        key = row[.rowKey]
    }

    /// The problem of a text in the decision cell that is ambiguous or not understood; nil for a clear decision.
    public var objection: ReviewProblem? {
        guard decision == .unclear else { return nil }
        let words = Decision.offered(for: account.kind).map(\.rawValue).joined(separator: ", ")
        return ReviewProblem(
            row, .decision, kind: .unclear,
            "\"\(Terminal.plain(row[.decision], limit: 80))\" is not a clear decision about "
                + (account.kind == .user ? "an active user" : "an invitation") + "; use one of \(words)")
    }
}

/// Compares the rows of completed reviews with the accounts that were reviewed: finds rows that were edited or added,
/// sheets that were damaged, and rows that contradict each other.
///
/// Any subset of the accounts may be handed in, in any number of rows, sheets and files.
public struct ReviewMatch {
    let review: String
    let rules: ReviewRules
    let population: [String: ReviewedAccount]
    let part: ((ReviewedAccount) -> String)?
    let index: ReviewedAddresses
    private let order: [String]
    private var earlier: EarlierReviewMatch?
    private var rows: [DecidedRow] = []
    var taken: [String: DecidedAccount] = [:]
    /// The row keys, in the order of the files.
    var found: [String] = []
    /// The keys of rows that cannot be used.
    var broken: Set<String> = []
    /// All problems that prevent applying the decisions.
    public internal(set) var problems: [ReviewProblem] = []
    /// Rows with an entry but no decision. The accounts stay undecided.
    public private(set) var halfFilled: [ReviewProblem] = []
    /// The row keys of reviewed accounts that are in no row, in the order of the review.
    public private(set) var missing: [String] = []

    /// - Parameters:
    ///   - review: the review's name.
    ///   - rules: the rules for reading the rows.
    ///   - population: every account that was reviewed, with its row key, in the order of the review.
    ///   - part: the part that an account belongs to, if the review was split.
    public init(
        review: String, rules: ReviewRules = .current, population: [(key: String, account: ReviewedAccount)],
        part: ((ReviewedAccount) -> String)?
    ) {
        self.review = review
        self.rules = rules
        self.population = Dictionary(population.map { ($0.key, $0.account) }, uniquingKeysWith: { first, _ in first })
        self.part = part
        order = population.map(\.key)
        index = ReviewedAddresses(population)
        if rules < .everySheet {
            earlier = EarlierReviewMatch(review: review, rules: rules, population: population, part: part)
        }
    }

    /// Adds the next row.
    public mutating func take(_ row: DecidedRow) {
        if earlier == nil { rows.append(row) } else { earlier?.take(row) }
    }

    /// Compares all rows. Call it after the last row; it sets ``problems``, ``halfFilled`` and ``missing``.
    ///
    /// - Returns: all matched accounts, in the order of the files.
    public mutating func finish() -> [DecidedAccount] {
        if var earlier {
            let decided = earlier.finish()
            problems = earlier.problems
            return decided
        }
        let files = boundFiles
        for sheet in Self.sheets(rows) { take(sheet, isBound: sheet.first.map { files.contains($0.file) } ?? false) }
        let decided = found.compactMap { key in
            taken[key].map { account in
                var account = account
                account.key = key
                return account
            }
        }
        halfFilled = decided.compactMap(Self.halfFilled)
        missing = order.filter { taken[$0] == nil && !broken.contains($0) }
        return decided
    }

    /// The files with a row key of this review.
    private var boundFiles: Set<String> {
        var files: Set<String> = []
        for row in rows where population[row[.rowKey]] != nil { files.insert(row.file) }
        return files
    }

    /// The rows of each sheet or CSV, in the order of the files.
    private static func sheets(_ rows: [DecidedRow]) -> [ArraySlice<DecidedRow>] {
        rows.indices.reduce(into: [ArraySlice<DecidedRow>]()) { sheets, index in
            let row = rows[index]
            if let last = sheets.last?.last, last.place == row.place, last.file == row.file {
                sheets[sheets.count - 1] = rows[sheets[sheets.count - 1].startIndex...index]
            } else {
                sheets.append(rows[index...index])
            }
        }
    }

    static func quoted(_ text: String) -> String { "\"\(Terminal.plain(text, limit: 120))\"" }
}

/// The reviewed accounts by what identifies them.
struct ReviewedAddresses {
    private let byUID: [String: [String]]
    private let byAddress: [String: [(key: String, kind: AccountKind)]]
    private let names: Set<String>

    init(_ population: [(key: String, account: ReviewedAccount)]) {
        byUID = Dictionary(grouping: population.filter { !$0.account.uid.isEmpty }) { $0.account.uid }.mapValues {
            $0.map(\.key)
        }
        names = Set(population.map { PersonName.key(of: FileText.held($0.account.name)) })
        byAddress = Dictionary(grouping: population) { EmailAddress.key(of: $0.account.email) }.mapValues {
            $0.map { ($0.key, $0.account.kind) }
        }
    }

    /// Whether an account with the address was reviewed.
    func contains(_ address: String) -> Bool { byAddress[EmailAddress.key(of: address)] != nil }

    /// Whether an account with the uid was reviewed.
    func contains(uid: String) -> Bool { byUID[uid] != nil }

    /// Whether an account with the name was reviewed.
    func contains(name: String) -> Bool { names.contains(PersonName.key(of: name)) }

    /// Whether a row without a row key is about a reviewed account.
    func isAboutReviewed(_ row: DecidedRow) -> Bool { contains(row[.email]) || contains(uid: row[.uid]) }

    /// The row key of the only account that a row can be about: by uid, or by address. nil if there is none, or more
    /// than one.
    func key(for row: DecidedRow) -> String? {
        let kind = AccountKind(rawValue: row[.kind].lowercased())
        if kind != .invite, let keys = byUID[row[.uid]] { return keys.count == 1 ? keys[0] : nil }
        let found = byAddress[EmailAddress.key(of: row[.email])]?.filter { kind == nil || $0.kind == kind } ?? []
        return found.count == 1 ? found[0].key : nil
    }
}
