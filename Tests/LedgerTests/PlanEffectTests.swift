import Domain
import Foundation
import Testing

@testable import Ledger

/// Rows that wait, in a run to be resumed or in one whose failed rows are sent again, while the workspace goes on.
@Suite struct PlanEffectTests {
    private let business = AccountType(rawValue: "BUSINESS")
    private let ledger: Ledger

    init() throws { ledger = try Ledger.temporary() }

    private func bob(_ type: AccountType) -> ActiveUser {
        ActiveUser(uid: "b", email: "bob@acme.io", name: "Bob", accountType: type)
    }

    private func workspace(_ users: ActiveUser...) -> Roster { Roster(active: users, invited: []) }

    /// A confirmed run of one row about Bob, who is a developer.
    private func run(_ operation: WorkspaceChange) throws -> Int64 {
        let plan = try ledger.plan()
        try plan.add(
            DraftRow(line: 2, emailColumn: 1, kind: operation.kind, content: .change(operation, of: bob(developer))))
        try plan.decide(against: workspace(bob(developer))) { _ in .send(again: false) }
        try plan.confirm(inputSHA256: "", at: Date())
        return plan.number
    }

    private func effect(of run: Int64, on roster: Roster) throws -> PlanEffect {
        try ledger.effect(of: run, on: roster, .init())
    }

    @Test(arguments: [WorkspaceChange.disable(uid: "b"), .changeRole(uid: "b", developer)])
    func `whoever became the last administrator meanwhile is one that is lost`(operation: WorkspaceChange) throws {
        let number = try run(operation)
        let effect = try effect(of: number, on: workspace(bob(.admin)))
        #expect((effect.admins, effect.adminsLost.count, effect.adminsAfter) == (1, 1, 0))
        #expect(effect.removals.count == 1)
    }

    @Test func `whoever is gone already is not lost once more`() throws {
        let ann = ActiveUser(uid: "a", email: "ann@acme.io", name: "Ann", accountType: .admin)
        let plan = try ledger.plan()
        try plan.add(
            DraftRow(
                line: 2, emailColumn: 1, kind: .disable, content: .change(.disable(uid: "b"), of: bob(.admin))))
        try plan.decide(against: workspace(ann, bob(.admin))) { _ in .send(again: false) }
        let effect = try effect(of: plan.number, on: workspace(ann))
        #expect((effect.adminsLost.count, effect.adminsAfter, effect.removals.count) == (0, 1, 0))
    }

    /// Every way in which a question can make the limits count more invites or fewer.
    private static let questions: [PlanEffect.Question] = [
        .init(), .init(domains: [["acme.io"]]), .init(privileged: .init([AccountType(rawValue: "BUSINESS")])),
        .init(own: ["bob@acme.io"], protectedOwn: ["bob@acme.io"]),
    ]

    /// The ledger leaves out the rows that it believes no limit to count.
    @Test(arguments: SafetyLimit.allCases, questions)
    func `a limit counts the same rows in the ledger as in the plan itself`(
        limit: SafetyLimit, question: PlanEffect.Question
    ) throws {
        let ann = ActiveUser(uid: "a", email: "ann@partner.com", name: "Ann", accountType: developer)
        let eve = ActiveUser(uid: "e", email: "eve@acme.io", name: "Eve", accountType: .admin)
        let invites = [
            ("in@acme.io", developer), ("out@partner.com", developer), ("in@acme.io", business),
            ("out@partner.com", business), ("in@acme.io", .admin), ("out@partner.com", .admin),
        ]
        let changes: [(WorkspaceChange, of: ActiveUser)] = [
            (.changeRole(uid: "a", .admin), ann), (.changeRole(uid: "e", developer), eve),
            (.disable(uid: "b"), bob(.admin)),
        ]
        let roster = workspace(ann, bob(.admin), eve)
        var direct = PlanEffect(question, on: roster.active)
        let plan = try ledger.plan()
        for (line, invite) in invites.enumerated() {
            let (address, type) = ("\(line)\(invite.0)", invite.1)
            try plan.add(row(line, address, type))
            direct.count(.invite(try EmailAddress(address), type), email: address, uid: "", line: line, before: nil)
        }
        for (line, change) in zip(invites.count..., changes) {
            let (operation, user) = change
            try plan.add(
                DraftRow(line: line, emailColumn: 1, kind: operation.kind, content: .change(operation, of: user)))
            direct.count(operation, email: user.email, uid: user.uid, line: line, before: user.accountType)
        }
        try plan.decide(against: roster) { _ in .send(again: false) }
        let effect = try ledger.effect(of: plan.number, on: roster, question)
        #expect(effect.rows(of: limit) == direct.rows(of: limit))
        #expect(effect == direct)
    }

    @Test func `without domains only invites that give a privilege are read again`() {
        #expect(Self.questions.map(\.countedInvites) == [.privileged, .all, .privileged, .privileged])
    }

    @Test func `a uid whose address is another by now is refused by name`() throws {
        let number = try run(.disable(uid: "b"))
        let eve = ActiveUser(uid: "b", email: "eve@acme.io", name: "Eve", accountType: developer)
        let plan = ledger.plan(of: number)
        try plan.decide(against: workspace(eve)) { _ in .send(again: false) }
        try ledger.results(of: number) { row in
            #expect(row.outcome.kind == .rejected)
            #expect(row.outcome.reason?.contains("bob@acme.io has the address eve@acme.io now") == true)
        }
    }

    @Test func `a retry goes by what the account has now`() async throws {
        let number = try run(.changeRole(uid: "b", business))
        let journal = ledger.journal(of: number) { _ in .noEffect }
        let rows = try await journal.claim(1, within: limits, recording: [])
        try await journal.record(
            rows.map { row in
                RowRecord(
                    ordinal: row.ordinal, outcome: .failed(reason: "no"), attempts: 1, startedAt: nil, finishedAt: nil)
            })
        let retry = try ledger.plan()
        try retry.addFailed(of: number)
        try retry.decide(against: workspace(bob(.admin))) { _ in .send(again: false) }
        try ledger.results(of: retry.number) { #expect($0.before == .admin) }
        // It takes a privilege away now, and so goes with the others that do.
        #expect(try ledger.nextTurn(of: retry.number) == 1)
        // Nobody of that uid is there any more: a rule has to know.
        let later = try ledger.plan()
        try later.addFailed(of: number)
        let witness = Witness()
        try later.decide(against: workspace(), by: witness.decide)
        #expect(witness.seen.map(\.standing) == [.absent])
    }
}
