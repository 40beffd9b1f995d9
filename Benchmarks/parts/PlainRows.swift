import Domain
import Foundation
import GRDB
import Populations

/// What the ledger could be instead: a SQL row for each state, with the ledger's settings, and strings in place of
/// pointers.
///
/// It does less than the ledger: nobody who is there twice is found, and no earlier reviews are counted.
struct PlainRows {
    let database: DatabaseQueue

    init(at path: String) throws {
        var configuration = Configuration()
        configuration.journalMode = .wal
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA synchronous = FULL; PRAGMA temp_store = FILE; PRAGMA cache_size = -2000")
        }
        database = try DatabaseQueue(path: path, configuration: configuration)
        try database.write { db in
            // In the order of the accounts, without a second index: the least that a row can cost.
            try db.execute(
                sql: """
                    CREATE TABLE IF NOT EXISTS states (
                        kind TEXT NOT NULL, account TEXT NOT NULL, occurrence INTEGER NOT NULL, first INTEGER NOT NULL,
                        gone INTEGER, email TEXT NOT NULL, emailKey TEXT NOT NULL, name TEXT NOT NULL,
                        accountType TEXT NOT NULL, status TEXT NOT NULL,
                        PRIMARY KEY (kind, account, occurrence, first)
                    ) WITHOUT ROWID
                    """)
        }
    }

    /// Keeps a listing: states that are over end with its snapshot, and new ones begin with it.
    func bringIn(_ population: Population, as snapshot: Int64) throws {
        try database.write { db in
            for kind in AccountKind.allCases { try merge(Listed(population, kind), kind, snapshot, db) }
        }
    }

    private func merge(_ listed: Listed, _ kind: AccountKind, _ snapshot: Int64, _ db: Database) throws {
        var ended: [Int] = []
        var begun: [Int] = []
        var over: [(account: String, occurrence: Int)] = []
        var next = 0
        let rows = try Row.fetchCursor(
            db,
            sql: "SELECT account, occurrence, email, name, accountType, status FROM states "
                + "WHERE kind = ? AND gone IS NULL ORDER BY account, occurrence", arguments: [kind.rawValue])
        while let row = try rows.next() {
            let (account, occurrence): (String, Int) = (row[0], row[1])
            while next < listed.count, listed.key(next) < (account, occurrence) {
                begun.append(next)
                next += 1
            }
            guard next < listed.count, listed.key(next) == (account, occurrence) else {
                over.append((account, occurrence))
                continue
            }
            let state = listed.state(next)
            if (row[2], row[3], row[4], row[5]) != (state.email, state.name, state.accountType, state.status) {
                ended.append(next)
                begun.append(next)
            }
            next += 1
        }
        over += ended.map(listed.key)
        for (account, occurrence) in over {
            try db.cachedStatement(
                sql: "UPDATE states SET gone = ? WHERE kind = ? AND account = ? AND occurrence = ? AND gone IS NULL"
            ).execute(arguments: [snapshot, kind.rawValue, account, occurrence])
        }
        let insert = try db.cachedStatement(sql: "INSERT INTO states VALUES (?, ?, ?, ?, NULL, ?, ?, ?, ?, ?)")
        for place in chain(begun, next..<listed.count) {
            let (account, occurrence) = listed.key(place)
            let state = listed.state(place)
            try insert.execute(arguments: [
                kind.rawValue, account, occurrence, snapshot, state.email, EmailAddress.key(of: state.email),
                state.name,
                state.accountType, state.status,
            ])
        }
    }
}

/// The accounts of a listing in the order of the rows.
private struct Listed {
    private let population: Population
    private let kind: AccountKind
    private var entries: [(account: String, occurrence: Int, index: Int)] = []

    init(_ population: Population, _ kind: AccountKind) {
        self.population = population
        self.kind = kind
        for index in 0..<(kind == .user ? population.users : population.invites) {
            let account =
                kind == .user
                ? population.withUser(index) { $0.uid.string }
                : population.withInvite(index) { EmailAddress.key(of: $0.email.string) }
            entries.append((account, 1, index))
        }
        entries.sort { ($0.account, $0.index) < ($1.account, $1.index) }
        for place in entries.indices.dropFirst() where entries[place].account == entries[place - 1].account {
            entries[place].occurrence = entries[place - 1].occurrence + 1
        }
    }

    var count: Int { entries.count }
    func key(_ place: Int) -> (String, Int) { (entries[place].account, entries[place].occurrence) }

    func state(_ place: Int) -> (email: String, name: String, accountType: String, status: String) {
        let take = { (account: Population.Account) in
            (
                account.email.string, account.name.string, population.accountTypes[account.accountType].rawValue,
                kind == .user ? "" : population.statuses[account.status].rawValue
            )
        }
        let index = entries[place].index
        return kind == .user ? population.withUser(index, take) : population.withInvite(index, take)
    }
}

private func chain(_ first: [Int], _ second: Range<Int>) -> some Sequence<Int> {
    [AnySequence(first), AnySequence(second)].joined()
}
