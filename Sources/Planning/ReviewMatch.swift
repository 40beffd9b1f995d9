import Domain

/// A row of a completed review, with the account that it decides about.
public struct DecidedAccount: Hashable, Sendable {
    /// The row as the reviewer completed it.
    public var row: DecidedRow
    /// The account at the time of the review.
    public var account: ReviewedAccount
    /// The decision of the row, parsed.
    public var decision: DecisionText

    /// - Parameter rules: the rules for reading the decision.
    public init(row: DecidedRow, account: ReviewedAccount, rules: ReviewRules = .current) {
        self.row = row
        self.account = account
        decision = DecisionText(row[.decision], of: account, by: rules)
    }
}

/// A problem of a completed review.
public struct ReviewProblem: Hashable, Sendable {
    /// The file and the sheet.
    public var place: String
    /// The row; nil for a problem of the whole sheet or review.
    public var row: Int?
    /// One sentence.
    public var message: String

    /// Creates a problem.
    public init(place: String, row: Int?, message: String) {
        self.place = place
        self.row = row
        self.message = message
    }
}

/// Compares the rows of completed reviews with the accounts that were reviewed: finds rows that were edited, added,
/// copied or removed, and files that contradict each other.
public struct ReviewMatch {
    private let review: String
    let rules: ReviewRules
    private let population: [String: ReviewedAccount]
    private let order: [String]
    private let addresses: Set<String>
    private let part: ((ReviewedAccount) -> String)?
    private var taken: [String: DecidedAccount] = [:]
    /// The row keys, in the order of the files.
    private var found: [String] = []
    /// The keys of rows that were edited.
    private var broken: Set<String> = []
    private var parts: Set<String> = []
    private var isWhole = false
    /// All problems that prevent applying the decisions.
    public private(set) var problems: [ReviewProblem] = []

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
        order = population.map(\.key)
        addresses = Set(population.map(\.account.email))
        self.part = part
    }

    /// Adds the next row.
    public mutating func take(_ row: DecidedRow) {
        let whose = Self.quoted(row[.email].isEmpty ? row[.uid] : row[.email])
        if !row[.review].isEmpty, row[.review] != review {
            return refuse(
                row, "\(whose) belongs to review \(Self.quoted(row[.review])), not to \(Self.quoted(review))")
        }
        guard let account = population[row[.rowKey]] else {
            let hint =
                addresses.contains(row[.email])
                ? "its row key was changed" : "no account with this address was reviewed"
            return refuse(row, "\(whose) was added: \(hint)")
        }
        let edits = edits(of: row, account)
        guard edits.isEmpty else {
            broken.insert(row[.rowKey])
            return refuse(row, "\(Self.quoted(account.email)) was edited: " + edits.joined(separator: "; "))
        }
        if row[.part].isEmpty { isWhole = true } else { parts.insert(row[.part]) }
        let decided = DecidedAccount(row: row, account: account, rules: rules)
        guard let other = taken[row[.rowKey]] else {
            taken[row[.rowKey]] = decided
            found.append(row[.rowKey])
            return
        }
        merge(decided, other)
    }

    /// Adds a problem for each missing row. Call it after the last row.
    ///
    /// - Returns: all matched rows, in the order of the files.
    public mutating func finish() -> [DecidedAccount] {
        let missing = order.filter { taken[$0] == nil && !broken.contains($0) }.compactMap { population[$0] }.filter {
            account in
            isWhole || part.map { parts.contains($0(account)) } ?? true
        }
        for account in missing.prefix(Self.named) {
            problems.append(
                ReviewProblem(
                    place: "review \(review)", row: nil,
                    message:
                        "\(Self.quoted(account.email)) (\(account.kind.rawValue)) was reviewed but is not in the file"))
        }
        if missing.count > Self.named {
            problems.append(
                ReviewProblem(
                    place: "review \(review)", row: nil,
                    message: "\((missing.count - Self.named).counted("more row is", "more rows are")) missing"))
        }
        return found.compactMap { taken[$0] }
    }

    /// How many missing rows are listed individually.
    private static let named = 20

    /// Merges a second row for the same account. In the same file it is a copied row; in two files, both must agree.
    private mutating func merge(_ decided: DecidedAccount, _ earlier: DecidedAccount) {
        let (row, other) = (decided.row, earlier.row)
        let whose = Self.quoted(row[.email])
        guard row.file != other.file else {
            return refuse(row, "\(whose) appears twice; first in row \(other.row) of \(other.place)")
        }
        if decided.decision == .notReviewed { return }
        if earlier.decision == .notReviewed {
            taken[row[.rowKey]] = decided
        } else if Self.wish(of: decided) != Self.wish(of: earlier) {
            refuse(
                row,
                "\(whose) has different decisions: \(Self.summary(row)) here, \(Self.summary(other)) in row "
                    + "\(other.row) of \(other.place)")
        }
    }

    private static func wish(of decided: DecidedAccount) -> [String] {
        [
            decided.decision.decision?.rawValue ?? decided.row[.decision],
            AccountType.normalised(decided.row[.newAccountType]),
        ]
    }

    private static func summary(_ row: DecidedRow) -> String {
        let words = [row[.decision], row[.newAccountType]].filter { !$0.isEmpty }
        return Terminal.plain(words.joined(separator: " "), limit: 80)
    }

    private mutating func refuse(_ row: DecidedRow, _ message: String) {
        problems.append(ReviewProblem(place: row.place, row: row.row, message: message))
    }

    static func quoted(_ text: String) -> String { "\"\(Terminal.plain(text, limit: 120))\"" }
}
