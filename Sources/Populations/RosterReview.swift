import Domain
import Foundation

/// One snapshot beside the last review: who is here, what is known about them, and what has changed.
///
/// The rows come one at a time, the privileged first, in the same order each time.
public struct RosterReview: ReviewSource {
    /// The snapshot under review.
    public let snapshot: Snapshot
    /// The review before it.
    public let previous: ReviewRecord?
    private let accounts: ReviewAccounts
    private let times: [Int64: Date]

    /// Compares a snapshot with the last review.
    ///
    /// The blocks are read once, here: an account takes 64 bytes and its states, until the review is released.
    ///
    /// - Parameters:
    ///   - reviews: the snapshots of all reviews of the workspace.
    ///   - times: when each snapshot of the workspace was taken.
    ///   - privileged: which account types count as privileged, and come first.
    ///   - blocks: where the states of the workspace's users, and of its invites, are.
    /// - Throws: ``DamagedBlock``, or what a store throws.
    public init(
        of snapshot: Snapshot, since previous: ReviewRecord?, reviews: [Int64], times: [Int64: Date],
        privileged: PrivilegedTypes, in blocks: (AccountKind) -> any BlockStore
    ) throws {
        self.snapshot = snapshot
        self.previous = previous
        self.times = times
        accounts = try ReviewAccounts(
            AccountHistory(snapshot: snapshot.number, previous: previous?.snapshot, reviews: reviews),
            count: snapshot.active + snapshot.invited, privileged: privileged, in: blocks)
    }

    /// How many accounts of a kind there are, by account type, the privileged types first.
    public func counts(of kind: AccountKind) -> [(type: AccountType, count: Int)] {
        accounts.typeOrder.compactMap { place in
            let count = accounts.types.count(place, of: kind)
            return count > 0 ? (AccountType(rawValue: accounts.types.words[place]), count) : nil
        }
    }

    /// How many invites have each status.
    public func statuses() -> [(status: InviteStatus, count: Int)] {
        let statuses = accounts.statuses
        return statuses.words.indices.sorted { statuses.words[$0] < statuses.words[$1] }.map { place in
            (InviteStatus(rawValue: statuses.words[place]), statuses.count(place, of: .invite))
        }
    }

    /// Every account of a kind.
    ///
    /// - Throws: what `body` throws.
    public func accounts(_ kind: AccountKind, _ body: (ReviewedAccount) throws -> Void) rethrows {
        for place in accounts.places(kind) { try body(account(accounts.entries[place], kind)) }
    }

    private func account(_ entry: ReviewAccounts.Entry, _ kind: AccountKind) -> ReviewedAccount {
        let time = { (number: Int32) in number == 0 ? nil : self.times[Int64(number)] }
        // The bytes were read through once when the entry was made.
        guard let state = accounts.record(entry.state) else { preconditionFailure("a state that was there is gone") }
        var account = ReviewedAccount(
            kind: kind, uid: kind == .user ? state.account.text : "", email: state.email.text, name: state.name.text,
            accountType: AccountType(rawValue: accounts.types.words[Int(entry.accountType)]),
            status: kind == .invite ? InviteStatus(rawValue: accounts.statuses.words[Int(entry.status)]) : nil,
            firstSeen: time(entry.firstSeen) ?? snapshot.takenAt)
        account.occurrence = Int(state.occurrence)
        account.pendingSince = time(entry.pendingSince)
        account.expiredSince = time(entry.expiredSince)
        account.expiredReviews = Int(entry.expiredReviews)
        account.isActiveToo = entry.isActiveToo
        if entry.sameAs >= 0 { account.sameAs = accounts.withKey(accounts.entries[Int(entry.sameAs)]) { $0.text } }
        account.change = entry.change
        guard entry.change == .changed, let before = accounts.record(entry.previous) else { return account }
        if !StateRecord.isEqual(before.accountType, state.accountType) {
            account.previousType = AccountType(rawValue: before.accountType.text)
        }
        if kind == .invite, !StateRecord.isEqual(before.status, state.status) {
            account.previousStatus = InviteStatus(rawValue: before.status.text)
        }
        return account
    }

    /// How many accounts are new, changed or gone.
    public func changeCounts() -> [AccountChange: Int] {
        var counts: [AccountChange: Int] = [:]
        guard previous != nil else { return counts }
        for entry in accounts.entries {
            if let change = entry.change, change != .unchanged { counts[change, default: 0] += 1 }
        }
        if !accounts.gone.isEmpty { counts[.gone] = accounts.gone.count }
        return counts
    }

    /// What is gone, new or changed since the last review; nothing if there was none.
    ///
    /// - Throws: what `body` throws.
    public func changes(_ body: (RosterChange) throws -> Void) rethrows {
        guard previous != nil else { return }
        for change in gone { try body(change) }
        for change in [AccountChange.new, .changed] {
            for kind in [AccountKind.user, .invite] {
                for place in accounts.places(kind) where accounts.entries[place].change == change {
                    try body(RosterChange(change, account(accounts.entries[place], kind)))
                }
            }
        }
    }

    /// Users first, by address.
    private var gone: [RosterChange] {
        let changes = accounts.gone.compactMap { gone in
            accounts.record(gone.state).map { RosterChange(gone: $0, gone.kind) }
        }
        let sorted = changes.map { (key: EmailAddress.key(of: $0.email), change: $0) }.sorted { one, other in
            (one.change.kind == .user ? 0 : 1, one.key, one.change.uid)
                < (other.change.kind == .user ? 0 : 1, other.key, other.change.uid)
        }
        return sorted.map(\.change)
    }
}

extension RosterChange {
    fileprivate init(gone state: StateRecord, _ kind: AccountKind) {
        self.init(
            change: .gone, kind: kind, uid: kind == .user ? state.account.text : "", email: state.email.text,
            name: state.name.text, typeBefore: AccountType(rawValue: state.accountType.text), typeAfter: nil,
            statusBefore: kind == .invite ? InviteStatus(rawValue: state.status.text) : nil, statusAfter: nil)
    }

    fileprivate init(_ change: AccountChange, _ account: ReviewedAccount) {
        self.init(
            change: change, kind: account.kind, uid: account.uid, email: account.email, name: account.name,
            typeBefore: change == .new ? nil : account.previousType ?? account.accountType,
            typeAfter: account.accountType,
            statusBefore: change == .new ? nil : account.previousStatus ?? account.status, statusAfter: account.status)
    }
}
