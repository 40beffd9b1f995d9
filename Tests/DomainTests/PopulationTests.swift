import Domain
import Foundation
import Testing

@Suite struct PopulationTests {
    @Test func `people come out as they went in, whatever their texts`() throws {
        let hostile = ["", "=1+1", "Zoë 🦊\n\u{0}", String(repeating: "x", count: 70_000)]
        let roster = Roster(
            active: hostile.enumerated().map { place, text in
                ActiveUser(
                    uid: "u\(place)" + text, email: text, name: text,
                    accountType: AccountType(rawValue: "T\(place % 2)"))
            },
            invited: hostile.map { InvitedUser(email: $0, accountType: .admin, status: InviteStatus(rawValue: $0)) })
        let population = try #require(Population(roster))
        #expect(population.roster == roster)
        #expect(population.users == 4 && population.invites == 4)
        #expect(population.accountTypes.map(\.rawValue) == ["T0", "T1", "ADMIN"])
    }

    @Test func `hundreds of account types are told apart`() throws {
        let users = (0..<500).map { number in
            ActiveUser(
                uid: "\(number)", email: "", name: "", accountType: AccountType(rawValue: "TYPE_\(number % 300)"))
        }
        let population = try #require(Population(Roster(active: users, invited: [])))
        #expect(population.accountTypes.count == 300)
        #expect(population.roster.active == users)
    }

    @Test(arguments: [
        "Bob@Acme.io", " Bob@Acme.io ", "svc account", "", "BOB@BÜCHER.example", "JOSE\u{301}@acme.io", "\u{200b}A@b.c",
        "İ@acme.io", "no\u{0}pe", "\u{1f98a}",
    ])
    func `a key is the same, spelled from a string or from bytes`(address: String) {
        var bytes: [UInt8] = []
        Array(address.utf8).withUnsafeBytes { EmailAddress.appendKey(of: $0, to: &bytes) }
        #expect(String(decoding: bytes, as: UTF8.self) == EmailAddress.key(of: address))
        // And the same as the checked address has, where it is one.
        if let checked = try? EmailAddress(address) { #expect(checked.key == EmailAddress.key(of: address)) }
    }
}
