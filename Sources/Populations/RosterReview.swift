import Domain
import Foundation

/// One snapshot compared with the previous review: the accounts, their history, and what has changed.
///
/// The rows come one at a time, privileged accounts first, always in the same order.
public struct RosterReview: HistorySource {
    /// The snapshot under review.
    public let snapshot: Snapshot
    /// The previous review.
    public let previous: ReviewRecord?
    private let accounts: ReviewAccounts
    private let times: [Int64: Date]

    /// Compares a snapshot with the previous review.
    ///
    /// The blocks are read once, here. Until the review is released, an account takes 64 bytes in addition to its
    /// states.
    ///
    /// - Parameters:
    ///   - reviews: the snapshots of all reviews of the workspace.
    ///   - times: when each snapshot of the workspace was taken.
    ///   - privileged: the account types that count as privileged, and come first.
    ///   - blocks: the stores of the users, and of the invitations, of the workspace.
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

    /// The number of accounts of a kind by account type, privileged types first.
    public func counts(of kind: AccountKind) -> [(type: AccountType, count: Int)] {
        accounts.typeOrder.compactMap { place in
            let count = accounts.types.count(place, of: kind)
            return count > 0 ? (AccountType(rawValue: accounts.types.words[place]), count) : nil
        }
    }

    /// The number of invitations by status.
    public func statuses() -> [(status: InviteStatus, count: Int)] {
        let statuses = accounts.statuses
        return statuses.words.indices.sorted { statuses.words[$0] < statuses.words[$1] }.map { place in
            (InviteStatus(rawValue: statuses.words[place]), statuses.count(place, of: .invite))
        }
    }

    /// Passes every account of a kind to `body`.
    ///
    /// - Throws: what `body` throws.
    public func accounts(_ kind: AccountKind, _ body: (ReviewedAccount) throws -> Void) rethrows {
        for place in accounts.places(kind) { try body(account(accounts.entries[place], kind)) }
    }

    /// Passes the past of every account of a kind to `body`.
    ///
    /// - Throws: what `body` throws.
    public func pasts(_ kind: AccountKind, _ body: (AccountPast, ReviewedAccount?) throws -> Void) rethrows {
        for place in accounts.places(kind) {
            let entry = accounts.entries[place]
            // The bytes were validated when the entry was made.
            guard let state = accounts.record(entry.state) else { preconditionFailure("a state is missing") }
            let past = AccountPast(
                account: state.account.text, occurrence: Int(state.occurrence), since: state.first,
                before: accounts.earlier(entry).map(AccountPast.State.init))
            try body(past, account(entry, kind))
        }
        for gone in accounts.gone where gone.kind == kind {
            let states = accounts.states(in: gone.states).filter { $0.first <= snapshot.number }
            guard let last = states.last else { continue }
            let past = AccountPast(
                account: last.account.text, occurrence: Int(last.occurrence), since: 0,
                before: states.map(AccountPast.State.init))
            try body(past, nil)
        }
    }

    private func account(_ entry: ReviewAccounts.Entry, _ kind: AccountKind) -> ReviewedAccount {
        let time = { (number: Int32) in number == 0 ? nil : self.times[Int64(number)] }
        // The bytes were validated when the entry was made.
        guard let state = accounts.record(entry.state) else { preconditionFailure("a state is missing") }
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

    /// The number of new, changed and gone accounts.
    public func changeCounts() -> [AccountChange: Int] {
        var counts: [AccountChange: Int] = [:]
        guard previous != nil else { return counts }
        for entry in accounts.entries {
            if let change = entry.change, change != .unchanged { counts[change, default: 0] += 1 }
        }
        if !accounts.gone.isEmpty { counts[.gone] = accounts.gone.count }
        return counts
    }

    /// Passes every difference from the previous review to `body`; nothing if there was none.
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

    /// The accounts that are gone: users first, by address.
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

extension AccountPast.State {
    fileprivate init(_ state: StateRecord) {
        self.init(
            first: state.first, gone: state.gone, email: state.email.text, name: state.name.text,
            accountType: state.accountType.text, status: state.status.text)
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
