import Foundation

/// What a report says, before any format spells it: every writer gets the same one, so that all formats tell one truth.
///
/// Rows are not in it: a ``Table`` hands them over one by one when a writer asks, in the same order each time.
public struct Report {
    /// Which report it is, as files name it.
    public enum Kind: String, Sendable {
        case review, expired, results, remediation, access, users
    }

    /// Which report it is.
    public var kind: Kind
    /// The headline, for example `Access review 2026-Q4`.
    public var title: String
    /// When the data was taken; workbooks take it as their creation time.
    public var time: Date
    /// What readers must know before they trust it, for example that an empty answer was allowed. Shown as a banner.
    public var warnings: [String] = []
    /// Where the data comes from and what it is about, in groups.
    public var facts: [FactGroup] = []
    /// What a format without facts puts behind each row, so that a file says by itself what it is about.
    public var stamp: [Fact] = []
    /// Counts by type, status and so on.
    public var tallies: [Tally] = []
    /// The rows.
    public var tables: [Table] = []
    /// Who signs, if anybody has to.
    public var signOff: SignOff?
    /// The rows of all tables.
    public var rowCount: Int { tables.reduce(0) { $0 + $1.count } }

    /// The report without the rows of its populations.
    var summary: Report {
        var summary = self
        summary.tables.removeAll { $0.role == .population }
        return summary
    }

    /// A report without content.
    public init(kind: Kind, title: String, time: Date) {
        self.kind = kind
        self.title = title
        self.time = time
    }
}

/// Facts under one heading.
public struct FactGroup: Sendable {
    /// The object's name in JSON, for example `source`.
    public var key: String
    /// The heading.
    public var title: String
    /// The facts, in their order.
    public var facts: [Fact]
    /// Those that people are shown: with a value.
    var known: [Fact] { facts.filter { $0.value != .empty } }

    /// A group of facts.
    public init(key: String, title: String, facts: [Fact]) {
        self.key = key
        self.title = title
        self.facts = facts
    }
}

/// One fact: a name and a value.
public struct Fact: Sendable {
    /// The member's name in JSON, for example `listedAt`.
    public var key: String
    /// The name for people.
    public var title: String
    /// The value; ``Cell/empty`` where nobody gave one.
    public var value: Cell

    /// A fact.
    public init(_ key: String, _ title: String, _ value: Cell) {
        self.key = key
        self.title = title
        self.value = value
    }
}

/// How many of each sort there are.
public struct Tally: Sendable {
    /// The object's name in JSON, for example `activeByAccountType`.
    public var key: String
    /// The heading.
    public var title: String
    /// The sorts and their counts, in the order in which they are shown.
    public var counts: [(label: String, count: Int)]
    /// Whether a chart is drawn of it.
    public var isCharted: Bool

    /// A tally.
    public init(key: String, title: String, counts: [(label: String, count: Int)], isCharted: Bool = false) {
        self.key = key
        self.title = title
        self.counts = counts
        self.isCharted = isCharted
    }

    /// The sum of all counts.
    public var total: Int { counts.reduce(0) { $0 + $1.count } }
}

/// Who prepared, who reviews and who approves; names or addresses, empty where nobody was named.
public struct SignOff: Sendable {
    /// Who made the report.
    public var preparer: String
    /// The person who decides about each account.
    public var reviewer: String
    /// Who confirms the decisions; somebody else than the reviewer.
    public var approver: String

    /// Takes the names.
    public init(preparer: String, reviewer: String, approver: String) {
        self.preparer = preparer
        self.reviewer = reviewer
        self.approver = approver
    }
}
