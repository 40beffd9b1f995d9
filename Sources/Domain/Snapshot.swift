import Foundation

/// What the ledger keeps of one `listUsers` answer beside its accounts.
public struct Snapshot: Hashable, Sendable {
    /// Its number in the ledger, from 1; 0 before it is there.
    public var number: Int64
    /// Which workspace, as runs name it.
    public var workspace: String
    /// When the request left.
    public var startedAt: Date
    /// When the whole answer was there: the moment that the snapshot speaks of.
    public var takenAt: Date
    /// How many active users it showed.
    public var active: Int
    /// How many invites it showed.
    public var invited: Int
    /// The SHA-256 of the answer's bytes, 64 hexadecimal characters.
    public var rawSHA256: String

    /// Takes what is known.
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

/// A review that was written, as the next one looks back to it.
public struct ReviewRecord: Hashable, Sendable {
    /// Its name, for example `2026-Q4`.
    public var id: String
    /// Which workspace.
    public var workspace: String
    /// The snapshot that it was about.
    public var snapshot: Int64
    /// When that was taken.
    public var takenAt: Date
    /// The folder that it was written to, as it was given.
    public var folder: String
    /// The SHA-256 of its `SHA256SUMS`; the next review names it.
    public var manifestSHA256: String

    /// Takes what is known.
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

/// Somebody with access, or somebody who was offered it.
public enum AccountKind: String, Sendable, CaseIterable {
    /// An active user.
    case user
    /// An invite that has not been accepted.
    case invite
}

/// How an account differs from the last review.
public enum AccountChange: String, Sendable, CaseIterable {
    case new, changed, unchanged, gone
}

/// One account of a snapshot with what the ledger knows about it. No date in it comes from the API, which has none.
public struct ReviewedAccount: Hashable, Sendable {
    /// User or invite.
    public var kind: AccountKind
    /// Opaque; empty for an invite.
    public var uid: String
    /// As the API spells it.
    public var email: String
    /// The display name; empty for an invite.
    public var name: String
    /// What they may do, or were offered.
    public var accountType: AccountType
    /// Of an invite.
    public var status: InviteStatus?
    /// The first snapshot of the unbroken row of snapshots that show this account.
    public var firstSeen: Date
    /// The first snapshot since then that shows the invite as pending; nil if none did.
    public var pendingSince: Date?
    /// The first snapshot since it was last pending that shows the invite as expired.
    public var expiredSince: Date?
    /// How many earlier reviews showed the invite as expired.
    public var expiredReviews = 0
    /// Against the last review; nil if there was none.
    public var change: AccountChange?
    /// The account type in the last review, if it was another.
    public var previousType: AccountType?
    /// The invite's status in the last review, if it was another.
    public var previousStatus: InviteStatus?
    /// An invite whose address is active already.
    public var isActiveToo = false
    /// Another address in this snapshot that looks like the same person's: the same name, or the same address but for
    /// a `+tag`.
    public var sameAs: String?

    /// 1, and more where the answer shows the same account again.
    public var occurrence = 1

    /// An account without a history.
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
    /// What happened; never unchanged.
    public var change: AccountChange
    /// User or invite.
    public var kind: AccountKind
    /// Opaque; empty for an invite.
    public var uid: String
    /// As the API spells it now, or spelled it last.
    public var email: String
    /// The display name.
    public var name: String
    /// The account type then; nil if there was no such account.
    public var typeBefore: AccountType?
    /// The account type now; nil if the account is gone.
    public var typeAfter: AccountType?
    /// The invite's status then.
    public var statusBefore: InviteStatus?
    /// The invite's status now.
    public var statusAfter: InviteStatus?

    /// Takes a difference.
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

/// A snapshot beside the last review, as a report reads it: rows come one at a time, in the same order each time.
public protocol ReviewSource {
    /// The snapshot under review.
    var snapshot: Snapshot { get }
    /// The review before it.
    var previous: ReviewRecord? { get }
    /// How many accounts of a kind there are, by account type, the privileged types first.
    func counts(of kind: AccountKind) throws -> [(type: AccountType, count: Int)]
    /// How many invites have each status.
    func statuses() throws -> [(status: InviteStatus, count: Int)]
    /// How many accounts are new, changed or gone.
    func changeCounts() throws -> [AccountChange: Int]
    /// Every account of a kind, the privileged first.
    func accounts(_ kind: AccountKind, _ body: (ReviewedAccount) throws -> Void) throws
    /// What is gone, new or changed since the last review.
    func changes(_ body: (RosterChange) throws -> Void) throws
}
