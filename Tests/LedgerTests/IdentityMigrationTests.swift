import Domain
import Foundation
import GRDB
import Testing

@testable import Ledger
@testable import Populations

/// What an earlier version kept under two spellings of one endpoint becomes one history.
@Suite struct IdentityMigrationTests {
    private static let names = ["https://a.io/g/", "https://A.io:443/g"]

    /// A workspace that changes from one listing to the next: accounts come, change, leave, come back and are listed twice.
    private static func roster(_ step: Int) -> Roster {
        let users = (0..<30).filter { ($0 + step) % 5 != 0 }.map { number in
            ActiveUser(
                uid: "uid-\(number)", email: "user\(number)@acme.io", name: step > 2 && number == 7 ? "New" : "",
                accountType: AccountType(rawValue: (number * step) % 7 == 0 ? "ADMIN" : "DEVELOPER"))
        }
        let invited = InvitedUser(
            email: "invited@acme.io", accountType: .admin, status: InviteStatus(rawValue: step < 3 ? "SENT" : "EXPIRED")
        )
        return Roster(active: users + users.prefix(step % 2), invited: [invited])
    }

    private func ledger(_ names: (Int) -> String) throws -> Ledger {
        let ledger = try Ledger.temporary()
        for step in 0..<7 {
            let time = Date(timeIntervalSince1970: 1_700_000_000 + Double(step))
            let snapshot = Snapshot(
                workspace: names(step), startedAt: time, takenAt: time, active: 0, invited: 0, rawSHA256: "")
            _ = try ledger.record(#require(Population(Self.roster(step))), as: snapshot)
        }
        return ledger
    }

    private func states(_ ledger: Ledger, of workspace: String) throws -> [String] {
        try AccountKind.allCases.flatMap { kind in
            try ledger.database.read { db in
                var states: [String] = []
                try StateBlocks(workspace: workspace, kind: kind, db: db).forEach { record in
                    let texts = [record.account, record.email, record.name, record.accountType, record.status]
                    states.append(
                        ([record.occurrence, record.first, record.gone].map { "\($0)" }
                            + texts.map { String(decoding: $0, as: UTF8.self) }).joined(separator: " "))
                }
                return states
            }
        }
    }

    @Test(arguments: [[0, 1, 0, 1, 0, 1, 0], [0, 0, 0, 1, 1, 1, 0], [1, 1, 1, 1, 1, 1, 1], [0, 1, 1, 1, 1, 1, 1]])
    func `two spellings become the history that one would have had`(order: [Int]) throws {
        let one = try ledger { _ in "https://a.io/g" }
        let two = try ledger { Self.names[order[$0]] }
        try two.write { db in try IdentityMigration.run(db) }
        #expect(try states(two, of: "https://a.io/g") == states(one, of: "https://a.io/g"))
        #expect(try two.snapshots(of: "https://a.io/g").count == 7)
        for name in Self.names { #expect(try states(two, of: name).isEmpty) }
    }

    @Test func `runs of an earlier version get today's name and an id`() throws {
        let database = try DatabaseQueue()
        try Schema.migrator.migrate(database, upTo: "10 what kind of problem")
        try database.write { db in
            for (name, number) in [("https://a.io:443/g/#u", 1), ("sandbox", 2), ("http://127.0.0.1:8787/", 3)] {
                try db.execute(
                    sql: "INSERT INTO runs (number, kind, workspace, input, inputSHA256, version, state, startedAt) "
                        + "VALUES (?, 'invite', ?, 'people.csv', '', '0.1', 'finished', 0)", arguments: [number, name])
            }
        }
        try Schema.migrator.migrate(database)
        let runs = try Ledger(path: "", database: database).runs().reversed()
        #expect(runs.map(\.header.workspace) == ["https://a.io/g#u", "sandbox", "http://localhost:8787"])
        #expect(Set(runs.map(\.id)).count == 3 && runs.allSatisfy { $0.id.contains(#/^[a-z][a-z0-9]{5}$/#) })
    }
}
