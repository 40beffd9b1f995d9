import Domain
import Foundation
@testable import Planning
import Testing

private let developer = AccountType(rawValue: "DEVELOPER")
private let business = AccountType(rawValue: "BUSINESS")

private func user(_ name: String, _ type: AccountType = developer, uid: String? = nil) -> ActiveUser {
    ActiveUser(uid: uid ?? "uid-" + name, email: name + "@acme.io", name: name.capitalized, accountType: type)
}

private func reviewed(
    _ name: String, _ type: AccountType = developer, invite status: String? = nil
) -> ReviewedAccount {
    ReviewedAccount(
        kind: status == nil ? .user : .invite, uid: status == nil ? "uid-" + name : "", email: name + "@acme.io",
        name: status == nil ? name.capitalized : "", accountType: type,
        status: status.map(InviteStatus.init(rawValue:)), firstSeen: .distantPast)
}

private func row(
    _ account: ReviewedAccount, _ decision: String, file: String = "a.xlsx", row: Int = 2,
    _ more: [DecidedRow.Field: String] = [:]
) -> DecidedRow {
    let cells: [DecidedRow.Field: String] = [
        .kind: account.kind.rawValue, .email: account.email, .uid: account.uid,
        .accountType: account.accountType.rawValue, .status: account.status?.rawValue ?? "", .decision: decision,
        .review: "q4", .rowKey: "key " + account.email,
    ]
    return DecidedRow(
        file: file, place: file + ", Active users", row: row, cells: cells.merging(more) { _, new in new })
}

@Suite struct DecisionRulesTests {
    private func content(
        _ account: ReviewedAccount, _ decision: String, _ more: [DecidedRow.Field: String] = [:],
        active: [ActiveUser] = [], invited: [InvitedUser] = []
    ) -> DraftRow.Content {
        let index = AccountIndex(Roster(active: active, invited: invited))
        var rules = DecisionRules(accounts: index, seen: [])
        return rules.row(for: DecidedAccount(row: row(account, decision, more), account: account)).content
    }

    private func invited(_ name: String, _ status: String) -> InvitedUser {
        InvitedUser(email: name + "@acme.io", accountType: developer, status: InviteStatus(rawValue: status))
    }

    @Test func `decisions about users who are as they were`() {
        let ann = user("ann")
        let account = reviewed("ann")
        #expect(content(account, "Revoke", active: [ann]) == .change(.disable(uid: ann.uid), of: ann))
        #expect(content(account, " deny ", active: [ann]) == .change(.disable(uid: ann.uid), of: ann))
        #expect(
            content(account, "change ROLE", [.newAccountType: "business"], active: [ann])
                == .change(.changeRole(uid: ann.uid, business), of: ann))
        for (decision, ground) in [("Approve", Ground.nothingToDo), ("Exception", .nothingToDo), ("", .undecided)] {
            guard case .settled(_, .skip(ground, _)) = content(account, decision, active: [ann]) else {
                Issue.record("\(decision) is not skipped")
                continue
            }
        }
    }

    @Test(
        arguments: [
            ("Aprove", "", "is not a clear decision about an active user; use one of Approve, Revoke"),
            ("Change role", "", "needs a new account type"),
            ("Change role", "boss", "is not an account type"),
            ("Approve", "ADMIN", "a new account type requires the decision Change role"),
            ("Re-invite", "", "Re-invite applies to invitations"),
        ])
    func `decisions that cannot be carried out say why`(decision: String, type: String, sentence: String) {
        let found = content(reviewed("ann"), decision, [.newAccountType: type], active: [user("ann")])
        guard case .settled(_, .reject(.impossibleDecision, let reason)) = found else {
            Issue.record("\(found)")
            return
        }
        #expect(reason.contains(sentence))
    }

    @Test func `unclear decisions are named by row`() {
        let objections = [("Cancel", nil), ("Cancel", "SENT"), ("x", "SENT"), ("Revoke", nil), ("", nil)].map {
            (decision: String, status: String?) -> String? in
            let account = reviewed("ann", invite: status)
            let decided = DecidedAccount(row: row(account, decision, row: 7), account: account)
            guard let objection = decided.objection else { return nil }
            #expect(objection.row == 7 && objection.place == "a.xlsx, Active users")
            return objection.message
        }
        #expect(
            objections == [
                "\"Cancel\" is not a clear decision about an active user; use one of Approve, Revoke, Change role, "
                    + "Exception, Don't know", nil,
                "\"x\" is not a clear decision about an invitation; use one of Approve, Re-invite, Remove, Exception, "
                    + "Don't know", nil, nil,
            ])
    }

    @Test func `what moved on is not done`() {
        let now = [user("ann", .admin)]
        guard case .settled(_, .skip(.movedOn, let gone)) = content(reviewed("ann"), "Revoke"),
            case .settled(_, .reject(.movedOn, let other)) = content(
                reviewed("ann"), "Change role", [.newAccountType: "BUSINESS"], active: now),
            case .settled(_, .reject(.movedOn, let approved)) = content(reviewed("ann"), "Approve", active: now)
        else {
            Issue.record("not skipped")
            return
        }
        #expect(gone == "the user is no longer active")
        #expect(
            other == "was DEVELOPER in the review and is now ADMIN; decide Revoke, or Change role to DEVELOPER or ADMIN"
        )
        #expect(approved == "Approve; was DEVELOPER in the review and is now ADMIN; decide again")
    }

    @Test(arguments: ["Revoke", "Change role"])
    func `a uid that has another address by now is refused by name`(decision: String) {
        var other = user("eve")
        other.uid = reviewed("ann").uid
        let fields: [DecidedRow.Field: String] = decision == "Revoke" ? [:] : [.newAccountType: "BUSINESS"]
        guard
            case .settled(_, .reject(.movedOn, let reason)) = content(
                reviewed("ann"), decision, fields, active: [other])
        else {
            Issue.record("not refused")
            return
        }
        #expect(reason.contains("the account of ann@acme.io has the address eve@acme.io now"))
    }

    @Test(arguments: ["Approve", "Exception"])
    func `access that stays is another account's where the uid has another address by now`(decision: String) {
        var other = user("eve")
        other.uid = reviewed("ann").uid
        guard case .settled(_, .reject(.movedOn, let reason)) = content(reviewed("ann"), decision, active: [other])
        else {
            Issue.record("not told")
            return
        }
        #expect(reason.hasPrefix("\(decision); the account of ann@acme.io has the address eve@acme.io now"))
    }

    @Test func `decisions about invites`() throws {
        let account = reviewed("new", invite: "EXPIRED")
        let invite = DraftRow.Content.invite(try EmailAddress("new@acme.io"), developer)
        #expect(content(account, "Re-invite", invited: [invited("new", "EXPIRED")]) == invite)
        let results = [
            content(account, "Re-invite"), content(account, "Remove", invited: [invited("new", "SENT")]),
            content(account, "Revoke", invited: [invited("new", "SENT")]),
            content(account, "Remove", active: [user("new")]), content(account, "Remove"),
            content(account, "Change role", [.newAccountType: "ADMIN"], invited: [invited("new", "SENT")]),
        ]
        let grounds = results.map { content -> Ground? in
            switch content {
            case .settled(_, .skip(let ground, _)), .settled(_, .reject(let ground, _)): ground
            default: nil
            }
        }
        #expect(grounds == [.movedOn, .byHand, .byHand, .byHand, .movedOn, .impossibleDecision])
    }
}

@Suite struct ReviewMatchTests {
    private let accounts = [reviewed("ann", .admin), reviewed("bob"), reviewed("cy", invite: "SENT")]

    private func match(
        _ rows: [DecidedRow], by rules: ReviewRules = .current, part: ((ReviewedAccount) -> String)? = nil
    ) -> (emails: [String], problems: [String]) {
        var match = ReviewMatch(
            review: "q4", rules: rules, population: accounts.map { (key: "key " + $0.email, account: $0) }, part: part)
        for row in rows { match.take(row) }
        let decided = match.finish()
        return (decided.map(\.account.email), match.problems.map(\.message))
    }

    @Test func `rows that are as they were come in the order of the file`() {
        let found = match(accounts.reversed().map { row($0, "Approve") })
        #expect(found.problems.isEmpty)
        #expect(found.emails == ["cy@acme.io", "bob@acme.io", "ann@acme.io"])
    }

    @Test func `edited, added, copied and missing rows are named`() {
        let rows = [
            row(accounts[0], "Revoke", [.email: "eve@acme.io"]), row(accounts[1], "Approve", row: 3),
            row(accounts[1], "Approve", row: 4), row(reviewed("mal"), "Approve"),
            row(reviewed("ann"), "Approve", [.review: "q3"]),
        ]
        let found = match(rows, by: .wordsByKind)
        #expect(
            found.problems == [
                "\"ann@acme.io\" was edited: its email is \"ann@acme.io\" in the review but \"eve@acme.io\" in the "
                    + "file",
                "\"bob@acme.io\" appears twice; first in row 3 of a.xlsx, Active users",
                "\"mal@acme.io\" was added: no account with this address was reviewed",
                "\"ann@acme.io\" belongs to review \"q3\", not to \"q4\"",
                "\"cy@acme.io\" (invite) was reviewed but is not in the file",
            ])
        // Now a copied row may agree, and any subset of the rows may be handed in.
        #expect(
            match(rows).problems == [
                "\"mal@acme.io\" was added: no account with this address was reviewed",
                "\"ann@acme.io\" belongs to review \"q3\", not to \"q4\"",
                "\"ann@acme.io\" was edited: its email is \"ann@acme.io\" in the review but \"eve@acme.io\" in the "
                    + "file",
            ])
    }

    @Test(
        arguments: [
            ("Eve", nil, true), ("Ann", nil, false), ("", nil, false), (" Ann ", nil, false), ("ANN", nil, true),
            ("Ann B", "Ann\r\nB", false), ("AnnB", "Ann B", true), ("Ann\u{fffd}B", "Ann\u{1}B", false),
            ("Zoe\u{308}", "Zo\u{eb}", false), ("Ann", "", true), ("cut", String(repeating: "a", count: 40_000), false),
        ])
    func `a row that names somebody else is refused by name`(name: String, reviewedName: String?, isRefused: Bool) {
        var account = accounts[0]
        account.name = reviewedName ?? account.name
        var match = ReviewMatch(review: "q4", population: [(key: "key ann@acme.io", account: account)], part: nil)
        match.take(row(account, "Revoke", [.name: EmailAddress.trimmed(name)]))
        _ = match.finish()
        let sentence =
            "\"ann@acme.io\" was edited: its name is \"\(account.name)\" in the review but \"\(name)\" in the file"
        #expect(match.problems.map(\.message) == (isRefused ? [sentence] : []))
        // Earlier versions did not compare it, and what they filed is verified as they read it.
        #expect(self.match(accounts.map { row($0, "Revoke", [.name: name]) }, by: .lettersOnly).problems.isEmpty)
    }

    @Test func `two files have to agree, and one may leave to the other what it has not decided`() {
        let both = { (one: String, other: String) in
            match([
                row(accounts[0], one), row(accounts[1], "Approve"), row(accounts[2], "Approve"),
                row(accounts[0], other, file: "b.xlsx", row: 7),
            ]).problems
        }
        #expect(both("Approve", "approved").isEmpty)
        #expect(both("", "Revoke").isEmpty)
        #expect(both("Revoke", "").isEmpty)
        #expect(
            both("Approve", "Revoke") == [
                "\"ann@acme.io\" has different decisions: Revoke here, Approve in row 2 of a.xlsx, Active users"
            ])
    }

    @Test func `of a part only its own rows could be missing by earlier rules`() {
        let part = { (account: ReviewedAccount) in account.accountType.rawValue }
        let some = match([row(accounts[0], "Approve", [.part: "ADMIN"])], by: .wordsByKind, part: part)
        #expect(some.problems.isEmpty)
        let less = match([row(accounts[1], "Approve", [.part: "DEVELOPER"])], by: .wordsByKind, part: part)
        #expect(less.problems == ["\"cy@acme.io\" (invite) was reviewed but is not in the file"])
    }
}

@Suite struct ReviewQualityTests {
    private func doubts(_ rows: [(ReviewedAccount, DecidedRow)]) -> [String] {
        ReviewQuality.doubts(about: rows.map { DecidedAccount(row: $1, account: $0) }).map(\.message)
    }

    @Test(arguments: ["ann@acme.io", "ANN", "Ann <Ann@acme.io>"])
    func `nobody decides about himself`(reviewer: String) {
        let ann = reviewed("ann")
        #expect(
            doubts([(ann, row(ann, "Approve", [.reviewer: reviewer]))]) == [
                "ann@acme.io reviewed their own access"
            ])
        #expect(doubts([(ann, row(ann, "", [.reviewer: reviewer]))]).isEmpty)
    }

    @Test func `privileges and exceptions want a reason`() {
        let ann = reviewed("ann", .admin)
        #expect(
            doubts([(ann, row(ann, "Approve"))]) == ["ann@acme.io is ADMIN and was approved without a justification"])
        #expect(doubts([(ann, row(ann, "Approve", [.justification: "runs it"]))]).isEmpty)
        #expect(doubts([(ann, row(ann, "Revoke"))]).isEmpty)
        let bob = reviewed("bob")
        #expect(
            doubts([(bob, row(bob, "Exception"))]) == ["bob@acme.io was given an exception without a justification"])
    }

    @Test(arguments: [(10, 0, 1), (9, 0, 0), (10, 1, 0)])
    func `a sheet of nothing but approvals is pointed out`(rows: Int, revoked: Int, count: Int) {
        let accounts = (0..<rows).map { reviewed("u\($0)") }
        let found = doubts(
            accounts.enumerated().map { ($1, row($1, $0 < revoked ? "Revoke" : "Approve")) })
        #expect(found.count == count)
    }
}

@Suite struct GuardLimitsTests {
    @Test(arguments: [(29, 100, 0.29), (57, 100, 0.57), (7, 100, 0.07), (333, 1000, 0.333), (3, 12, 0.25)])
    func `a share is the limit, and not beyond it`(removals: Int, users: Int, share: Double) {
        #expect(LimitValue.share(share).count(of: users) == removals)
    }
}

@Suite struct ChangeRulesTests {
    @Test(
        arguments: [
            (Standing.active(business), Finding.tookEffect), (.active(developer), .noEffect),
            (
                .active(.admin),
                .contradicted(reason: "the type has changed to ADMIN in the meantime; requested: BUSINESS")
            ),
            (.absent, .contradicted(reason: "the account is no longer active")),
        ])
    func `the workspace shows what became of a role change`(standing: Standing, finding: Finding) {
        let row = UnansweredRow(operation: .changeRole(uid: "1", business), before: developer, standing: standing)
        #expect(OperationRules.find(row) == finding)
    }

    @Test(arguments: [WorkspaceChange.changeRole(uid: "1", business), .disable(uid: "1")])
    func `whoever is not active any more is not changed`(operation: WorkspaceChange) {
        let row = Candidate(
            operation: operation, email: "bob@acme.io", firstLine: nil, contradiction: nil, standing: .absent)
        let decided = OperationRules.decide(row)
        #expect(decided == .reject(.notActive, reason: "bob@acme.io is no longer an active user"))
    }

    @Test(arguments: [(Standing.absent, Finding.tookEffect), (.active(developer), .noEffect)])
    func `the workspace shows what became of a removal`(standing: Standing, finding: Finding) {
        let row = UnansweredRow(operation: .disable(uid: "1"), before: developer, standing: standing)
        #expect(OperationRules.find(row) == finding)
    }

    @Test(
        arguments: [
            (AccountType.admin, developer, true, false), (developer, .admin, false, true),
            (.admin, AccountType(rawValue: "WORKSPACE_ADMIN"), true, false),
            (AccountType(rawValue: "WORKSPACE_ADMIN"), .admin, false, true), (developer, business, false, false),
            (.admin, .admin, false, false), (AccountType(rawValue: "OWNER"), developer, true, false),
        ])
    func `what takes a privilege away, and what gives one`(
        before: AccountType, after: AccountType, isLoss: Bool, isGrant: Bool
    ) {
        #expect(PrivilegedTypes.standard.isLoss(from: before, to: after) == isLoss)
        #expect(PrivilegedTypes.standard.isGrant(from: before, to: after) == isGrant)
    }

    @Test func `a workspace without administrators may still be put in order`() {
        let users = (1...10).map { user("user\($0)", uid: "\($0)") }
        #expect(Guards.check(PlanEffect(on: users), GuardLimits()).isEmpty)
    }
}

@Suite struct ChangeRowCheckTests {
    private func problem(_ email: String, uid: String, of users: [ActiveUser]) -> (Ground, Int?)? {
        var check = ChangeRowCheck(.disable, accounts: AccountIndex(Roster(active: users, invited: [])))
        let row = check.check(
            line: 2, email: email, emailColumn: 1, uid: uid, uidColumn: 2, accountType: "", accountTypeColumn: nil)
        guard case .unusable(_, let problems) = row.content else { return nil }
        return problems.first.map { ($0.ground, $0.column) }
    }

    @Test func `an address of two users needs a uid`() {
        let twins = [user("ann", uid: "1"), user("ANN", uid: "2")]
        #expect(problem("ann@acme.io", uid: "", of: twins)?.0 == .severalUsers)
        #expect(problem("ann@acme.io", uid: "2", of: twins) == nil)
        #expect(problem("bob@acme.io", uid: "2", of: twins)?.0 == .twoPeople)
        #expect(problem("", uid: "3", of: twins)?.1 == 2)
        #expect(problem(" ", uid: " ", of: twins)?.0 == .nobodyNamed)
    }
}
