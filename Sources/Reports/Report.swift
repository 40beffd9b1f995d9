import Foundation

/// The content of a report, independent of the format. All writers get the same report, so that all formats agree.
///
/// The report does not contain the rows: a ``Table`` passes them to a writer one by one, always in the same order.
public struct Report {
    /// The kind of a report, as in files.
    public enum Kind: String, Sendable {
        case review, expired, results, remediation, closing, reviewStatus, reviews, access, users, runs, verification,
            leavers, people, auditIndex
    }

    /// The kind of the report.
    public var kind: Kind
    /// The headline, for example `Access review 2026-Q4`.
    public var title: String
    /// When the data was listed; the creation time of workbooks.
    public var time: Date
    /// Warnings for readers, for example that an empty user list was accepted. Shown as a banner.
    public var warnings: [String] = []
    /// Facts about the report and the source of its data, in groups.
    public var facts: [FactGroup] = []
    /// Facts that formats without facts add to each row, so that a file identifies itself.
    public var stamp: [Fact] = []
    /// Counts by type, status and so on.
    public var tallies: [Tally] = []
    /// The rows.
    public var tables: [Table] = []
    /// What to do with the report, for people who complete it.
    public var instructions: Instructions?
    /// The sign-off block, if the report has one.
    public var signOff: SignOff?
    /// The number of rows in all tables.
    public var rowCount: Int { tables.reduce(0) { $0 + $1.count } }

    /// The report without its population tables.
    public var summary: Report {
        var summary = self
        summary.tables.removeAll { $0.role == .population }
        return summary
    }

    /// Creates an empty report.
    public init(kind: Kind, title: String, time: Date) {
        self.kind = kind
        self.title = title
        self.time = time
    }
}

/// Facts under one heading.
public struct FactGroup: Sendable {
    /// The name of the object in JSON, for example `source`.
    public var key: String
    /// The heading.
    public var title: String
    /// The facts, in their order.
    public var facts: [Fact]
    /// The facts with a value, which are shown to readers.
    var known: [Fact] { facts.filter { $0.value != .empty } }

    /// Creates a group of facts.
    public init(key: String, title: String, facts: [Fact]) {
        self.key = key
        self.title = title
        self.facts = facts
    }
}

/// One fact: a name and a value.
public struct Fact: Sendable {
    /// The name of the member in JSON, for example `listedAt`.
    public var key: String
    /// The title for readers.
    public var title: String
    /// The value; ``Cell/empty`` if there is none.
    public var value: Cell

    /// Creates a fact.
    public init(_ key: String, _ title: String, _ value: Cell) {
        self.key = key
        self.title = title
        self.value = value
    }
}

/// Counts by category.
public struct Tally: Sendable {
    /// The name of the object in JSON, for example `activeByAccountType`.
    public var key: String
    /// The heading.
    public var title: String
    /// The categories and their counts, in display order.
    public var counts: [(label: String, count: Int)]
    /// Whether workbooks show a chart of it.
    public var isCharted: Bool

    /// Creates a tally.
    public init(key: String, title: String, counts: [(label: String, count: Int)], isCharted: Bool = false) {
        self.key = key
        self.title = title
        self.counts = counts
        self.isCharted = isCharted
    }

    /// The sum of all counts.
    public var total: Int { counts.reduce(0) { $0 + $1.count } }
}

/// The names in the sign-off block: names or addresses, empty if not set.
public struct SignOff: Sendable {
    /// The person who exported the review.
    public var preparer: String
    /// The person who decides about each account.
    public var reviewer: String
    /// The person who confirms the decisions; must not be the reviewer.
    public var approver: String

    /// Takes the names.
    public init(preparer: String, reviewer: String, approver: String) {
        self.preparer = preparer
        self.reviewer = reviewer
        self.approver = approver
    }
}
