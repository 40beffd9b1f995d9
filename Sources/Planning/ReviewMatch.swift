import Domain

/// A row of a filled-in review beside the account that it decides about.
public struct DecidedAccount: Hashable, Sendable {
    /// As it was filled in.
    public var row: DecidedRow
    /// As it was reviewed.
    public var account: ReviewedAccount
    /// What the row's decision says.
    public var decision: DecisionText

    /// - Parameter rules: how the decision is read.
    public init(row: DecidedRow, account: ReviewedAccount, rules: ReviewRules = .current) {
        self.row = row
        self.account = account
        decision = DecisionText(row[.decision], of: account, by: rules)
    }
}

/// Something wrong with a filled-in review, by name.
public struct ReviewProblem: Hashable, Sendable {
    /// The file and the sheet.
    public var place: String
    /// The row; nil for what is not there.
    public var row: Int?
    /// One sentence.
    public var message: String

    /// Takes a problem.
    public init(place: String, row: Int?, message: String) {
        self.place = place
        self.row = row
        self.message = message
    }
}

/// Holds the rows of filled-in files against the accounts that were reviewed: what was edited, added, copied or taken
/// away is found, and where two files disagree.
public struct ReviewMatch {
    private let review: String
    let rules: ReviewRules
    private let population: [String: ReviewedAccount]
    private let order: [String]
    private let addresses: Set<String>
    private let part: ((ReviewedAccount) -> String)?
    private var taken: [String: DecidedAccount] = [:]
    /// The keys of the rows as they came.
    private var found: [String] = []
    /// The keys of rows that are there, but not as they were.
    private var broken: Set<String> = []
    private var parts: Set<String> = []
    private var isWhole = false
    /// Everything that keeps the decisions from being carried out.
    public private(set) var problems: [ReviewProblem] = []

    /// - Parameters:
    ///   - review: the review's name.
    ///   - rules: how the rows are read.
    ///   - population: every account that was reviewed, with its row key, in the order of the review.
    ///   - part: which part an account belongs to, in a review that was shared out.
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

    /// Takes the next row.
    public mutating func take(_ row: DecidedRow) {
        let whose = Self.quoted(row[.email].isEmpty ? row[.uid] : row[.email])
        if !row[.review].isEmpty, row[.review] != review {
            return refuse(row, "\(whose) is of review \(Self.quoted(row[.review])), and this is \(Self.quoted(review))")
        }
        guard let account = population[row[.rowKey]] else {
            let hint =
                addresses.contains(row[.email])
                ? "its row key is not the one it was given" : "no account with this address was reviewed"
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

    /// Takes what only the end shows: the rows that are missing.
    ///
    /// - Returns: every row, in the order of the files.
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
                        "\(Self.quoted(account.email)), \(account.kind.rawValue), was reviewed and is not in the file"))
        }
        if missing.count > Self.named {
            problems.append(
                ReviewProblem(
                    place: "review \(review)", row: nil, message: "\(missing.count - Self.named) more are missing"))
        }
        return found.compactMap { taken[$0] }
    }

    /// How many missing rows are named one by one.
    private static let named = 20

    /// The same account a second time: in one file it was copied, in two files they have to agree.
    private mutating func merge(_ decided: DecidedAccount, _ earlier: DecidedAccount) {
        let (row, other) = (decided.row, earlier.row)
        let whose = Self.quoted(row[.email])
        guard row.file != other.file else {
            return refuse(row, "\(whose) appears twice; the first time in row \(other.row) of \(other.place)")
        }
        if decided.decision == .notReviewed { return }
        if earlier.decision == .notReviewed {
            taken[row[.rowKey]] = decided
        } else if Self.wish(of: decided) != Self.wish(of: earlier) {
            refuse(
                row,
                "\(whose) has another decision here (\(Self.summary(row))) than in row \(other.row) of \(other.place) "
                    + "(\(Self.summary(other)))")
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
