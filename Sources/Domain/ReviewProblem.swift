/// A problem of a completed review.
public struct ReviewProblem: Hashable, Sendable {
    /// The problems that are listed together if there are many of them.
    public enum Kind: String, Hashable, Sendable {
        /// Rows whose facts about the account were changed.
        case edited
        /// Rows about accounts that were not reviewed, or that do not say which account they are about.
        case unbound
        /// Rows that contradict another row about the same account.
        case conflict
        /// Cells whose content cannot be known.
        case unreadable
        /// Decisions that are not understood.
        case unclear
        /// Rows with an entry but no decision.
        case halfFilled
        /// Accounts that were reviewed and are in no file.
        case missing
        /// Problems of a whole sheet or review, and findings about its quality.
        case other

        /// A line in place of further problems of this kind.
        public func others(_ count: Int) -> String {
            switch self {
            case .edited: "\(count.counted("more row was", "more rows were")) edited"
            case .unbound: "\(count.counted("more row does", "more rows do")) not belong to a reviewed account"
            case .conflict: "\(count.counted("more account has", "more accounts have")) different decisions"
            case .unreadable: "\(count.counted("more cell", "more cells")) cannot be read"
            case .unclear: "\(count.counted("more decision is", "more decisions are")) not clear"
            case .halfFilled: "\(count.counted("more row has", "more rows have")) an entry but no decision"
            case .missing: "\(count.counted("more row is", "more rows are")) missing"
            case .other: count.counted("more problem")
            }
        }
    }

    /// How many problems of a kind are listed one by one for a person.
    public static let listed = 10

    /// The file and the sheet.
    public var place: String
    /// The row; nil for a problem of the whole sheet or review.
    public var row: Int?
    /// The cell, for example `F7`; nil in a CSV, and for a problem of a whole row.
    public var cell: String?
    /// The problems that it is listed with.
    public var kind: Kind
    /// One sentence.
    public var message: String

    /// Creates a problem.
    public init(place: String, row: Int?, cell: String? = nil, kind: Kind = .other, message: String) {
        self.place = place
        self.row = row
        self.cell = cell
        self.kind = kind
        self.message = message
    }

    /// Creates a problem of a row, or of one of its cells.
    public init(_ row: DecidedRow, _ field: DecidedRow.Field? = nil, kind: Kind, _ message: String) {
        self.init(
            place: row.place, row: row.row, cell: field.flatMap(row.cell(of:)), kind: kind, message: message)
    }

    /// At most ``listed`` problems of each kind, in their order; after the last of a kind comes a problem without a row
    /// that has the number of the others.
    public static func shortened(_ problems: [ReviewProblem]) -> [ReviewProblem] {
        let totals = Dictionary(grouping: problems, by: \.kind).mapValues(\.count)
        var counts: [Kind: Int] = [:]
        var short: [ReviewProblem] = []
        for problem in problems {
            let count = counts[problem.kind, default: 0] + 1
            counts[problem.kind] = count
            guard count <= listed else { continue }
            short.append(problem)
            if count == listed, let others = totals[problem.kind].map({ $0 - listed }), others > 0 {
                short.append(
                    ReviewProblem(
                        place: problem.place, row: nil, kind: problem.kind, message: problem.kind.others(others)))
            }
        }
        return short
    }
}
