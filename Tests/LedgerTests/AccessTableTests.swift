import Domain
import Foundation
import Testing

@testable import Ledger

/// People in several workspaces, told by their addresses.
@Suite struct AccessTableTests {
    /// A workspace's accounts, without a history.
    private struct Source: ReviewSource {
        var accounts: [ReviewedAccount]
        let snapshot = Snapshot(
            workspace: "w", startedAt: Date(timeIntervalSince1970: 0), takenAt: Date(timeIntervalSince1970: 0),
            active: 0, invited: 0, rawSHA256: "")
        let previous: ReviewRecord? = nil
        func counts(of kind: AccountKind) -> [(type: AccountType, count: Int)] { [] }
        func statuses() -> [(status: InviteStatus, count: Int)] { [] }
        func changeCounts() -> [AccountChange: Int] { [:] }
        func changes(_ body: (RosterChange) throws -> Void) {}
        func accounts(_ kind: AccountKind, _ body: (ReviewedAccount) throws -> Void) rethrows {
            for account in accounts where account.kind == kind { try body(account) }
        }
    }

    private func user(_ email: String, _ type: String, name: String = "", uid: String = "") -> ReviewedAccount {
        ReviewedAccount(
            kind: .user, uid: uid, email: email, name: name, accountType: AccountType(rawValue: type), status: nil,
            firstSeen: Date(timeIntervalSince1970: 0))
    }

    private func invite(_ email: String, _ status: String) -> ReviewedAccount {
        ReviewedAccount(
            kind: .invite, uid: "", email: email, name: "", accountType: developer,
            status: InviteStatus(rawValue: status), firstSeen: Date(timeIntervalSince1970: 0))
    }

    private func people(_ workspaces: [[ReviewedAccount]]) throws -> [PersonAccess] {
        let table = try AccessTable(privileged: .standard)
        for (place, accounts) in workspaces.enumerated() { try table.add(Source(accounts: accounts), workspace: place) }
        var people: [PersonAccess] = []
        try table.people { people.append($0) }
        return people
    }

    @Test func `one address is one person, however it is spelled`() throws {
        let people = try people([
            [user("Ann@Acme.io", "DEVELOPER")], [user("ann@acme.io", "ADMIN", name: "Ann")],
        ])
        #expect(people.map(\.email) == ["Ann@Acme.io"])
        #expect(people[0].name == "Ann")
        #expect(people[0].accounts.map { "\($0.workspace) \($0.accountType)" } == ["0 DEVELOPER", "1 ADMIN"])
        #expect(people[0].workspaces == 2 && people[0].privileged == 1 && people[0].invites == 0)
    }

    @Test func `who is privileged in most workspaces comes first, then by address`() throws {
        let people = try people([
            [user("z@acme.io", "ADMIN"), user("b@acme.io", "DEVELOPER"), user("c@acme.io", "ADMIN")],
            [user("z@acme.io", "ADMIN"), user("a@acme.io", "DEVELOPER")],
        ])
        #expect(people.map(\.email) == ["z@acme.io", "c@acme.io", "a@acme.io", "b@acme.io"])
    }

    @Test func `an invite gives nobody access, and a privileged one makes nobody privileged`() throws {
        var offer = invite("a@acme.io", "SENT")
        offer.accountType = .admin
        let people = try people([[offer], [invite("a@acme.io", "EXPIRED"), user("a@acme.io", "DEVELOPER")]])
        #expect(people.count == 1)
        #expect(people[0].workspaces == 1 && people[0].privileged == 0 && people[0].invites == 2)
        #expect(people[0].accounts.map(\.kind) == [.invite, .user, .invite])
    }

    @Test func `accounts without an address are not taken for one person`() throws {
        #expect(try people([[user("", "ADMIN", uid: "1"), user("", "ADMIN", uid: "2")]]).count == 2)
    }

    @Test func `the same account twice stays two accounts of one person`() throws {
        let people = try people([[user("a@acme.io", "ADMIN"), user("a@acme.io", "DEVELOPER")]])
        #expect(people.count == 1 && people[0].accounts.count == 2 && people[0].workspaces == 1)
    }

    @Test func `what the reader throws comes through as it is`() throws {
        struct Full: Error {}
        let table = try AccessTable(privileged: .standard)
        try table.add(Source(accounts: [user("a@acme.io", "ADMIN")]), workspace: 0)
        #expect(throws: Full.self) { try table.people { _ in throw Full() } }
    }
}
