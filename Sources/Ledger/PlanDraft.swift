import Domain
import Foundation
import GRDB

/// A plan while it is made: rows come in one after the other, then the rules see each beside its namesakes and the
/// workspace. Everything is in SQLite, so a million rows take the memory of one.
public final class PlanDraft {
    /// The run that this plan becomes once it is confirmed.
    public let number: Int64
    let ledger: Ledger
    /// What counts as a privilege.
    let privileged: PrivilegedTypes
    /// Whether somebody is meant of whom one row is meant, although another row of theirs is left out.
    public var takesAnyRow = false
    private var waiting: [DraftRow] = []
    private var rowCount: Int64 = 0
    /// Accounts whose type is no longer the one that they had when their rows were planned.
    public private(set) var moves: [Move] = []

    /// An account that changed since its row was planned.
    public struct Move: Hashable, Sendable {
        /// Its address.
        public var email: String
        /// What it had then, and has now.
        public var before, now: AccountType
    }

    /// Rows written in one transaction; nothing is lost if they are not durable yet, because nothing was sent.
    private static let group = 2_000

    init(number: Int64, ledger: Ledger, privileged: PrivilegedTypes) {
        self.number = number
        self.ledger = ledger
        self.privileged = privileged
    }

    /// Takes one row, in the order of the input.
    public func add(_ row: DraftRow) throws(LedgerError) {
        waiting.append(row)
        if waiting.count == Self.group { try flush() }
    }

    /// Takes the failed rows of an earlier run, which keep their lines.
    public func addFailed(of run: Int64) throws(LedgerError) {
        try flush()
        let first = rowCount
        rowCount += try ledger.write { db in
            try db.execute(
                sql: """
                    INSERT INTO rows (run, ordinal, line, emailColumn, email, subject, uid, accountType, kind, before,
                        turn, state)
                    SELECT ?, ? + row_number() OVER (ORDER BY ordinal), line, emailColumn, email, subject, uid,
                        accountType, kind, before, turn, 'planned'
                    FROM rows WHERE run = ? AND state = 'failed' ORDER BY ordinal
                    """, arguments: [number, first, run])
            return Int64(db.changesCount)
        }
    }

    private func flush() throws(LedgerError) {
        guard !waiting.isEmpty else { return }
        let (rows, first) = (waiting, rowCount)
        CrashPoint.pass("rows read, not in the plan yet")
        try ledger.write { db in
            for (offset, row) in rows.enumerated() { try insert(row, ordinal: first + Int64(offset) + 1, into: db) }
        }
        rowCount += Int64(rows.count)
        waiting.removeAll(keepingCapacity: true)
    }

    /// Sees the whole file beside itself and the workspace. After it every row is to be sent or has an outcome.
    ///
    /// - Parameters:
    ///   - lag: how long a listing may lag behind a request that was answered `ok: true`.
    ///   - decide: called for each row whose account is in another row, in the workspace or in an earlier run, or should
    ///     be in the workspace; the others are sent.
    public func decide(
        against roster: Roster, lag: Duration = .seconds(60), by decide: (Candidate) -> Disposition
    ) throws(LedgerError) {
        try flush()
        try ledger.write { db in
            try db.load(roster, for: number)
            if !takesAnyRow { try refuseLeftOut(in: db) }
            try refuseOtherAddresses(roster, in: db)
            try NamesakeTable.build(for: number, in: db)
            try EarlierTable(ledger, number, window: lag).build(in: db)
            let rows = try Row.fetchCursor(db.cachedStatement(sql: NamesakeTable.candidates), arguments: [number])
            CrashPoint.pass("plan filled, not decided yet")
            while let row = try rows.next() {
                let firstLine: Int? = try row.value("firstLine")
                let candidate = Candidate(
                    operation: try WorkspaceChange(planned: row), email: try row.value("email"), firstLine: firstLine,
                    contradiction: try row.value("otherLine", as: Int?.self).map {
                        .init(line: $0, accountType: AccountType(rawValue: try row.value("otherType")))
                    },
                    standing: try Standing(joined: row),
                    earlier: try row.value("earlierRun", as: Int64?.self).map {
                        EarlierRow(run: $0, succeeded: try row.value("succeeded"))
                    })
                try catchUp(row, with: candidate, in: db)
                try write(
                    decide(candidate), ordinal: row.value("ordinal"), line: row.value("line"),
                    column: row.value("emailColumn"), into: db)
            }
        }
    }

    /// The runs that left rows about the same accounts without a certain answer, the oldest first.
    public func unansweredRuns() throws(LedgerError) -> [Int64] {
        try flush()
        return try ledger.write { db in
            try EarlierTable(ledger, number, window: .zero).build(in: db)
            return try Int64.fetchAll(
                db.cachedStatement(
                    sql: """
                        SELECT DISTINCT e.run FROM rows r JOIN temp.earlier e USING (subject)
                        WHERE r.run = ? AND r.state = 'planned' AND NOT e.succeeded ORDER BY 1
                        """), arguments: [number])
        }
    }

    /// Somebody whom one row names and whom a column of the list leaves out in another: which of them is meant is not told.
    private func refuseLeftOut(in db: Database) throws {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT p.ordinal, p.line, p.emailColumn, p.email, x.line AS otherLine, x.reason
                FROM (SELECT min(line) AS line, reason, lower(email) AS email FROM rows
                    WHERE run = ? AND ground IN (?, ?) AND email <> '' GROUP BY 3) x
                JOIN rows p ON lower(p.email) = x.email
                WHERE p.run = ? AND p.state = 'planned'
                """, arguments: [number, Ground.leftOut.rawValue, Ground.otherSection.rawValue, number])
        for row in rows {
            let (email, line, why): (String, Int, String) = try (
                row.value("email"), row.value("otherLine"), row.value("reason")
            )
            let reason =
                "\(Terminal.plain(email, limit: 254)) is left out in line \(line), because \(why); "
                + "delete the row that is wrong, or take whoever has one row that is meant: --any-row"
            try write(
                .reject(.contradiction, reason: reason), ordinal: row.value("ordinal"), line: row.value("line"),
                column: row.value("emailColumn"), into: db)
        }
    }

    /// Rows whose uid belongs to another address by now: perhaps to another person.
    private func refuseOtherAddresses(_ roster: Roster, in db: Database) throws {
        let rows = try Row.fetchAll(
            db,
            sql:
                "SELECT ordinal, line, emailColumn, email, uid FROM rows WHERE run = ? AND uid <> '' AND state = 'planned'",
            arguments: [number])
        guard !rows.isEmpty else { return }
        let users = Dictionary(roster.active.map { ($0.uid, $0) }, uniquingKeysWith: { first, _ in first })
        for row in rows {
            let email: String = try row.value("email")
            guard let user = users[try row.value("uid")], !user.hasAddress(email) else { continue }
            try write(
                .reject(.movedOn, reason: user.otherAddress(than: email)), ordinal: row.value("ordinal"),
                line: row.value("line"), column: row.value("emailColumn"), into: db)
        }
    }

    /// A row of an earlier run goes by what its account has now.
    private func catchUp(_ row: Row, with candidate: Candidate, in db: Database) throws {
        let before: String? = try row.value("before")
        guard candidate.operation.kind.takesUID, case .active(let now) = candidate.standing, before != now.rawValue
        else { return }
        if let before {
            moves.append(Move(email: try row.value("email"), before: AccountType(rawValue: before), now: now))
        }
        let ordinal: Int64 = try row.value("ordinal")
        try db.cachedStatement(sql: "UPDATE rows SET before = ?, turn = ? WHERE run = ? AND ordinal = ?")
            .execute(arguments: [now.rawValue, turn(of: candidate.operation, before: now), number, ordinal])
    }

    /// Every problem of the plan, in the order of the input.
    ///
    /// - Parameters:
    ///   - file: the input's name for messages; a row that comes from a decision has its own.
    ///   - sheet: the sheet of a workbook that the rows are in.
    ///   - ground: a kind of problem that is told otherwise.
    /// - Throws: ``LedgerError``, or what `body` throws.
    public func problems(
        file: String, sheet: String? = nil, without ground: Ground? = nil, _ body: (Diagnostic) throws -> Void
    ) throws {
        try flush()
        try ledger.readOut { db in
            let rows = try Row.fetchCursor(
                db,
                sql: "SELECT p.*, d.place FROM problems p LEFT JOIN decisions d USING (run, ordinal) WHERE p.run = ? "
                    + "AND p.ground IS NOT ? ORDER BY p.ordinal, p.part", arguments: [number, ground?.rawValue])
            while let row = try rows.next() {
                let severity: Diagnostic.Severity = try row.word(required: "severity")
                let location = try SourceLocation(line: row.value("line"), column: row.value("fieldColumn"))
                let place: String? = try row.value("place")
                var problem = Diagnostic(severity, file: place ?? file, at: location, try row.value("message"))
                problem.sheet = sheet
                try body(problem)
            }
        }
    }

    /// The plan in numbers.
    public func summary() throws(LedgerError) -> PlanSummary {
        try flush()
        return try ledger.read { db in try PlanSummary(run: number, in: db) }
    }

    /// The plan becomes a run: from here on it is in `rollcall runs`.
    public func confirm(inputSHA256: String, at time: Date) throws(LedgerError) {
        CrashPoint.pass("plan agreed to, not confirmed yet")
        defer { CrashPoint.pass("plan confirmed") }
        try ledger.write { db in
            try db.run(
                "UPDATE runs SET state = ?, inputSHA256 = ?, startedAt = ? WHERE number = ?",
                [RunState.running.rawValue, inputSHA256, time.timeIntervalSince1970, number])
        }
    }

    /// Forgets the rows, to take them anew.
    public func clear() throws(LedgerError) {
        waiting = []
        rowCount = 0
        try ledger.write { db in try Self.clear(number, in: db) }
    }

    /// Nothing was sent and nothing is kept.
    public func discard() throws(LedgerError) {
        waiting = []
        try ledger.write { db in try Self.discard(number, in: db) }
    }

    private static func clear(_ number: Int64, in db: Database) throws {
        for table in ["rows", "problems", "decisions"] {
            try db.execute(sql: "DELETE FROM \(table) WHERE run = ?", arguments: [number])
        }
    }

    static func discard(_ number: Int64, in db: Database) throws {
        try Schema.emptyRoster(of: number, db)
        try clear(number, in: db)
        try db.execute(sql: "DELETE FROM runs WHERE number = ?", arguments: [number])
    }
}
