import Domain
import Foundation
import Populations
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
}
