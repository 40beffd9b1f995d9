import Domain
import Foundation
import Testing

@testable import Sandbox

@Suite struct WorkspaceSeedTests {
    @Test func `the same numbers make the same workspace, other numbers another one`() {
        let seed = WorkspaceSeed(users: 200, seed: 7)
        #expect(seed.roster() == WorkspaceSeed(users: 200, seed: 7).roster())
        #expect(seed.roster() != WorkspaceSeed(users: 200, seed: 8).roster())
    }

    /// Written down once: a generator that changes would change every recorded run.
    @Test func `the first uid is the same on every machine`() {
        let uid = "910a2dec89025cc1beeb8da1658eec67f893a2eefb32555e71c18690ee42c90b"
        #expect(WorkspaceSeed().roster().active.first?.uid == uid)
    }

    @Test(arguments: [(1, 2, 2), (2, 2, 2), (3, 3, 2), (25, 25, 5), (1_000, 1_000, 200)])
    func `as many people as asked for, and a fifth as many invited`(users: Int, active: Int, invited: Int) {
        let roster = WorkspaceSeed(users: users).roster()
        #expect(roster.active.count == active)
        #expect(roster.invited.count == invited)
        #expect(roster.active.prefix(2).map(\.email) == ["ada.admin@acme.io", "grace@acme.io"])
        #expect(roster.invited.prefix(2).map(\.email) == ["pending@acme.io", "expired@acme.io"])
        #expect(roster.invited.prefix(2).map(\.status.rawValue) == ["SENT", "EXPIRED"])
    }

    /// The other accounts are those of a workspace without them: the list of people in the samples knows them.
    @Test func `from 25 users on, two accounts are in no list of people`() {
        let (small, large) = (WorkspaceSeed(users: 24).roster().active, WorkspaceSeed(users: 25).roster().active)
        let others = large.filter { !small.contains($0) }
        #expect(others.map(\.email) == ["ci-deploy@acme.io", "priya.nair@acme.io", "chen.okafor.24@acme.io"])
        #expect(others.prefix(2).map(\.accountType.rawValue) == ["DEVELOPER", "SECURITY_ADMIN"])
    }

    @Test func `a workspace of nobody is empty`() {
        #expect(WorkspaceSeed(users: 0).roster() == Roster(active: [], invited: []))
    }

    @Test func `everybody is one person with a known type and a uid like the API's`() {
        let roster = WorkspaceSeed(users: 2_000, domain: "example.org").roster()
        let emails = roster.active.map(\.email) + roster.invited.map(\.email)
        #expect(Set(emails.map(EmailAddress.key(of:))).count == 2_400)
        #expect(emails.allSatisfy { (try? EmailAddress($0))?.domain == "example.org" })
        #expect(Set(roster.active.map(\.uid)).count == 2_000)
        #expect(roster.active.allSatisfy { $0.uid.wholeMatch(of: /[0-9a-f]{64}/) != nil })
        let types = roster.active.map(\.accountType) + roster.invited.map(\.accountType)
        #expect(Set(types) == Set(AccountType.known))
    }

    @Test func `a hundred thousand people are listed, and one of them is found again`() throws {
        struct Listing: Decodable {
            struct Data: Decodable { var listUsers: Users }
            struct Users: Decodable {
                var ok: Bool
                var activeUsers: [[String: String]]
                var invitedUsers: [[String: String]]
            }
            var data: Data
        }
        let desk = try Desk(users: 100_000)
        let last = try #require(desk.state.roster.active.last)
        let change = "mutation { updateUserAccountType(uid: \"\(last.uid)\", accountType: ANALYST) { ok } }"
        #expect(desk.ask(change).text == #"{"data":{"updateUserAccountType":{"ok":true}}}"#)
        let answer = desk.ask(
            "{ listUsers { ok activeUsers { uid email name accountType } invitedUsers { email inviteStatus } } }")
        let users = try JSONDecoder().decode(Listing.self, from: Data(answer.reply.body)).data.listUsers
        #expect(users.activeUsers.count == 100_000)
        #expect(users.invitedUsers.count == 20_000)
        #expect(
            users.activeUsers.last
                == ["uid": last.uid, "email": last.email, "name": last.name, "accountType": "ANALYST"])
        #expect(Set(users.activeUsers.compactMap { $0["uid"] }).count == 100_000)
    }
}
