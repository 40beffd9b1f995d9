import Domain
import Foundation
import GRDB
import Testing

@testable import Ledger
@testable import Populations

/// A generator whose numbers are the same in each run.
private struct Seeded: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ (state >> 29)
    }
}

@Suite struct StateBlockTests {
    private static func user(_ number: Int, type: String) -> ActiveUser {
        ActiveUser(
            uid: "uid-\(number)-" + String(repeating: "x", count: 50), email: "User\(number)@acme.io",
            name: "N \(number)",
            accountType: AccountType(rawValue: type))
    }

    private func take(_ roster: Roster, _ number: Double, in ledger: Ledger) throws -> Snapshot {
        let time = Date(timeIntervalSince1970: number)
        return try ledger.record(
            #require(Population(roster)),
            as: Snapshot(workspace: "w", startedAt: time, takenAt: time, active: 0, invited: 0, rawSHA256: ""))
    }

    private func blocks(in ledger: Ledger) throws -> [(id: Int64, count: Int)] {
        try ledger.read { db in
            try Row.fetchAll(db, sql: "SELECT id, length(states) AS n FROM stateBlocks ORDER BY id").map {
                ($0["id"], $0["n"])
            }
        }
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `thousands of accounts that come, change and go are as a list of every snapshot says`(seed: UInt64) throws {
        var random = Seeded(state: seed)
        let ledger = try Ledger.temporary()
        var present: [Int: String] = [:]
        /// Since which snapshot each account is here without a gap.
        var since: [Int: Double] = [:]
        for snapshot in 1...6 {
            for number in 0..<4000 {
                switch Int.random(in: 0..<20, using: &random) {
                case 0: present[number] = nil
                case 1, 2: present[number] = ["ADMIN", "ANALYST", "NEW"].randomElement(using: &random)
                case 3 where snapshot == 1: present[number] = "DEVELOPER"
                default: break
                }
                if present[number] == nil {
                    since[number] = nil
                } else if since[number] == nil {
                    since[number] = Double(snapshot)
                }
            }
            let users = present.map { Self.user($0.key, type: $0.value) }.shuffled(using: &random)
            let taken = try take(Roster(active: users, invited: []), Double(snapshot), in: ledger)
            var found: [String: ReviewedAccount] = [:]
            try RosterReview(of: taken, since: nil, in: ledger).accounts(.user) { found[$0.uid] = $0 }
            #expect(found.count == present.count)
            for (number, type) in present {
                let account = try #require(found[Self.user(number, type: type).uid])
                #expect(account.accountType.rawValue == type)
                #expect(account.firstSeen.timeIntervalSince1970 == since[number])
            }
        }
        #expect(try blocks(in: ledger).count > 3)
    }

    @Test func `an earlier snapshot stays what it was`() throws {
        let ledger = try Ledger.temporary()
        let many = (0..<2000).map { Self.user($0, type: "ANALYST") }
        let first = try take(Roster(active: many, invited: []), 1, in: ledger)
        _ = try take(Roster(active: Array(many.dropFirst(1000)), invited: []), 2, in: ledger)
        var count = 0
        try RosterReview(of: first, since: nil, in: ledger).accounts(.user) { _ in count += 1 }
        #expect(count == 2000)
    }

    @Test func `only the block in which something has changed is written again`() throws {
        let ledger = try Ledger.temporary()
        var many = (0..<5000).map { Self.user($0, type: "ANALYST") }
        _ = try take(Roster(active: many, invited: []), 1, in: ledger)
        let before = try blocks(in: ledger)
        _ = try take(Roster(active: many.shuffled(), invited: []), 2, in: ledger)
        #expect(try blocks(in: ledger).map(\.id) == before.map(\.id))
        many[77].accountType = .admin
        _ = try take(Roster(active: many, invited: []), 3, in: ledger)
        let after = Set(try blocks(in: ledger).map(\.id))
        #expect(before.filter { !after.contains($0.id) }.count == 1)
    }

    @Test func `a block that is not as it was written is said to be damaged`() throws {
        let ledger = try Ledger.temporary()
        let snapshot = try take(Roster(active: [Self.user(1, type: "ADMIN")], invited: []), 1, in: ledger)
        try ledger.write { db in
            try db.execute(sql: "UPDATE stateBlocks SET states = substr(states, 1, length(states) - 1)")
        }
        #expect(throws: LedgerError.self) { try RosterReview(of: snapshot, since: nil, in: ledger) }
    }

    @Test func `states that a row each held are in blocks afterwards`() throws {
        let database = try DatabaseQueue()
        try Schema.migrator.migrate(database, upTo: "5 roles, removals and decisions")
        try database.write { db in
            try db.execute(
                sql: """
                    INSERT INTO snapshots (workspace, startedAt, takenAt, active, invited, rawSHA256)
                        VALUES ('w', 0, 0, 1, 1, ''), ('w', 0, 0, 1, 1, ''), ('v', 0, 0, 1, 0, '');
                    INSERT INTO states (workspace, kind, account, occurrence, uid, email, emailKey, name, accountType,
                        status, expired, first, gone)
                    VALUES ('w', 'user', 'u', 1, 'u', 'U@acme.io', 'u@acme.io', 'U', 'ANALYST', '', 0, 1, 2),
                        ('w', 'user', 'u', 1, 'u', 'U@acme.io', 'u@acme.io', 'U', 'ADMIN', '', 0, 2, NULL),
                        ('w', 'invite', 'i@acme.io', 1, '', 'I@acme.io', 'i@acme.io', '', 'ADMIN', 'SENT', 0, 1, NULL),
                        ('v', 'user', 'u', 1, 'u', 'u@v.io', 'u@v.io', '', 'ANALYST', '', 0, 3, NULL);
                    """)
        }
        try Schema.migrator.migrate(database)
        let states = { (workspace: String, kind: AccountKind) in
            var found: [String] = []
            try database.read { db in
                try StateBlocks(workspace: workspace, kind: kind, db: db).forEach { state in
                    found.append(
                        [state.account, state.email, state.accountType, state.status].map {
                            String(decoding: $0, as: UTF8.self)
                        }.joined(separator: " ") + " \(state.first) \(state.gone)")
                }
            }
            return found
        }
        #expect(try states("w", .user) == ["u U@acme.io ANALYST  1 2", "u U@acme.io ADMIN  2 0"])
        #expect(try states("w", .invite) == ["i@acme.io I@acme.io ADMIN SENT 1 0"])
        #expect(try states("v", .user) == ["u u@v.io ANALYST  3 0"])
    }
}
