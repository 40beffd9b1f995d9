import Domain
import Foundation
import Testing

@testable import Populations

/// Listings that are brought into blocks, without a database.
@Suite struct KeepingTests {
    private let blocks = MemoryBlocks()

    private func keep(_ users: [ActiveUser], as snapshot: Int64) throws {
        try #require(Population(Roster(active: users, invited: []))).keep(.user, as: snapshot, in: blocks)
    }

    private static func many(_ count: Int = 3000) -> [ActiveUser] {
        (0..<count).map { user("uid-\($0)-" + String(repeating: "x", count: 50)) }
    }

    @Test func `a state is eight numbers and five texts`() throws {
        try keep([user("u", "ADMIN", email: "a@b.c", name: "Zoë")], as: 300)
        try keep([], as: 301)
        let bytes = [1, 0xac, 2, 0xad, 2, 1, 5, 4, 5, 0] + Array("ua@b.cZoëADMIN".utf8)
        #expect(blocks.stored.map(\.block) == [Block(firstAccount: [], states: bytes)])
    }

    /// Accounts come, change, go and come twice; the same is kept as plain lists.
    @Test(arguments: [1, 2, 3] as [UInt64])
    func `each snapshot is shown as it was listed`(seed: UInt64) throws {
        var random = Seeded(state: seed)
        var listings: [[ActiveUser]] = []
        var present: [Int: ActiveUser] = [:]
        for snapshot in 1...6 {
            for number in 0..<2000 {
                switch Int.random(in: 0..<20, using: &random) {
                case 0: present[number] = nil
                case 1, 2:
                    present[number] = user("uid-\(number)", ["ADMIN", "NEW"].randomElement(using: &random) ?? "")
                case 3...9 where snapshot == 1: present[number] = user("uid-\(number)", name: "N \(number)")
                default: break
                }
            }
            let twice = present.values.filter { _ in Int.random(in: 0..<50, using: &random) == 0 }
            listings.append((Array(present.values) + twice).shuffled(using: &random))
            try keep(listings[snapshot - 1], as: Int64(snapshot))
        }
        let states = try blocks.states()
        for (place, listing) in listings.enumerated() {
            let shown = states.filter { $0.isShown(at: Int64(place + 1)) }
            #expect(shown.map(\.email).sorted() == listing.map(\.email).sorted())
            let types = Dictionary(grouping: listing, by: \.email).mapValues { Set($0.map(\.accountType.rawValue)) }
            #expect(shown.allSatisfy { types[$0.email]?.contains($0.accountType) == true })
        }
    }

    @Test func `a block in which nothing has changed is not written again`() throws {
        var users = Self.many()
        try keep(users, as: 1)
        let before = blocks.stored.map(\.id)
        #expect(before.count > 3)
        try keep(users.shuffled(), as: 2)
        #expect(blocks.stored.map(\.id) == before)
        users[77].accountType = .admin
        try keep(users, as: 3)
        #expect(Set(before).subtracting(blocks.stored.map(\.id)).count == 1)
    }

    @Test func `blocks cover every account there can be, and no account is in two`() throws {
        var users = Self.many()
        try keep(Array(users.dropFirst(1000)), as: 1)
        // Many states of few accounts, which are there twice, and accounts before the first and behind the last.
        for snapshot in 2...40 {
            for place in 1500..<1600 { users[place].name = "\(snapshot)" }
            try keep(users + users[1500..<1600] + [user(""), user("~")], as: Int64(snapshot))
        }
        var accounts: Set<[UInt8]> = []
        var last: [UInt8]?
        #expect(blocks.heads().first?.firstAccount == [])
        for (_, block) in blocks.stored {
            let here = try Set(MemoryBlocks([block]).states().map(\.account))
            #expect(accounts.isDisjoint(with: here))
            #expect(here.allSatisfy { !$0.lexicographicallyPrecedes(block.firstAccount) })
            if let last, let first = here.min(by: { $0.lexicographicallyPrecedes($1) }) {
                #expect(last.lexicographicallyPrecedes(first))
            }
            accounts.formUnion(here)
            last = here.max { $0.lexicographicallyPrecedes($1) }
        }
        #expect(accounts.count == 3002)
    }

    @Test func `states that come one by one make the blocks that a listing makes`() throws {
        try keep(Self.many(), as: 7)
        var builder = StateBlocksBuilder()
        for state in try blocks.states() { try builder.add(state) }
        #expect(builder.finish() == blocks.stored.map(\.block))
    }

    @Test func `histories of one workspace under two names become the one that it would have had`() throws {
        let parts = [MemoryBlocks(), MemoryBlocks()]
        for snapshot in 1...6 {
            let users = (0..<20).filter { ($0 + snapshot) % 4 != 0 }.map {
                user("uid-\($0)", $0 % snapshot == 0 ? "ADMIN" : "ANALYST")
            }
            let population = try #require(Population(Roster(active: users + users.prefix(1), invited: [])))
            for store in [parts[snapshot % 2], blocks] { try population.keep(.user, as: Int64(snapshot), in: store) }
        }
        let joined = try JoinedHistory.blocks(of: [
            .init(snapshots: [2, 4, 6], blocks: parts[0]), .init(snapshots: [1, 3, 5], blocks: parts[1]),
        ])
        #expect(try MemoryBlocks(joined).states() == blocks.states())
    }
}
