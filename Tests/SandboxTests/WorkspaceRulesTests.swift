import Domain
import Testing

@testable import Sandbox

/// What becomes of the people, as seen through the API.
@Suite struct WorkspaceRulesTests {
    private static let nobody = String(repeating: "0", count: 64)

    private func invite(_ email: String, _ type: String = "ANALYST", at desk: Desk) -> Answer {
        desk.ask("mutation { inviteUser(email: \(Desk.quoted(email)), accountType: \(type)) { ok } }")
    }

    private func change(_ uid: String, to type: String, at desk: Desk) -> String {
        desk.ask("mutation { updateUserAccountType(uid: \"\(uid)\", accountType: \(type)) { ok } }").text
    }

    private func disable(_ uid: String, at desk: Desk) -> String {
        desk.ask("mutation { disableUser(uid: \"\(uid)\") { ok } }").text
    }

    @Test func `somebody new is invited, as written, and then waits`() throws {
        let desk = try Desk()
        #expect(invite("New.Person@Acme.io", at: desk).text == #"{"data":{"inviteUser":{"ok":true}}}"#)
        let invited = try #require(desk.state.roster.invited.last)
        #expect(invited.email == "New.Person@Acme.io")
        #expect(invited.accountType.rawValue == "ANALYST")
        #expect(invited.status.rawValue == "SENT")
        #expect(desk.state.roster.invited.count == 3)
        #expect(Answer(desk.endpoint.get("/__sandbox/invites")).text == #"{"new.person@acme.io": 1}"#)
        #expect(invite("new.person@ACME.IO", at: desk).messages == ["User has already been invited"])
    }

    @Test(
        arguments: [
            ("grace@acme.io", "User already exists in this workspace"),
            ("GRACE@acme.io", "User already exists in this workspace"),
            ("pending@acme.io", "User has already been invited"), ("", "Invalid email address"),
            ("grace", "Invalid email address"), ("@acme.io", "Invalid email address"),
            ("grace@", "Invalid email address"), ("a@b@acme.io", "Invalid email address"),
        ])
    func `nobody is invited twice, and no address that is none`(email: String, message: String) throws {
        let desk = try Desk()
        let before = Snapshot(desk.state)
        let answer = invite(email, at: desk)
        #expect(answer.status == 200)
        #expect(answer.messages == [message])
        #expect(Snapshot(desk.state) == before)
    }

    @Test func `an invite that has expired is sent again, with the new type`() throws {
        let desk = try Desk()
        #expect(invite("expired@acme.io", "ADMIN", at: desk).status == 200)
        #expect(desk.state.roster.invited.map(\.email) == ["pending@acme.io", "expired@acme.io"])
        #expect(desk.state.roster.invited.map(\.status.rawValue) == ["SENT", "SENT"])
        #expect(desk.state.roster.invited.last?.accountType == .admin)
        #expect(desk.state.invites == ["expired@acme.io": 1])
    }

    @Test func `the audit log has what took effect, newest first`() throws {
        let desk = try Desk()
        let uid = try #require(desk.state.roster.active.first?.uid)
        let history = desk.ask("{ getAuditLogs { auditLogs { id } } }").text.matches(of: #/"id":(\d+)/#)
        _ = invite("new@acme.io", at: desk)
        _ = invite("new@acme.io", at: desk)
        _ = change(uid, to: "BUSINESS", at: desk)
        _ = disable(uid, at: desk)
        let answer = desk.ask("{ getAuditLogs { auditLogs { id workspaceName actorEmail eventType metadataJson } } }")
        let log =
            #"{"data":{"getAuditLogs":{"auditLogs":["#
            + #"{"id":3,"workspaceName":"Acme Analytics","actorEmail":null,"eventType":"USER_DISABLED","metadataJson":"{\"uid\": \"UID\"}"},"#
            + #"{"id":2,"workspaceName":"Acme Analytics","actorEmail":null,"eventType":"USER_ACCOUNT_TYPE_UPDATED","metadataJson":"{\"accountType\": \"BUSINESS\", \"uid\": \"UID\"}"},"#
            + #"{"id":1,"workspaceName":"Acme Analytics","actorEmail":null,"eventType":"USER_INVITED","metadataJson":"{\"accountType\": \"ANALYST\", \"email\": \"new@acme.io\"}"}"#
            + "]}}}"
        let first = history.count
        let renamed = log.replacing("UID", with: uid).replacing(#/"id":(\d)/#) {
            "\"id\":\(first + (Int($0.output.1) ?? 0))"
        }
        #expect(answer.text.hasPrefix(renamed.dropLast("]}}}".count) + ","), "\(answer.text)")
        #expect(answer.text.contains("former.employee@example.com"))
    }

    @Test func `a type is changed, and changed again`() throws {
        let desk = try Desk()
        let grace = desk.state.roster.active[1]
        for type in ["ADMIN", "ADMIN", "SANDBOX_USER"] {
            #expect(change(grace.uid, to: type, at: desk) == #"{"data":{"updateUserAccountType":{"ok":true}}}"#)
            #expect(desk.state.roster.active.map(\.accountType.rawValue) == ["ADMIN", type])
        }
    }

    @Test func `somebody who is disabled is gone, and may be invited`() throws {
        let desk = try Desk(users: 4)
        let people = desk.state.roster.active
        #expect(disable(people[1].uid, at: desk) == #"{"data":{"disableUser":{"ok":true}}}"#)
        #expect(desk.state.roster.active == [people[0], people[2], people[3]])
        #expect(change(people[1].uid, to: "ADMIN", at: desk) == #"{"data":{"updateUserAccountType":{"ok":false}}}"#)
        // The gap that one leaves does not move the others.
        #expect(disable(people[3].uid, at: desk) == #"{"data":{"disableUser":{"ok":true}}}"#)
        #expect(desk.state.roster.active == [people[0], people[2]])
        #expect(invite("grace@acme.io", at: desk).text == #"{"data":{"inviteUser":{"ok":true}}}"#)
        #expect(disable(people[1].uid, at: desk) == #"{"data":{"disableUser":{"ok":false}}}"#)
    }

    @Test(arguments: [nobody, "", "grace@acme.io"])
    func `a uid that nobody has changes nothing`(uid: String) throws {
        let desk = try Desk()
        let before = Snapshot(desk.state)
        #expect(change(uid, to: "ADMIN", at: desk) == #"{"data":{"updateUserAccountType":{"ok":false}}}"#)
        #expect(disable(uid, at: desk) == #"{"data":{"disableUser":{"ok":false}}}"#)
        #expect(Snapshot(desk.state) == before)
    }

    /// docs/api.md knows of no protection by the API, so the sandbox has none: whoever asks has to take care.
    @Test func `the last administrator is not protected`() throws {
        let desk = try Desk()
        let ada = desk.state.roster.active[0]
        #expect(change(ada.uid, to: "ANALYST", at: desk).contains("true"))
        #expect(disable(ada.uid, at: desk).contains("true"))
        #expect(desk.state.roster.active.map(\.email) == ["grace@acme.io"])
    }

    @Test func `invites from many sides take effect once an address`() async throws {
        let desk = try Desk()
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<400 { group.addTask { _ = invite("p\(number % 100)@acme.io", at: desk) } }
        }
        #expect(desk.state.roster.invited.count == 102)
        #expect(Set(desk.state.invites.values) == [1])
    }
}
