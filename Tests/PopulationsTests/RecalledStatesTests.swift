import Domain
import Foundation
import Testing

@testable import Populations

/// A review that is put together again from its response and its history.
@Suite struct RecalledStatesTests {
    private var stores = [AccountKind.user: MemoryBlocks(), .invite: MemoryBlocks()]
    private var populations: [Population] = []

    /// Six listings in which accounts come, change, go, come again, and come twice.
    init() throws {
        var random = Seeded(state: 7)
        for snapshot in 1...6 {
            var users: [ActiveUser] = []
            var invites: [InvitedUser] = []
            for number in 0..<300 where number % 3 == 0 || Int.random(in: 0..<4, using: &random) > 0 {
                let type = Int.random(in: 0..<9, using: &random) == 0 ? "ADMIN" : "ANALYST"
                users.append(user("uid-\(number)", type, name: "N \(number % 250)"))
                if number % 50 == 0 { users.append(user("uid-\(number)", "DEVELOPER")) }
                guard number % 2 == 0 else { continue }
                let status = Int.random(in: 0..<3, using: &random) == 0 ? "EXPIRED" : "SENT"
                invites.append(
                    InvitedUser(
                        email: "I\(number)@acme.io", accountType: .admin, status: InviteStatus(rawValue: status)))
            }
            let population = try #require(
                Population(Roster(active: users.shuffled(using: &random), invited: invites)))
            populations.append(population)
            for (kind, store) in stores { try population.keep(kind, as: Int64(snapshot), in: store) }
        }
    }

    private func review(
        at number: Int, since previous: Int64?, in blocks: (AccountKind) -> any BlockStore
    ) throws -> RosterReview {
        try RosterReview(
            of: Snapshot(Int64(number), populations[number - 1]),
            since: previous.map {
                ReviewRecord(
                    id: "one", workspace: "w", snapshot: $0, takenAt: Date(timeIntervalSince1970: Double($0)),
                    folder: "", manifestSHA256: "")
            }, reviews: [1, 2, 4].filter { $0 < number },
            times: Dictionary(uniqueKeysWithValues: (1...6).map { ($0, Date(timeIntervalSince1970: Double($0))) }),
            privileged: .standard, in: blocks)
    }

    private func pasts(_ review: RosterReview, _ kind: AccountKind) -> [AccountPast] {
        var pasts: [AccountPast] = []
        review.pasts(kind) { past, _ in pasts.append(past) }
        return pasts
    }

    /// What a report reads.
    private struct Content: Equatable {
        var accounts: [ReviewedAccount] = []
        var changes: [RosterChange] = []
        var counts: [AccountChange: Int]
        var pasts: [AccountPast]
    }

    private func content(_ review: RosterReview) -> Content {
        var content = Content(counts: review.changeCounts(), pasts: pasts(review, .user) + pasts(review, .invite))
        for kind in AccountKind.allCases { review.accounts(kind) { content.accounts.append($0) } }
        review.changes { content.changes.append($0) }
        return content
    }

    @Test(arguments: [6, 5, 3], [nil, 2] as [Int64?])
    func `it has the same accounts, history and changes`(number: Int, previous: Int64?) throws {
        let original = try review(at: number, since: previous) { kind in stores[kind] ?? MemoryBlocks() }
        var recalled: [AccountKind: RecalledStates] = [:]
        for kind in AccountKind.allCases {
            // What all accounts have in common is left out.
            let kept = pasts(original, kind).filter { $0.since != 2 || !$0.before.isEmpty }
            recalled[kind] = try RecalledStates(
                populations[number - 1], kind, snapshot: Int64(number), since: 2, pasts: kept)
        }
        let copy = try review(at: number, since: previous) { kind -> any BlockStore in
            guard let states = recalled[kind] else { return MemoryBlocks() }
            return states
        }
        #expect(content(copy) == content(original))
    }

    @Test(arguments: [
        AccountPast(account: "uid-0", occurrence: 1, since: 0, before: []),
        AccountPast(account: "uid-0", occurrence: 1, since: 9, before: []),
        AccountPast(account: "uid-0", occurrence: 9, since: 2, before: []),
        AccountPast(account: "nobody", occurrence: 1, since: 3, before: []),
        AccountPast(
            account: "uid-0", occurrence: 1, since: 3,
            before: [.init(first: 2, gone: 4, email: "", name: "", accountType: "", status: "")]),
        AccountPast(
            account: "nobody", occurrence: 1, since: 0,
            before: [.init(first: 2, gone: 0, email: "", name: "", accountType: "", status: "")]),
    ])
    func `a past that no ledger can have is refused`(past: AccountPast) {
        #expect(throws: DamagedBlock.self) {
            try RecalledStates(populations[5], .user, snapshot: 6, since: 1, pasts: [past])
        }
    }
}
