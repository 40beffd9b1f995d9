import Domain
import TerminalIO

/// A row of a saved plan.
public struct SavedRow: Codable {
    var line: Int
    /// invite, changeRole, disable; missing if the row requests no change.
    var operation: String?
    var email: String
    var uid: String
    var accountType: String
    /// send, sendAgain, skip or reject.
    var disposition: String
    var ground: String?
    var reason: String?
    var standing: Standing?
    var decision: SavedDecision?

    /// The state of an account when the plan was made.
    struct Standing: Codable, Hashable {
        /// absent, invited or active.
        var state: String
        var accountType: String?
        var status: String?

        init(_ standing: Domain.Standing) {
            switch standing {
            case .absent: state = "absent"
            case .invited(let type, let status):
                state = "invited"
                accountType = type.rawValue
                self.status = status.rawValue
            case .active(let type):
                state = "active"
                accountType = type.rawValue
            }
        }

        /// `active as DEVELOPER`
        var wording: String {
            let text = [state, accountType.map { "as \($0)" }, status].compactMap(\.self).joined(separator: " ")
            return Terminal.plain(text == "absent" ? "not in the workspace" : text)
        }
    }

    /// The decision that a row comes from.
    struct SavedDecision: Codable {
        var place, accountKind, name, accountType, status, reviewer, justification: String
        var decision: String?
        /// nil in plans of versions without them.
        var rowKey, reviewedUid, ticket, exceptionUntil, decidedAt: String?
    }

    init(_ row: PlannedRow) {
        line = row.line
        operation = row.kind?.rawValue
        email = row.text.email
        uid = row.text.uid
        accountType = row.text.accountType
        standing = row.standing.map(Standing.init)
        switch row.disposition {
        case .send(let again): disposition = again ? "sendAgain" : "send"
        case .skip(let ground, let reason):
            disposition = "skip"
            self.ground = ground.rawValue
            self.reason = reason
        case .reject(let ground, let reason):
            disposition = "reject"
            self.ground = ground.rawValue
            self.reason = reason
        }
        decision = row.decision.map { decision in
            SavedDecision(
                place: decision.place, accountKind: decision.accountKind.rawValue, name: decision.name,
                accountType: decision.accountType.rawValue, status: decision.status, reviewer: decision.reviewer,
                justification: decision.justification, decision: decision.decision?.rawValue,
                rowKey: decision.rowKey, reviewedUid: decision.uid, ticket: decision.ticket,
                exceptionUntil: decision.exceptionUntil,
                decidedAt: decision.decidedAt)
        }
    }

    /// The row for a plan, with the saved decision.
    public func draft(uid find: (String) -> ActiveUser?) throws -> DraftRow {
        let kind = try operation.map { try Self.word($0) as WorkspaceChange.Kind }
        let text = RowText(email: email, uid: uid, accountType: accountType)
        let ground = try ground.map { try Self.word($0) as Ground } ?? .malformedRow
        let type = AccountType(rawValue: accountType)
        let content: DraftRow.Content
        switch (disposition, kind) {
        case ("skip", _): content = .settled(text, .skip(ground, reason: reason ?? ""))
        case ("send", .invite), ("sendAgain", .invite): content = .invite(try EmailAddress(email), type)
        case ("send", let kind?):
            content = try change(WorkspaceChange(kind, email: email, uid: uid, accountType: type), find)
        case ("reject", _): content = .settled(text, .reject(ground, reason: reason ?? ""))
        default: throw Self.unknown("\(disposition) \(operation ?? "")")
        }
        return DraftRow(line: line, emailColumn: nil, kind: kind, content: content, decision: try recorded())
    }

    private func change(_ operation: WorkspaceChange, _ find: (String) -> ActiveUser?) throws -> DraftRow.Content {
        guard let user = find(uid) else {
            throw CommandFailure(.nothingSent, "\(Terminal.plain(email)) is no longer an active user; nothing was sent")
        }
        guard user.hasAddress(email) else {
            throw CommandFailure(.nothingSent, user.otherAddress(than: email) + "; nothing was sent")
        }
        return .change(operation, of: user)
    }

    /// Parses a value of a plan. There is no default for values that only a newer version supports.
    private static func word<Word: RawRepresentable>(_ text: String) throws -> Word where Word.RawValue == String {
        guard let word = Word(rawValue: text) else { throw unknown(text) }
        return word
    }

    private static func unknown(_ text: String) -> CommandFailure {
        CommandFailure(
            .nothingSent,
            "the plan contains \"\(Terminal.plain(text, limit: 100))\", which this version of rollcall does not "
                + "support; use the version that saved it; nothing was sent")
    }

    private func recorded() throws -> RecordedDecision? {
        try decision.map { saved in
            var recorded = RecordedDecision(
                place: saved.place, decision: try saved.decision.map { try Self.word($0) },
                accountKind: try Self.word(saved.accountKind), name: saved.name,
                accountType: AccountType(rawValue: saved.accountType), status: saved.status,
                reviewer: saved.reviewer, justification: saved.justification)
            recorded.rowKey = saved.rowKey ?? ""
            recorded.uid = saved.reviewedUid ?? ""
            recorded.ticket = saved.ticket ?? ""
            recorded.exceptionUntil = saved.exceptionUntil ?? ""
            recorded.decidedAt = saved.decidedAt ?? ""
            return recorded
        }
    }
}
