import Domain
import Foundation
import Planning
import Reports
import TerminalIO

/// How far a review has come: every reviewed account with its decision and what became of it, and what has changed in
/// the workspace since. It is derived from the evidence folder, so that it does not depend on a ledger.
public struct ReviewState {
    /// The stages of a review.
    public enum Stage: String, Sendable {
        /// Nothing was handed in.
        case created
        /// Something is open.
        case inReview
        /// Nothing is open; the review can be closed.
        case applied
        case closed

        /// The stage as shown to users.
        public var words: String { self == .inReview ? "in review" : rawValue }
    }

    /// One reviewed account.
    public struct Account {
        /// The row key.
        public let key: String
        /// The account at the time of the review.
        public let account: ReviewedAccount
        /// The part of a split review; nil for a review in one part.
        public let part: String?
        /// Who is to decide; nil if nobody is named.
        public let assignee: String?
        /// Whether the address of a user has an invitation that was reviewed by itself.
        let hasReviewedInvitation: Bool
        /// The key of the account's row in a later supplement, which shows a later state of it; nil if there is none.
        public let laterKey: String?
        /// The decision that counts: the last one that was handed in.
        public internal(set) var decided: Decided?
        /// What became of the account.
        public internal(set) var standing: Standing = .undecided

        /// The account, with the uid that was confirmed to be the same person.
        var current: ReviewedAccount {
            guard let uid = decided?.currentUID.nonEmpty else { return account }
            var current = account
            current.uid = uid
            return current
        }

        /// Why the account is open; nil if it is not.
        public var openReason: String? {
            switch standing {
            case .undecided: decided == nil ? "not decided" : "Don't know: another reviewer must decide"
            case .kept, .applied, .superseded: nil
            case .failed(let reason), .manual(let reason): reason
            }
        }
    }

    /// A decision, with who made it.
    public struct Decided: Hashable, Sendable {
        /// The decision.
        public var decision: Decision
        /// The new account type, for a change of role.
        public var newAccountType: String
        /// Who decided; empty if the file does not say it.
        public var reviewer: String
        /// Why; empty if the file does not say it.
        public var justification: String
        /// The ticket; empty if the file does not say it.
        public var ticket: String
        /// The last day of an exception, as written in the file.
        public var exceptionUntil: String
        /// When it was decided; empty if that is not known.
        public var decidedAt: String
        /// When it was applied; UTC, ISO 8601.
        public var appliedAt: String
        /// The run that has applied it.
        public var run: Int64
        /// How a listing after the run compares with the result.
        public var verified: Verification?
        /// The decision before, if it was another one.
        public var replaced: String?
        /// The uid that was confirmed to be the same person; empty for the reviewed uid.
        public var currentUID: String
    }

    /// What became of an account.
    public enum Standing: Hashable, Sendable {
        /// Whether nothing is left to do.
        var isDone: Bool { self == .kept || self == .applied || self == .superseded }

        /// There is no decision, or it is *Don't know*.
        case undecided
        /// The access stays.
        case kept
        /// The decision was carried out.
        case applied
        /// The decision was overtaken by events, and another decision about the account in a supplement has replaced it.
        case superseded
        /// The decision was not carried out, for this reason.
        case failed(String)
        /// The decision needs a manual step, which was not seen to be done.
        case manual(String)
    }

    /// A listing of the workspace after the review.
    public struct Later {
        /// The accounts.
        public var roster: Roster
        /// When it was complete; UTC, ISO 8601.
        public var takenAt: String

        /// Takes a listing.
        public init(roster: Roster, takenAt: String) {
            self.roster = roster
            self.takenAt = takenAt
        }
    }

    /// The evidence folder.
    public let folder: ReviewedFolder
    /// Every reviewed account, in the order of the review.
    public let accounts: [Account]
    /// What was handed in, in this order.
    public let handIns: [HandIn]
    /// The last listing of the workspace after the review; nil if there is none.
    public let later: Later?
    /// What has changed in the workspace between the review and that listing, except by the review itself.
    public let changes: [PopulationChange]
    /// The closing statement's record; nil if the review is not closed.
    public let closing: ClosingRecord?
    /// Runs of this review that are not complete, as far as the ledger knows them.
    public internal(set) var unfinished: [RunRecord] = []

    /// Derives the state of a review.
    ///
    /// - Parameter later: a listing of the workspace after the review; a later one in the folder is used instead.
    /// - Throws: ``CommandFailure`` if a file was changed after it was written.
    public init(of folder: ReviewedFolder, later: Later? = nil) throws {
        self.folder = folder
        handIns = try HandIn.all(in: folder.path)
        closing = try ClosingRecord.read(in: folder.path)
        let invitations = Set(
            folder.population.lazy.filter { $0.account.kind == .invite }.map { EmailAddress.key(of: $0.account.email) })
        var latest: [AccountSubject: String] = [:]
        if !folder.supplements.isEmpty {
            for (key, account) in folder.population { latest[AccountSubject(account)] = key }
        }
        let firstOfSupplements = folder.population.count - folder.supplements.reduce(0) { $0 + $1.rowKeys.count }
        let supplemented = Set(folder.population[firstOfSupplements...].map(\.key))
        var accounts = folder.population.map { key, account in
            let later = latest.isEmpty ? nil : latest[AccountSubject(account)]
            let part = folder.split?.part(of: account)
            let assignee = folder.split?.namesReviewers == true ? part : folder.record.reviewer
            return Account(
                key: key, account: account, part: part,
                assignee: assignee == ReviewSplit.unassigned ? nil : assignee,
                hasReviewedInvitation: account.kind == .user
                    && invitations.contains(EmailAddress.key(of: account.email)),
                laterKey: later.flatMap { $0 != key && supplemented.contains($0) ? $0 : nil })
        }
        let stored = try handIns.last { $0.record.after != nil }.flatMap {
            try Self.listing(after: $0, in: folder.path)
        }
        let last = [stored, later].compactMap(\.self).max { $0.takenAt < $1.takenAt }
        var placeOf: [String: Int] = [:]
        if !handIns.isEmpty {
            placeOf.reserveCapacity(accounts.count)
            for (place, account) in accounts.enumerated() { placeOf[account.key] = place }
        }
        // Only remediations of versions that stored no row keys need it.
        lazy var places = Dictionary(grouping: folder.population.indices) { place in
            AccountIdentity(folder.population[place].account)
        }
        for handIn in handIns {
            var used: [AccountIdentity: Int] = [:]
            try handIn.decisions(in: folder.path) { key, identity, decision in
                if let place = placeOf[key] { return accounts[place].take(decision) }
                // An account that the response lists twice has as many rows.
                let number = used[identity, default: 0]
                used[identity] = number + 1
                guard let found = places[identity], number < found.count else { return }
                accounts[found[number]].take(decision)
            }
        }
        if let roster = last?.roster {
            let now = AccountIndex(roster)
            for place in accounts.indices { accounts[place].compare(with: now) }
        }
        for place in accounts.indices {
            guard case .failed = accounts[place].standing, let later = accounts[place].laterKey.flatMap({ placeOf[$0] })
            else { continue }
            if accounts[later].standing.isDone { accounts[place].standing = .superseded }
        }
        self.accounts = accounts
        self.later = last
        changes = Self.changes(in: last, since: accounts, folder)
    }

    private static func changes(
        in later: Later?, since accounts: [Account], _ folder: ReviewedFolder
    ) -> [PopulationChange] {
        guard let later else { return [] }
        let changes = PopulationChanges(
            since: accounts.filter { $0.account.kind == .invite || $0.laterKey == nil }.map(\.current),
            privileged: folder.privileged(in: later.roster), given: given(accounts),
            reinvited: reinvited(accounts))
        return changes.find(in: later.roster, revoked: revoked(accounts))
    }

    private static func listing(after handIn: HandIn, in folder: String) throws -> Later? {
        guard let after = handIn.record.after else { return nil }
        let bytes = try SealedFile.read(after.file, of: handIn.names.manifest, in: folder)
        guard let roster = ReviewedFolder.roster(of: bytes) else { throw SealedFile.failure(after.file, in: folder) }
        return Later(roster: roster, takenAt: after.takenAt)
    }

    /// The account types that the review has given, by uid.
    static func given(_ accounts: [Account]) -> [String: AccountType] {
        var given: [String: AccountType] = [:]
        for account in accounts
        where account.laterKey == nil && account.standing == .applied && account.decided?.decision == .changeRole {
            given[account.current.uid] = AccountType(rawValue: account.decided?.newAccountType ?? "")
        }
        return given
    }

    private static func reinvited(_ accounts: [Account]) -> Set<String> {
        Set(
            accounts.filter { $0.standing == .applied && $0.decided?.decision == .reinvite }.map {
                EmailAddress.key(of: $0.account.email)
            })
    }

    private static func revoked(_ accounts: [Account]) -> Set<String> {
        Set(
            accounts.filter { [.revoke, .remove].contains($0.decided?.decision) }.map {
                $0.account.kind == .user ? $0.current.uid : EmailAddress.key(of: $0.account.email)
            })
    }
}

/// What later decisions build on.
extension ReviewState {
    /// What has changed between the review and a listing, except by the review itself.
    public func changes(in roster: Roster) -> [PopulationChange] {
        Self.changes(in: Later(roster: roster, takenAt: ""), since: accounts, folder)
    }

    /// What the rules for decisions have to know about the review.
    ///
    /// - Parameter samePerson: addresses that were confirmed to belong to the reviewed person.
    public func known(samePerson: [String], privileged: PrivilegedTypes) -> DecisionRules.Known {
        var known = DecisionRules.Known()
        known.given = Self.given(accounts)
        known.samePerson = Set(samePerson.map(EmailAddress.key))
        known.privileged = privileged
        for account in accounts {
            if account.account.kind == .invite {
                known.invitations.insert(EmailAddress.key(of: account.account.email))
            } else if account.standing == .applied, account.decided?.decision == .revoke {
                known.disabled.insert(account.account.uid)
            }
        }
        return known
    }
}

/// What is open.
extension ReviewState {
    /// The accounts that are open, in the order of the review.
    public var open: [Account] { accounts.filter { $0.openReason != nil } }

    /// The privileges that nobody has reviewed.
    public var unreviewed: [PopulationChange] { changes.filter(\.isUnreviewedPrivilege) }

    /// The number of open items.
    public var openCount: Int { unfinished.count + open.count + unreviewed.count }

    /// Whether the review can be closed.
    public var isComplete: Bool {
        unfinished.isEmpty && !accounts.contains { $0.openReason != nil } && unreviewed.isEmpty
    }

    /// The stage of the review.
    public var stage: Stage {
        if closing != nil { return .closed }
        if handIns.isEmpty, unfinished.isEmpty { return .created }
        return isComplete ? .applied : .inReview
    }
}
