import Domain

/// Turns the decisions of a review into rows of a plan, based on the current workspace.
///
/// A decision that was made is never dropped: it is sent, or it needs no change any more, or it is rejected with the
/// reason.
public struct DecisionRules {
    /// What is known about a review besides its decisions.
    public struct Known: Sendable {
        /// The account types that earlier runs of the review have given, by uid.
        public var given: [String: AccountType] = [:]
        /// The uids of users whom earlier runs of the review have disabled.
        public var disabled: Set<String> = []
        /// The keys of addresses with a reviewed invitation.
        public var invitations: Set<String> = []
        /// The keys of addresses that were confirmed to belong to the reviewed person, although the uid is another one.
        public var samePerson: Set<String> = []
        /// Which account types count as privileged.
        public var privileged = PrivilegedTypes.standard

        /// Nothing but the review itself.
        public init() {}
    }

    private let accounts: AccountIndex
    private let known: Known
    private var types: AccountTypeCheck

    /// - Parameters:
    ///   - accounts: the current accounts of the workspace.
    ///   - seen: account types that the workspace uses in addition to the known ones; decisions may name them too.
    ///   - known: what is known about the review besides its decisions.
    public init(accounts: AccountIndex, seen: Set<AccountType>, known: Known = Known()) {
        self.accounts = accounts
        self.known = known
        types = AccountTypeCheck(TypeWords(seen: seen), fallback: nil, findings: ListFindings())
    }

    /// The plan row for a decision: a change, or the reason why there is none.
    public mutating func row(for decided: DecidedAccount) -> DraftRow {
        let (row, account) = (decided.row, decided.account)
        let decision = decided.decision.decision
        let step = step(decided)
        var type = ""
        if case .changeRole = decision { type = row[.newAccountType] }
        if case .reinvite = decision { type = account.accountType.rawValue }
        var rowText = RowText(email: account.email, uid: account.uid, accountType: type)
        // A person who was confirmed under another uid has that uid from now on.
        if !known.samePerson.isEmpty, account.kind == .user, case .found(let now) = find(account) {
            rowText.uid = now.uid
        }
        let content: DraftRow.Content =
            switch step {
            case .send(.invite(let email, let type)): .invite(email, type)
            case .send(let operation): change(operation, account, rowText)
            case .settle(let disposition): .settled(rowText, disposition)
            }
        var recorded = RecordedDecision(
            place: row.place, decision: decision, accountKind: account.kind, name: account.name,
            accountType: account.accountType, status: account.status?.rawValue ?? "",
            reviewer: row[.reviewer], justification: row[.justification])
        recorded.rowKey = decided.key
        recorded.uid = account.uid
        recorded.ticket = row[.ticket]
        recorded.exceptionUntil = row[.exceptionUntil]
        recorded.decidedAt = row[.decidedAt]
        return DraftRow(
            line: row.row, emailColumn: nil, kind: Self.operation(of: decision, for: account.kind), content: content,
            decision: recorded)
    }

    /// The change, if the account is still the reviewed one.
    private func change(_ operation: WorkspaceChange, _ account: ReviewedAccount, _ text: RowText) -> DraftRow.Content {
        switch find(account) {
        case .found(let now):
            guard now.uid != account.uid else { return .change(operation, of: now) }
            let same: WorkspaceChange =
                if case .changeRole(_, let type) = operation { .changeRole(uid: now.uid, type) } else {
                    .disable(uid: now.uid)
                }
            return .change(same, of: now)
        case .gone(let reason): return .settled(text, .skip(.movedOn, reason: reason))
        case .unclear(let reason): return .settled(text, .reject(.movedOn, reason: reason))
        }
    }

    /// The reviewed user in the workspace of today.
    private enum Presence {
        case found(ActiveUser)
        /// The person has no access any more.
        case gone(String)
        /// Nobody can say whether it is the same person.
        case unclear(String)
    }

    private func find(_ account: ReviewedAccount) -> Presence {
        if let now = accounts.user(uid: account.uid) {
            return now.hasAddress(account.email) ? .found(now) : .unclear(now.otherAddress(than: account.email))
        }
        let address = EmailAddress.key(of: account.email)
        let others = accounts.users(at: account.email)
        let shown = Terminal.plain(account.email, limit: 254)
        if let other = others.first {
            guard known.samePerson.contains(address) else {
                return .unclear(
                    "\(shown) is active under another uid than the reviewed one; if it is the same person, use "
                        + "--person \(shown)")
            }
            return others.count == 1
                ? .found(other) : .unclear("several users have the address \(shown); decide about each of them")
        }
        if accounts.isInvited(account.email), !known.invitations.contains(address) {
            return .unclear(
                "\(shown) is no longer active but is invited again; remove the invitation from the workspace's list of "
                    + "pending users, and apply the file again")
        }
        return .gone(known.disabled.contains(account.uid) ? Self.alreadyDisabled : Self.gone)
    }

    private enum Step {
        case send(WorkspaceChange)
        case settle(Disposition)
    }

    private static let gone = "the user is no longer active"
    private static let alreadyDisabled = "already disabled by an earlier run of this review"

    /// The change that a decision about a kind of account requests; nil if it requests none.
    public static func operation(of decision: Decision?, for kind: AccountKind) -> WorkspaceChange.Kind? {
        switch (decision, kind) {
        case (.revoke, .user): .disable
        case (.changeRole, .user): .changeRole
        case (.reinvite, .invite): .invite
        default: nil
        }
    }

    private mutating func step(_ decided: DecidedAccount) -> Step {
        let (row, account) = (decided.row, decided.account)
        let decision: Decision
        switch decided.decision {
        case .notReviewed: return .settle(.skip(.undecided, reason: "not reviewed"))
        case .unclear: return impossible(decided.objection?.message ?? "not a clear decision")
        case .decision(let found): decision = found
        }
        if !row[.newAccountType].isEmpty && decision != .changeRole {
            return impossible("a new account type requires the decision Change role, not \(decision.rawValue)")
        }
        switch (decision, account.kind) {
        case (.dontKnow, _): return .settle(.skip(.undecided, reason: "Don't know: another reviewer must decide"))
        case (.approve, _), (.exception, _): return .settle(keep(decision, account))
        case (.revoke, .user): return .send(.disable(uid: account.uid))
        case (.changeRole, .user): return changeRole(row, account)
        case (.reinvite, .invite): return reinvite(account)
        case (.revoke, .invite), (.remove, .invite): return .settle(remove(account))
        case (.changeRole, .invite):
            return impossible(
                "the account type of an invitation cannot be changed; remove the invitation and invite the user again")
        case (.reinvite, .user), (.remove, .user):
            return impossible("\(decision.rawValue) applies to invitations, but this account is a user")
        }
    }

    private func impossible(_ reason: String) -> Step { .settle(.reject(.impossibleDecision, reason: reason)) }

    /// The access stays. The reason mentions what has changed since the review.
    private func keep(_ decision: Decision, _ account: ReviewedAccount) -> Disposition {
        guard account.kind == .user else { return .skip(.nothingToDo, reason: decision.rawValue) }
        let now: ActiveUser
        switch find(account) {
        case .found(let user): now = user
        case .gone where known.disabled.contains(account.uid):
            return .reject(
                .movedOn,
                reason: "\(decision.rawValue); \(Self.alreadyDisabled); to restore the access, invite the user")
        case .gone(let reason): return .skip(.movedOn, reason: "\(decision.rawValue); \(reason)")
        case .unclear(let reason): return .reject(.movedOn, reason: "\(decision.rawValue); \(reason)")
        }
        guard !now.accountType.isSame(as: account.accountType) else {
            return .skip(.nothingToDo, reason: decision.rawValue)
        }
        let types = Terminal.plain("was \(account.accountType) in the review and is now \(now.accountType)")
        if let given = known.given[account.uid], given.isSame(as: now.accountType) {
            return .reject(
                .movedOn,
                reason: "\(decision.rawValue); \(types), by an earlier run of this review; to restore the type, decide "
                    + "Change role")
        }
        // Whoever approved the account has not approved this privilege.
        guard !known.privileged.contains(now.accountType) else {
            return .reject(.movedOn, reason: "\(decision.rawValue); \(types); decide again")
        }
        return .skip(.movedOn, reason: "\(decision.rawValue); \(types)")
    }

    private mutating func changeRole(_ row: DecidedRow, _ account: ReviewedAccount) -> Step {
        var problems: [RowProblem] = []
        guard !row[.newAccountType].isEmpty else {
            return impossible("Change role needs a new account type")
        }
        guard let wanted = types.check(row[.newAccountType], line: row.row, column: nil, problems: &problems) else {
            return impossible(problems.map(\.message).joined(separator: "; "))
        }
        if case .found(let now) = find(account) {
            let expected = [wanted, account.accountType, known.given[account.uid]].compactMap(\.self)
            // To restore the reviewed type is what the reviewer has seen.
            guard expected.contains(where: now.accountType.isSame) || wanted.isSame(as: account.accountType) else {
                let types =
                    "was \(account.accountType) in the review and is now \(now.accountType); decide Revoke, or Change role "
                    + "to \(account.accountType) or \(now.accountType)"
                return .settle(.reject(.movedOn, reason: Terminal.plain(types)))
            }
        }
        return .send(.changeRole(uid: account.uid, wanted))
    }

    private func reinvite(_ account: ReviewedAccount) -> Step {
        do throws(InvalidEmail) {
            let email = try EmailAddress(account.email)
            guard accounts.isInvited(account.email) || !accounts.users(at: account.email).isEmpty else {
                return .settle(
                    .reject(
                        .movedOn, reason: "the invitation no longer exists; to invite the user again: rollcall invite"))
            }
            return .send(.invite(email, account.accountType))
        } catch {
            return impossible(error.sentence(about: account.email))
        }
    }

    private func remove(_ account: ReviewedAccount) -> Disposition {
        guard accounts.users(at: account.email).isEmpty else {
            return .reject(.byHand, reason: "the invitation has been accepted and the user is active; decide again")
        }
        guard accounts.isInvited(account.email) else {
            return .skip(.movedOn, reason: "the invitation no longer exists")
        }
        return .reject(
            .byHand, reason: "the API cannot cancel an invitation; remove it from the workspace's list of pending users"
        )
    }
}
