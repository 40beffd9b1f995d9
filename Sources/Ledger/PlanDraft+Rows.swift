import Domain
import GRDB

/// Writes rows of a plan.
extension PlanDraft {
    func insert(_ row: DraftRow, ordinal: Int64, into db: Database) throws {
        switch row.content {
        case .invite(let email, let type):
            let text = RowText(email: email.text, accountType: type.rawValue)
            try insert(row, text, of: .invite(email, type), ordinal: ordinal, into: db)
        case .change(let operation, let user):
            let type = operation.accountType?.rawValue ?? ""
            let text = RowText(email: user.email, uid: user.uid, accountType: type)
            try insert(row, text, of: operation, before: user.accountType, ordinal: ordinal, into: db)
        case .settled(let text, let disposition):
            try insert(row, text, ordinal: ordinal, into: db)
            try write(disposition, ordinal: ordinal, line: row.line, column: row.emailColumn, into: db)
        case .unusable(let text, let problems):
            try insert(row, text, ordinal: ordinal, into: db)
            let reason = problems.map(\.message).joined(separator: "; ")
            try update(ordinal, .rejected, problems.first?.ground, reason, into: db)
            for (part, problem) in problems.enumerated() {
                try insert(problem, line: row.line, ordinal: ordinal, part: part, into: db)
            }
        }
        if let decision = row.decision { try insert(decision, ordinal: ordinal, into: db) }
    }

    func insert(
        _ row: DraftRow, _ text: RowText, of operation: WorkspaceChange? = nil, before: AccountType? = nil,
        ordinal: Int64, into db: Database
    ) throws {
        try db.cachedStatement(
            sql: "INSERT INTO rows (run, ordinal, line, emailColumn, email, subject, uid, accountType, kind, before, "
                + "turn, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        ).execute(arguments: [
            number, ordinal, row.line, row.emailColumn, text.email, operation.map(Subject.of) ?? "", text.uid,
            text.accountType, row.kind?.rawValue ?? "", before?.rawValue,
            operation.map { turn(of: $0, before: before) } ?? 0, Schema.RowState.planned,
        ])
    }

    /// Rows that give access are sent first, so that the last administrator is not removed before the next one exists.
    func turn(of operation: WorkspaceChange, before: AccountType?) -> Int {
        operation.isRemoval(from: before, privileged) ? 1 : 0
    }

    func insert(_ decision: RecordedDecision, ordinal: Int64, into db: Database) throws {
        try db.cachedStatement(
            sql: "INSERT INTO decisions (run, ordinal, place, decision, accountKind, name, accountType, status, "
                + "reviewer, justification, rowKey, reviewedUid, ticket, exceptionUntil, decidedAt) "
                + "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        ).execute(arguments: [
            number, ordinal, decision.place, decision.decision?.rawValue, decision.accountKind.rawValue,
            decision.name, decision.accountType.rawValue, decision.status, decision.reviewer,
            decision.justification, decision.rowKey, decision.uid, decision.ticket, decision.exceptionUntil,
            decision.decidedAt,
        ])
    }

    func insert(_ problem: RowProblem, line: Int, ordinal: Int64, part: Int, into db: Database) throws {
        try db.cachedStatement(
            sql: "INSERT OR REPLACE INTO problems (run, ordinal, part, line, fieldColumn, severity, message, ground) "
                + "VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        ).execute(arguments: [
            number, ordinal, part, line, problem.column, problem.severity.rawValue, problem.message,
            problem.ground.rawValue,
        ])
    }

    func write(
        _ disposition: Disposition, ordinal: Int64, line: Int, column: Int?, into db: Database
    ) throws {
        switch disposition {
        case .send(let again):
            guard again else { return }
            try db.cachedStatement(sql: "UPDATE rows SET again = 1 WHERE run = ? AND ordinal = ?")
                .execute(arguments: [number, ordinal])
        case .skip(let ground, let reason):
            try update(ordinal, .skipped, ground, reason, into: db)
        case .reject(let ground, let reason):
            try update(ordinal, .rejected, ground, reason, into: db)
            let problem = RowProblem(column: column, ground: ground, message: reason)
            try insert(problem, line: line, ordinal: ordinal, part: 0, into: db)
        }
    }

    func update(
        _ ordinal: Int64, _ kind: Outcome.Kind, _ ground: Ground?, _ reason: String, into db: Database
    ) throws {
        try db.cachedStatement(sql: "UPDATE rows SET state = ?, ground = ?, reason = ? WHERE run = ? AND ordinal = ?")
            .execute(arguments: [kind.rawValue, ground?.rawValue, reason, number, ordinal])
    }
}
