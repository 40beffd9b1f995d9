import Foundation

/// The record of one `listUsers` response in the ledger, without its accounts.
public struct Snapshot: Hashable, Sendable {
    /// The number in the ledger, from 1; 0 before it is stored.
    public var number: Int64
    /// The workspace, by the name that runs use.
    public var workspace: String
    /// When the request was sent.
    public var startedAt: Date
    /// When the response was complete: the time that the snapshot represents.
    public var takenAt: Date
    /// The number of active users.
    public var active: Int
    /// The number of invitations.
    public var invited: Int
    /// The SHA-256 of the response, 64 hexadecimal characters.
    public var rawSHA256: String

    /// Creates a snapshot.
    public init(
        number: Int64 = 0, workspace: String, startedAt: Date, takenAt: Date, active: Int, invited: Int,
        rawSHA256: String
    ) {
        self.number = number
        self.workspace = workspace
        self.startedAt = startedAt
        self.takenAt = takenAt
        self.active = active
        self.invited = invited
        self.rawSHA256 = rawSHA256
    }
}

/// An exported review, as the next review refers to it.
public struct ReviewRecord: Hashable, Sendable {
    /// Its name, for example `2026-Q4`.
    public var id: String
    /// The workspace.
    public var workspace: String
    /// The snapshot under review.
    public var snapshot: Int64
    /// When the snapshot was taken.
    public var takenAt: Date
    /// The evidence folder, as given on the command line.
    public var folder: String
    /// The SHA-256 of its `SHA256SUMS`; the next review names it.
    public var manifestSHA256: String

    /// Creates a review record.
    public init(
        id: String, workspace: String, snapshot: Int64, takenAt: Date, folder: String, manifestSHA256: String
    ) {
        self.id = id
        self.workspace = workspace
        self.snapshot = snapshot
        self.takenAt = takenAt
        self.folder = folder
        self.manifestSHA256 = manifestSHA256
    }
}

/// A user with access, or an invitation.
public enum AccountKind: String, Sendable, CaseIterable {
    /// An active user.
    case user
    /// An invitation that has not been accepted.
    case invite
}

/// How an account differs from the previous review.
public enum AccountChange: String, Sendable, CaseIterable {
    case new, changed, unchanged, gone
}

/// The decision about an account in the previous review.
public struct PreviousDecision: Hashable, Sendable {
    /// The decision.
    public var decision: Decision
    /// Who decided; empty if not stated.
    public var reviewer: String
    /// When; nil if not known.
    public var decidedAt: Date?
    /// The last day of an exception, as its start in UTC; nil if it has no end, and for other decisions.
    public var exceptionUntil: Date?

    /// Creates a previous decision.
    public init(decision: Decision, reviewer: String, decidedAt: Date? = nil, exceptionUntil: Date? = nil) {
        self.decision = decision
        self.reviewer = reviewer
        self.decidedAt = decidedAt
        self.exceptionUntil = exceptionUntil
    }

    /// Whether this was an exception whose last day is over at a time.
    public func isExpired(at time: Date) -> Bool {
        guard decision == .exception, let exceptionUntil else { return false }
        return exceptionUntil.addingTimeInterval(86_400) <= time
    }
}

/// One account of a snapshot with its history in the ledger. All dates come from snapshots, because the API returns
/// none.
public struct ReviewedAccount: Hashable, Sendable {
    /// User or invitation.
    public var kind: AccountKind
    /// Opaque; empty for an invitation.
    public var uid: String
    /// In the API's spelling.
    public var email: String
    /// The display name; empty for an invitation.
    public var name: String
    /// The account type of the user, or the one that the invitation offers.
    public var accountType: AccountType
    /// The status of an invitation; nil for a user.
    public var status: InviteStatus?
    /// The time of the first snapshot in the latest unbroken sequence of snapshots with this account.
    public var firstSeen: Date
    /// The time of the first snapshot since then in which the invitation is pending; nil if there is none.
    public var pendingSince: Date?
    /// The time of the first snapshot since the invitation was last pending in which it is expired.
    public var expiredSince: Date?
    /// The number of earlier reviews in which the invitation is expired.
    public var expiredReviews = 0
    /// The change since the previous review; nil if there was none.
    public var change: AccountChange?
    /// The account type in the previous review, if it was different.
    public var previousType: AccountType?
    /// The status of the invitation in the previous review, if it was different.
    public var previousStatus: InviteStatus?
    /// Whether this is an invitation whose address is also an active user.
    public var isActiveToo = false
    /// Another address in this snapshot that seems to belong to the same person: the same name, or the same address
    /// except for a `+tag`.
    public var sameAs: String?
    /// The decision in the previous review; nil if there was none.
    public var previousDecision: PreviousDecision?

    /// 1, or more if the response lists the same account again.
    public var occurrence = 1

    /// Creates an account without a history.
    public init(
        kind: AccountKind, uid: String, email: String, name: String, accountType: AccountType, status: InviteStatus?,
        firstSeen: Date
    ) {
        self.kind = kind
        self.uid = uid
        self.email = email
        self.name = name
        self.accountType = accountType
        self.status = status
        self.firstSeen = firstSeen
    }
}

/// A difference between two reviews.
public struct RosterChange: Hashable, Sendable {
    /// The kind of change; never `unchanged`.
    public var change: AccountChange
    /// User or invitation.
    public var kind: AccountKind
    /// Opaque; empty for an invitation.
    public var uid: String
    /// In the API's current or last spelling.
    public var email: String
    /// The display name.
    public var name: String
    /// The account type in the previous review; nil if the account did not exist.
    public var typeBefore: AccountType?
    /// The current account type; nil if the account is gone.
    public var typeAfter: AccountType?
    /// The status of the invitation in the previous review.
    public var statusBefore: InviteStatus?
    /// The current status of the invitation.
    public var statusAfter: InviteStatus?

    /// Creates a roster change.
    public init(
        change: AccountChange, kind: AccountKind, uid: String, email: String, name: String, typeBefore: AccountType?,
        typeAfter: AccountType?, statusBefore: InviteStatus?, statusAfter: InviteStatus?
    ) {
        self.change = change
        self.kind = kind
        self.uid = uid
        self.email = email
        self.name = name
        self.typeBefore = typeBefore
        self.typeAfter = typeAfter
        self.statusBefore = statusBefore
        self.statusAfter = statusAfter
    }
}

/// A snapshot compared with the previous review, as a report reads it: rows come one at a time, always in the same
/// order.
public protocol ReviewSource {
    /// The snapshot under review.
    var snapshot: Snapshot { get }
    /// The previous review.
    var previous: ReviewRecord? { get }
    /// The number of accounts of a kind by account type, privileged types first.
    func counts(of kind: AccountKind) throws -> [(type: AccountType, count: Int)]
    /// The number of invitations by status.
    func statuses() throws -> [(status: InviteStatus, count: Int)]
    /// The number of new, changed and gone accounts.
    func changeCounts() throws -> [AccountChange: Int]
    /// Passes every account of a kind to `body`, privileged accounts first.
    func accounts(_ kind: AccountKind, _ body: (ReviewedAccount) throws -> Void) throws
    /// Passes every difference from the previous review to `body`.
    func changes(_ body: (RosterChange) throws -> Void) throws
}
