import Domain
import Ledger
import Planning
import Reports

/// The numbers of a plan, for programs.
struct PlanFigures: Encodable, Sendable {
    /// All rows of the input.
    var rows: Int
    /// Rows to send, including those that re-send an expired invitation.
    var send: Int
    var sendAgain: Int
    /// Rows with nothing to do, by ground.
    var skip: [String: Int]
    /// Rows that cannot be carried out, by ground.
    var reject: [String: Int]
    /// Rows to send, by operation and account type; a removal has the type "".
    var operations: [String: [String: Int]]
    /// Accounts that would get a privileged account type.
    var grants: Int
    /// Accounts that would lose access or privileges.
    var removals: Int
    /// Requests per second; missing for no limit.
    var rate: Double?

    init(_ plan: RunPlan, rate: Double?) {
        let summary = plan.summary
        rows = summary.rows
        send = summary.toSend
        sendAgain = summary.again
        skip = summary.skipped.named
        reject = summary.rejected.named
        operations = Dictionary(
            uniqueKeysWithValues: summary.sends.map { kind, types in
                (kind.rawValue, Dictionary(types.map { ($0.key.rawValue, $0.value) }, uniquingKeysWith: +))
            })
        grants = plan.effect.grants.count
        removals = plan.effect.removals.count
        self.rate = rate
    }
}

extension [Ground: Int] {
    fileprivate var named: [String: Int] {
        Dictionary<String, Int>(uniqueKeysWithValues: map { ($0.key.rawValue, $0.value) })
    }
}

/// An exceeded safety limit, for programs.
public struct GuardFigures: Encodable, Sendable {
    var message: String
    /// How to override the limit.
    var remedy: String
    /// The number of rows that count towards the limit.
    var count: Int
    /// The first of these rows.
    var rows: [Row]

    struct Row: Encodable {
        var line: Int
        var email: String
        var change: String
    }

    init(_ refusal: GuardRefusal) {
        message = refusal.sentence
        remedy = refusal.remedy
        count = refusal.rows.count
        rows = refusal.rows.first.map { Row(line: $0.line, email: $0.email, change: $0.change) }
    }
}

/// A row of a plan as cells, with the terms of results and saved plans.
enum PlannedCells {
    static let keys = [
        "line", "operation", "email", "uid", "accountType", "disposition", "ground", "reason", "standing", "decision",
    ]

    static func cells(of row: PlannedRow) -> [Cell] {
        let saved = SavedRow(row)
        return [
            .number(saved.line), Cell(saved.operation), .text(saved.email), Cell(saved.uid), .text(saved.accountType),
            .text(saved.disposition), Cell(saved.ground), Cell(saved.reason), Cell(saved.standing?.state),
            Cell(saved.decision?.decision),
        ]
    }
}
