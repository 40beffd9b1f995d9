import Domain
import Foundation
import GRDB
import Testing

@testable import Ledger

@Suite struct PlanStageTests {
    private let nobody = Roster(active: [], invited: [])

    private func plan(_ rows: [DraftRow]) throws -> PlanDraft {
        let plan = try Ledger.temporary().plan()
        for row in rows { try plan.add(row) }
        return plan
    }

    @Test func `rows without a namesake are sent and shown to no rule`() throws {
        let plan = try plan([row(2, "a@acme.io"), row(3, "b@acme.io", .admin)])
        let witness = Witness()
        try plan.decide(against: nobody, by: witness.decide)
        #expect(witness.seen.isEmpty)
        let summary = try plan.summary()
        #expect(summary.toSend == 2)
        #expect(summary.sends == [.invite: [developer: 1, .admin: 1]])
    }

    @Test func `namesakes are shown with the first line, and contradictions from both sides`() throws {
        let plan = try plan([
            row(2, "a@acme.io"), row(3, "A@acme.io"), row(4, "b@acme.io"), row(5, "B@ACME.io", .admin),
            row(6, "b@acme.io"),
        ])
        let witness = Witness()
        try plan.decide(against: nobody, by: witness.decide)
        let shown = witness.seen.sorted {
            ($0.email.lowercased(), $0.firstLine ?? 0) < ($1.email.lowercased(), $1.firstLine ?? 0)
        }
        #expect(shown.map(\.firstLine) == [nil, 2, nil, 4, 4])
        let contradictions = shown.filter { $0.email.lowercased() == "b@acme.io" }.map(\.contradiction?.line)
        #expect(contradictions.sorted { ($0 ?? 0) < ($1 ?? 0) } == [4, 5, 5])
        let types = shown.filter { $0.operation.accountType == .admin }.map(\.contradiction?.accountType)
        #expect(types == [developer])
    }

    @Test(
        arguments: [
            (
                Roster(
                    active: [ActiveUser(uid: "1", email: "BOB@acme.io", name: "", accountType: .admin)], invited: []),
                Standing.active(.admin)
            ),
            (
                Roster(
                    active: [],
                    invited: [
                        InvitedUser(
                            email: "bob@acme.io", accountType: developer, status: InviteStatus(rawValue: "EXPIRED"))
                    ]), .invited(developer, InviteStatus(rawValue: "EXPIRED"))
            ),
            (
                Roster(
                    active: [],
                    invited: [
                        InvitedUser(
                            email: "bob@acme.io", accountType: developer, status: InviteStatus(rawValue: "SENT")),
                        InvitedUser(
                            email: "bob@acme.io", accountType: developer, status: InviteStatus(rawValue: "EXPIRED")),
                    ]), .invited(developer, InviteStatus(rawValue: "SENT"))
            ),
            (
                Roster(
                    active: [ActiveUser(uid: "1", email: "bob@acme.io", name: "", accountType: developer)],
                    invited: [
                        InvitedUser(email: "bob@acme.io", accountType: .admin, status: InviteStatus(rawValue: "SENT"))
                    ]), .active(developer)
            ),
        ])
    func `the workspace is joined by the address's key`(roster: Roster, standing: Standing) throws {
        let plan = try plan([row(2, "bob@acme.io")])
        let witness = Witness()
        try plan.decide(against: roster, by: witness.decide)
        #expect(witness.seen.map(\.standing) == [standing])
    }

    @Test func `decisions are written down and counted`() throws {
        let plan = try plan((1...6).map { try row($0 + 1, "same@acme.io") } + [row(8, "other@acme.io")])
        try plan.decide(against: nobody) { candidate in
            switch candidate.firstLine {
            case nil: .send(again: true)
            default: .skip(.duplicate, reason: "duplicate of line 2")
            }
        }
        let summary = try plan.summary()
        #expect((summary.rows, summary.toSend, summary.again) == (7, 2, 1))
        #expect(summary.skipped == [.duplicate: 5])
    }

    @Test func `problems come back in the order of the file, those of the rules among them`() throws {
        let plan = try plan([
            row(2, "a@acme.io"),
            DraftRow(
                line: 3, emailColumn: 1,
                content: .unusable(
                    RowText(email: "bob@", accountType: "boss"),
                    problems: [
                        RowProblem(column: 1, ground: .invalidEmail, message: "one"),
                        RowProblem(column: 2, ground: .unknownAccountType, message: "two"),
                    ])),
            row(4, "a@acme.io", .admin),
        ])
        try plan.decide(against: nobody) {
            .reject(.contradiction, reason: "as \($0.operation.accountType?.rawValue ?? "")")
        }
        var problems: [String] = []
        try plan.problems(file: "p.csv") { problem, _ in problems.append(problem.description) }
        #expect(
            problems == [
                "p.csv:2:1: error: as DEVELOPER", "p.csv:3:1: error: one", "p.csv:3:2: error: two",
                "p.csv:4:1: error: as ADMIN",
            ])
        #expect(try plan.summary().rejected == [.contradiction: 2, .invalidEmail: 1])
    }

    @Test func `a ledger that cannot be read says so in its own words`() throws {
        let ledger = try Ledger.temporary()
        let plan = try ledger.plan()
        try ledger.write { db in try db.execute(sql: "DROP TABLE problems; DROP TABLE rows") }
        #expect(throws: LedgerError.self) { try plan.problems(file: "p.csv") { _, _ in } }
        #expect(throws: LedgerError.self) { try plan.rows { _ in } }
    }

    @Test func `of several plans each knows its own workspace`() throws {
        let ledger = try Ledger.temporary()
        let rosters = [
            Roster(active: [ActiveUser(uid: "1", email: "a@acme.io", name: "", accountType: .admin)], invited: []),
            Roster(active: [], invited: []),
        ]
        let plans = try rosters.enumerated().map { place, roster in
            let header = RunHeader(kind: .change(.invite), workspace: "w\(place)", input: "p.csv", version: "0")
            let plan = try ledger.beginPlan(header, under: ledger.lock("w\(place)"), at: Date())
            try plan.add(row(2, "a@acme.io"))
            try plan.decide(against: roster) { _ in .send(again: false) }
            return plan
        }
        var standings: [Standing?] = []
        for plan in plans { try plan.rows { standings.append($0.standing) } }
        #expect(standings == [.active(.admin), .absent])
    }

    @Test func `what a reader of the plan throws comes through`() throws {
        struct Enough: Error {}
        let plan = try plan([row(2, "a@acme.io"), row(3, "a@acme.io", .admin)])
        try plan.decide(against: nobody) { _ in .reject(.contradiction, reason: "no") }
        #expect(throws: Enough.self) { try plan.problems(file: "p.csv") { _, _ in throw Enough() } }
        #expect(throws: Enough.self) { try plan.rows { _ in throw Enough() } }
    }

    @Test func `a plan that was not confirmed is no run, and leaves nothing`() throws {
        let ledger = try Ledger.temporary()
        let plan = try ledger.plan()
        try plan.add(row(2, "a@acme.io"))
        try plan.decide(against: nobody) { _ in .send(again: false) }
        #expect(try ledger.runs().isEmpty)
        try plan.discard()
        #expect(try ledger.read { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM rows") } == 0)
    }
}
