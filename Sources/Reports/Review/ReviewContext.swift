import Domain
import Foundation

/// What a review is told beside the snapshot: who, when, for what, and where the data comes from.
public struct ReviewContext: Sendable {
    /// Its name, for example `2026-Q4`.
    public var id: String
    /// The time that it covers, for example `2026-Q4`.
    public var period: String
    /// When the decisions are due, as it was given.
    public var due: String?
    /// The person who decides about each account.
    public var reviewer: String?
    /// Who confirms the decisions; somebody else.
    public var approver: String?
    /// Who made the report.
    public var preparer: String
    /// The company's own domains; an account of another is flagged. Empty if nobody named them.
    public var domains: [String]
    /// The endpoint's host.
    public var endpointHost: String
    /// The text of the query that was sent.
    public var query: String
    /// Its SHA-256, 64 hexadecimal characters.
    public var querySHA256: String
    /// The program's version.
    public var version: String
    /// When the ledger began to keep snapshots of this workspace.
    public var firstSnapshotAt: Date
    /// Which part of a review that was split, for example `ADMIN`; nil for the whole.
    public var part: String?
    /// Which account types count as privileged.
    public var privileged = PrivilegedTypes.standard
    /// What readers must know first.
    public var warnings: [String] = []

    /// Takes what is known.
    public init(
        id: String, period: String, due: String?, reviewer: String?, approver: String?, preparer: String,
        domains: [String], endpointHost: String, query: String, querySHA256: String, version: String,
        firstSnapshotAt: Date
    ) {
        self.id = id
        self.period = period
        self.due = due
        self.reviewer = reviewer
        self.approver = approver
        self.preparer = preparer
        self.domains = domains
        self.endpointHost = endpointHost
        self.query = query
        self.querySHA256 = querySHA256
        self.version = version
        self.firstSnapshotAt = firstSnapshotAt
    }
}
