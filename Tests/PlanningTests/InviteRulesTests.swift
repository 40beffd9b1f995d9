import Domain
import Planning
import Testing

private let developer = AccountType(rawValue: "DEVELOPER")
private let sent = InviteStatus(rawValue: "SENT")
private let expired = InviteStatus(rawValue: "EXPIRED")

private func candidate(
    firstLine: Int? = nil, contradiction: Candidate.Contradiction? = nil, standing: Standing = .absent
) throws -> Candidate {
    Candidate(
        email: try EmailAddress("bob@acme.io"), accountType: developer, firstLine: firstLine,
        contradiction: contradiction, standing: standing)
}

@Suite struct InviteRulesTests {
    @Test(
        arguments: [
            (Standing.absent, Decision.send(again: false)),
            (.invited(developer, expired), .send(again: true)),
            (.invited(.admin, InviteStatus(rawValue: "expired")), .send(again: true)),
            (.invited(developer, sent), .skip(.alreadyInvited, reason: "already invited as DEVELOPER")),
            (
                .invited(developer, InviteStatus(rawValue: "BOUNCED")),
                .skip(.alreadyInvited, reason: "already invited as DEVELOPER")
            ),
            (.active(developer), .skip(.alreadyActive, reason: "already active as DEVELOPER")),
            (.active(.admin), .skip(.alreadyActive, reason: "already active as ADMIN; the file asks for DEVELOPER")),
        ])
    func `how the address stands decides`(standing: Standing, decision: Decision) throws {
        #expect(InviteRules.decide(try candidate(standing: standing)) == decision)
    }

    @Test func `the same row a second time is sent once`() throws {
        let decision = InviteRules.decide(try candidate(firstLine: 3))
        #expect(decision == .skip(.duplicate, reason: "the same as line 3"))
    }

    @Test func `rows that contradict each other are rejected, whatever the workspace says`() throws {
        let row = try candidate(
            firstLine: 3, contradiction: .init(line: 3, accountType: .admin), standing: .active(developer))
        guard case .reject(.contradiction, let reason) = InviteRules.decide(row) else {
            Issue.record("not rejected")
            return
        }
        #expect(reason == "bob@acme.io is asked for as DEVELOPER here and as ADMIN in line 3; neither is sent")
    }

    @Test(
        arguments: [
            (Standing.absent, Finding.noEffect),
            (.invited(developer, expired), .noEffect),
            (.invited(developer, sent), .tookEffect),
            (.active(developer), .tookEffect),
            (
                .invited(.admin, sent),
                .contradicted(reason: "the workspace has this address as ADMIN, and DEVELOPER was asked for")
            ),
        ])
    func `the workspace shows what became of an unanswered invite`(standing: Standing, finding: Finding) throws {
        let row = UnansweredRow(operation: .invite(try EmailAddress("bob@acme.io"), developer), standing: standing)
        #expect(InviteRules.find(row) == finding)
    }
}

@Suite struct InviteRowCheckTests {
    private func check(_ email: String, _ type: String, fallback: AccountType? = nil, seen: Set<AccountType> = [])
        -> StagedRow.Content
    {
        var check = InviteRowCheck(fallback: fallback, seen: seen)
        return check.check(line: 2, email: email, emailColumn: 1, accountType: type, accountTypeColumn: 2).content
    }

    @Test(arguments: ["DEVELOPER", "developer", " Developer "])
    func `a type is matched without regard to case and reported as the API spells it`(text: String) throws {
        #expect(check("bob@acme.io", text) == .operation(.invite(try EmailAddress("bob@acme.io"), developer)))
    }

    @Test func `a row without a type takes the fallback`() throws {
        let content = check("bob@acme.io", " ", fallback: developer)
        #expect(content == .operation(.invite(try EmailAddress("bob@acme.io"), developer)))
    }

    @Test func `a type that only this workspace has may be asked for`() throws {
        let owner = AccountType(rawValue: "OWNER")
        #expect(
            check("bob@acme.io", "owner", seen: [owner]) == .operation(.invite(try EmailAddress("bob@acme.io"), owner)))
    }

    @Test(
        arguments: [
            ("DEVELOPR", "\"DEVELOPR\" is not an account type; did you mean DEVELOPER?"),
            (
                "boss",
                "\"boss\" is not an account type; use one of ADMIN, ANALYST, BILLING_ADMIN, BUSINESS, DEVELOPER, "
                    + "SANDBOX_USER, SECURITY_ADMIN, WORKSPACE_ADMIN, WORKSPACE_SETTINGS_ADMIN"
            ),
            ("", "the account type is missing; fill it in, or give --account-type for rows without one"),
        ])
    func `a type that is none says what was meant or would do`(text: String, message: String) {
        guard case .unusable(_, _, let problems) = check("bob@acme.io", text) else {
            Issue.record("taken")
            return
        }
        #expect(problems.map(\.message) == [message])
        #expect(problems.first?.column == 2)
    }

    @Test func `all problems of a row are found, not the first only`() {
        var check = InviteRowCheck(fallback: nil)
        let row = check.check(
            line: 9, email: "bob@", emailColumn: 1, accountType: "boss", accountTypeColumn: 2,
            malformation: (column: 3, message: "has 5 fields, the header has 3"))
        guard case .unusable(_, _, let problems) = row.content else {
            Issue.record("taken")
            return
        }
        #expect(problems.map(\.ground) == [.malformedRow, .invalidEmail, .unknownAccountType])
        #expect(problems.map(\.column) == [3, 1, 2])
    }
}
