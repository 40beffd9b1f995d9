import Domain
import Foundation

/// Facts about a review besides the snapshot: people, dates, and the source of the data.
public struct ReviewContext: Sendable {
    /// The id of the review, for example `2026-Q4`.
    public var id: String
    /// The period under review, for example `2026-Q4`.
    public var period: String
    /// When the decisions are due, as given.
    public var due: String?
    /// The person who decides about each account.
    public var reviewer: String?
    /// The person who confirms the decisions; must not be the reviewer.
    public var approver: String?
    /// The person who exported the review.
    public var preparer: String
    /// The company's own domains; accounts outside are flagged. Empty if none are configured.
    public var domains: [String]
    /// The host of the endpoint.
    public var endpointHost: String
    /// The text of the query that was sent.
    public var query: String
    /// The SHA-256 of the query, 64 hexadecimal characters.
    public var querySHA256: String
    /// The version of the program.
    public var version: String
    /// The time of the first snapshot of this workspace in the ledger.
    public var firstSnapshotAt: Date
    /// The part of a split review, for example `ADMIN`; nil for the whole review.
    public var part: String?
    /// The day on which the accounts were added to the review, such as 2026-12-15; nil for the review itself.
    public var addedOn: String?
    /// How the whole review is split; nil if it is not.
    public var split: ReviewSplit?
    /// The privileged account types.
    public var privileged = PrivilegedTypes.standard
    /// Warnings for readers of the reports.
    public var warnings: [String] = []
    /// How the previous review was closed; nil if it was not, or there was none.
    public var previousClosing: EvidenceRecord.Closing?
    /// The last link of the previous review; nil if there was none, or its folder is gone or was changed.
    public var previousLink: EvidenceRecord.Link?
    /// The company's own list of people; nil if the accounts are not compared with one.
    public var people: ReviewPeople?
    /// What is known about activity; nil in a supplement, and for reviews of versions that did not record why there is none.
    public var activityState: ReviewActivityState?
    /// What the audit log records; nil if no log was read.
    public var activity: ReviewActivity? {
        if case .recorded(let activity)? = activityState { activity } else { nil }
    }
    /// Why no log was read; nil if one was, or if that is not known.
    public var absentActivity: AbsentActivity? {
        if case .absent(let absent)? = activityState { absent } else { nil }
    }
    /// Who exports the review, by which program, and which API answered.
    public var provenance: Provenance?

    /// Creates a context.
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
