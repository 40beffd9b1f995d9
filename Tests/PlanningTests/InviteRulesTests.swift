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
        operation: .invite(try EmailAddress("bob@acme.io"), developer), email: "bob@acme.io", firstLine: firstLine,
        contradiction: contradiction, standing: standing)
}

@Suite struct EarlierRunTests {
    @Test(arguments: [
        (Standing.absent, true),
        (.invited(AccountType(rawValue: "DEVELOPER"), InviteStatus(rawValue: "EXPIRED")), true),
        (.active(.admin), false),
    ])
    func `what another run invited just now is not invited again, though the listing does not show it`(
        standing: Standing, isByRun: Bool
    ) throws {
        let operation = WorkspaceChange.invite(try EmailAddress("bob@acme.io"), AccountType(rawValue: "DEVELOPER"))
        let row = Candidate(
            operation: operation, email: "bob@acme.io", firstLine: nil, contradiction: nil, standing: standing,
            earlier: EarlierRow(run: 3, succeeded: true))
        guard case .skip(_, let reason) = OperationRules.decide(row) else {
            Issue.record("it is sent")
            return
        }
        #expect(reason.contains("invited by run 3") == isByRun)
        let open = Candidate(
            operation: operation, email: "bob@acme.io", firstLine: nil, contradiction: nil, standing: standing,
            earlier: EarlierRow(run: 3, succeeded: false))
        guard case .reject(.unanswered, _) = OperationRules.decideAgain(open) else {
            Issue.record("it is not rejected")
            return
        }
    }
}

@Suite struct InviteRulesTests {
    @Test(
        arguments: [
            (Standing.absent, Disposition.send(again: false)),
            (.invited(developer, expired), .send(again: true)),
            (.invited(.admin, InviteStatus(rawValue: "expired")), .send(again: true)),
            (.invited(developer, sent), .skip(.alreadyInvited, reason: "already invited as DEVELOPER")),
            (
                .invited(developer, InviteStatus(rawValue: "BOUNCED")),
                .skip(.alreadyInvited, reason: "already invited as DEVELOPER")
            ),
            (.active(developer), .skip(.alreadyActive, reason: "already active as DEVELOPER")),
            (.active(.admin), .skip(.alreadyActive, reason: "already active as ADMIN; requested: DEVELOPER")),
        ])
    func `how the address stands decides`(standing: Standing, decision: Disposition) throws {
        #expect(OperationRules.decide(try candidate(standing: standing)) == decision)
    }

    @Test func `the same row a second time is sent once`() throws {
        let decision = OperationRules.decide(try candidate(firstLine: 3))
        #expect(decision == .skip(.duplicate, reason: "duplicate of line 3"))
    }

    @Test func `rows that contradict each other are rejected, whatever the workspace says`() throws {
        let row = try candidate(
            firstLine: 3, contradiction: .init(line: 3, accountType: .admin), standing: .active(developer))
        guard case .reject(.contradiction, let reason) = OperationRules.decide(row) else {
            Issue.record("not rejected")
            return
        }
        #expect(reason == "bob@acme.io is DEVELOPER here but ADMIN in line 3; neither row is sent")
    }

    @Test(
        arguments: [
            (Standing.absent, false, Finding.noEffect),
            (.absent, true, .noEffect),
            // There was none before, so it went out, and its time has run out since.
            (.invited(developer, expired), false, .tookEffect),
            (
                .invited(developer, expired), true,
                .undecided(reason: "the invitation was expired before it was re-sent, and still is")
            ),
            (.invited(developer, sent), false, .tookEffect),
            (.invited(developer, sent), true, .tookEffect),
            (.active(developer), false, .tookEffect),
            (
                .invited(.admin, sent), false,
                .undecided(reason: "the workspace has this address as ADMIN; requested: DEVELOPER")
            ),
        ])
    func `the workspace shows what became of an unanswered invite`(
        standing: Standing, again: Bool, finding: Finding
    ) throws {
        let invite = WorkspaceChange.invite(try EmailAddress("bob@acme.io"), developer)
        #expect(OperationRules.find(UnansweredRow(operation: invite, again: again, standing: standing)) == finding)
    }

    @Test(
        arguments: [
            (Outcome.Kind.succeeded, nil, Standing.invited(developer, sent), Verification.confirmed),
            (.succeeded, nil, .active(developer), .confirmed),
            (.succeeded, nil, .absent, .contradicted),
            (.succeeded, nil, .active(.admin), .contradicted),
            (.failed, nil, .absent, .confirmed),
            (.failed, nil, .active(.admin), .confirmed),
            (.failed, nil, .invited(developer, sent), .contradicted),
            (.skipped, .alreadyActive, .active(.admin), .confirmed),
            (.skipped, .alreadyInvited, .absent, .contradicted),
            (.skipped, .duplicate, .absent, nil),
            (.rejected, .invalidEmail, .absent, nil),
            (.notSent, nil, .absent, nil),
            (.unknown, nil, .absent, nil),
        ] as [(Outcome.Kind, Ground?, Standing, Verification?)])
    func `a listing after the run confirms an outcome or contradicts it`(
        kind: Outcome.Kind, ground: Ground?, standing: Standing, verdict: Verification?
    ) throws {
        let row = UnansweredRow(operation: .invite(try EmailAddress("bob@acme.io"), developer), standing: standing)
        #expect(OperationRules.verify(row, endedAs: kind, on: ground) == verdict)
    }
}

@Suite struct InviteRowCheckTests {
    private func check(_ email: String, _ type: String, fallback: AccountType? = nil, seen: Set<AccountType> = [])
        -> DraftRow.Content
    {
        var check = InviteRowCheck(fallback: fallback, words: TypeWords(seen: seen))
        return check.check(line: 2, email: email, emailColumn: 1, accountType: type, accountTypeColumn: 2).content
    }

    @Test(arguments: ["DEVELOPER", "developer", " Developer "])
    func `a type is matched without regard to case and reported as the API spells it`(text: String) throws {
        #expect(check("bob@acme.io", text) == .invite(try EmailAddress("bob@acme.io"), developer))
    }

    @Test func `a row without a type takes the fallback`() throws {
        let content = check("bob@acme.io", " ", fallback: developer)
        #expect(content == .invite(try EmailAddress("bob@acme.io"), developer))
    }

    @Test func `a type that only this workspace has may be asked for`() throws {
        let owner = AccountType(rawValue: "OWNER")
        #expect(
            check("bob@acme.io", "owner", seen: [owner]) == .invite(try EmailAddress("bob@acme.io"), owner))
    }

    @Test(
        arguments: [
            ("DEVELOPR", "\"DEVELOPR\" is not an account type; did you mean DEVELOPER?"),
            (
                "boss",
                "\"boss\" is not an account type; use one of ADMIN, ANALYST, BILLING_ADMIN, BUSINESS, DEVELOPER, "
                    + "SANDBOX_USER, SECURITY_ADMIN, WORKSPACE_ADMIN, WORKSPACE_SETTINGS_ADMIN"
            ),
            ("", "the account type is missing; fill it in, or set --account-type for rows without one"),
        ])
    func `a type that is none says what was meant or would do`(text: String, message: String) {
        guard case .unusable(_, let problems) = check("bob@acme.io", text) else {
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
        guard case .unusable(_, let problems) = row.content else {
            Issue.record("taken")
            return
        }
        #expect(problems.map(\.ground) == [.malformedRow, .invalidEmail, .unknownAccountType])
        #expect(problems.map(\.column) == [3, 1, 2])
    }
}
