import Domain

/// Compares rows by the rules before ``ReviewRules/everySheet``: a file must have every row of a review or of its part,
/// and only one row for each account. Used only to verify remediations that were carried out by these rules.
struct EarlierReviewMatch {
    private let review: String
    private let rules: ReviewRules
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
    private(set) var problems: [ReviewProblem] = []

    /// - Parameters:
    ///   - review: the review's name.
    ///   - rules: the rules for reading the rows.
    ///   - population: every account that was reviewed, with its row key, in the order of the review.
    ///   - part: the part that an account belongs to, if the review was split.
    init(
        review: String, rules: ReviewRules, population: [(key: String, account: ReviewedAccount)],
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
    mutating func take(_ row: DecidedRow) {
        guard row.cells[.rowKey] != nil, row.cells[.email] != nil, row.cells[.decision] != nil else { return }
        let whose = ReviewMatch.quoted(row[.email].isEmpty ? row[.uid] : row[.email])
        if !row[.review].isEmpty, row[.review] != review {
            return refuse(
                row,
                "\(whose) belongs to review \(ReviewMatch.quoted(row[.review])), not to \(ReviewMatch.quoted(review))")
        }
        guard let account = population[row[.rowKey]] else {
            let hint =
                addresses.contains(row[.email])
                ? "its row key was changed" : "no account with this address was reviewed"
            return refuse(row, "\(whose) was added: \(hint)")
        }
        let edits = ReviewEdit.all(in: row, account, rules).map(\.sentence)
        guard edits.isEmpty else {
            broken.insert(row[.rowKey])
            return refuse(row, "\(ReviewMatch.quoted(account.email)) was edited: " + edits.joined(separator: "; "))
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
    mutating func finish() -> [DecidedAccount] {
        let missing = order.filter { taken[$0] == nil && !broken.contains($0) }.compactMap { population[$0] }.filter {
            account in
            isWhole || part.map { parts.contains($0(account)) } ?? true
        }
        for account in missing.prefix(Self.named) {
            problems.append(
                ReviewProblem(
                    place: "review \(review)", row: nil,
                    message:
                        "\(ReviewMatch.quoted(account.email)) (\(account.kind.rawValue)) was reviewed but is not in the file"
                ))
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
        let whose = ReviewMatch.quoted(row[.email])
        guard row.file != other.file else {
            return refuse(row, "\(whose) appears twice; first in row \(other.row) of \(other.place)")
        }
        if decided.decision == .notReviewed { return }
        if earlier.decision == .notReviewed {
            taken[row[.rowKey]] = decided
        } else if ReviewMatch.wish(of: decided) != ReviewMatch.wish(of: earlier) {
            refuse(
                row,
                "\(whose) has different decisions: \(ReviewMatch.summary(row)) here, \(ReviewMatch.summary(other)) in row "
                    + "\(other.row) of \(other.place)")
        }
    }

    private mutating func refuse(_ row: DecidedRow, _ message: String) {
        problems.append(ReviewProblem(place: row.place, row: row.row, message: message))
    }
}
