import Domain

/// Turns the decisions of a review into rows of a plan, based on the current workspace.
public struct DecisionRules {
    private let accounts: AccountIndex
    private var types: AccountTypeCheck

    /// - Parameters:
    ///   - accounts: the current accounts of the workspace.
    ///   - seen: account types that the workspace uses in addition to the known ones; decisions may name them too.
    public init(accounts: AccountIndex, seen: Set<AccountType>) {
        self.accounts = accounts
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
        let rowText = RowText(email: account.email, uid: account.uid, accountType: type)
        let content: DraftRow.Content =
            switch step {
            case .send(.invite(let email, let type)): .invite(email, type)
            case .send(let operation): change(operation, account, rowText)
            case .settle(let disposition): .settled(rowText, disposition)
            }
        return DraftRow(
            line: row.row, emailColumn: nil, kind: Self.kind(of: decision, account.kind), content: content,
            decision: RecordedDecision(
                place: row.place, decision: decision, accountKind: account.kind, name: account.name,
                accountType: account.accountType, status: account.status?.rawValue ?? "",
                reviewer: row[.reviewer], justification: row[.justification]))
    }

    /// The change, if the account still has the address that was reviewed.
    private func change(_ operation: WorkspaceChange, _ account: ReviewedAccount, _ text: RowText) -> DraftRow.Content {
        guard let now = accounts.user(uid: account.uid) else {
            return .settled(text, .skip(.movedOn, reason: Self.gone))
        }
        guard now.hasAddress(account.email) else {
            return .settled(text, .reject(.movedOn, reason: now.otherAddress(than: account.email)))
        }
        return .change(operation, of: now)
    }

    private enum Step {
        case send(WorkspaceChange)
        case settle(Disposition)
    }

    private static let gone = "the user is no longer active"

    private static func kind(of decision: Decision?, _ kind: AccountKind) -> WorkspaceChange.Kind? {
        switch (decision, kind) {
        case (.revoke, .user): .disable
        case (.changeRole, .user): .changeRole
        case (.reinvite, .invite): .invite
        default: nil
        }
    }

    /// The problem of an ambiguous or unreadable decision; nil for a clear one.
    public static func objection(to decided: DecidedAccount) -> ReviewProblem? {
        guard decided.decision == .unclear else { return nil }
        return ReviewProblem(place: decided.row.place, row: decided.row.row, message: unclear(decided))
    }

    private static func unclear(_ decided: DecidedAccount) -> String {
        let kind = decided.account.kind
        let words = Decision.offered(for: kind).map(\.rawValue).joined(separator: ", ")
        return "\"\(Terminal.plain(decided.row[.decision], limit: 80))\" is not a clear decision about "
            + (kind == .user ? "an active user" : "an invitation") + "; use one of \(words)"
    }

    private mutating func step(_ decided: DecidedAccount) -> Step {
        let (row, account) = (decided.row, decided.account)
        let decision: Decision
        switch decided.decision {
        case .notReviewed: return .settle(.skip(.undecided, reason: "not reviewed"))
        case .unclear: return impossible(Self.unclear(decided))
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
        guard let now = accounts.user(uid: account.uid) else {
            return .skip(.movedOn, reason: "\(decision.rawValue); \(Self.gone)")
        }
        guard now.hasAddress(account.email) else {
            return .skip(.movedOn, reason: "\(decision.rawValue); \(now.otherAddress(than: account.email))")
        }
        guard now.accountType == account.accountType else {
            let types = "was \(account.accountType) in the review and is now \(now.accountType)"
            return .skip(.movedOn, reason: "\(decision.rawValue); " + Terminal.plain(types))
        }
        return .skip(.nothingToDo, reason: decision.rawValue)
    }

    private mutating func changeRole(_ row: DecidedRow, _ account: ReviewedAccount) -> Step {
        var problems: [RowProblem] = []
        guard !row[.newAccountType].isEmpty else {
            return impossible("Change role needs a new account type")
        }
        guard let wanted = types.check(row[.newAccountType], line: row.row, column: nil, problems: &problems) else {
            return impossible(problems.map(\.message).joined(separator: "; "))
        }
        guard let now = accounts.user(uid: account.uid) else { return .settle(.skip(.movedOn, reason: Self.gone)) }
        if now.accountType != wanted && now.accountType != account.accountType {
            let types = "was \(account.accountType) in the review and is now \(now.accountType); decide again"
            return .settle(.skip(.movedOn, reason: Terminal.plain(types)))
        }
        return .send(.changeRole(uid: account.uid, wanted))
    }

    private func reinvite(_ account: ReviewedAccount) -> Step {
        do throws(InvalidEmail) {
            let email = try EmailAddress(account.email)
            guard accounts.isInvited(account.email) || !accounts.users(at: account.email).isEmpty else {
                return .settle(.skip(.movedOn, reason: "the invitation no longer exists"))
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
