import Domain
import Foundation
import GRDB

/// Gives workspaces the names of ``WorkspaceIdentity`` that earlier versions knew by the endpoint's address as it was
/// written. Two names may turn out to be one workspace; their snapshots then become one history.
enum IdentityMigration {
    static func run(_ db: Database) throws {
        var former: [String: [String]] = [:]
        let names = try String.fetchAll(
            db,
            sql: "SELECT workspace FROM runs UNION SELECT workspace FROM snapshots UNION SELECT workspace FROM reviews")
        for name in names { former[WorkspaceIdentity.name(formerly: name), default: []].append(name) }
        for (name, former) in former where former != [name] {
            for kind in AccountKind.allCases { try join(former, into: name, kind, db) }
            for table in ["runs", "snapshots", "reviews"] {
                for other in former where other != name {
                    try db.run("UPDATE \(table) SET workspace = ? WHERE workspace = ?", [name, other])
                }
            }
        }
    }

    /// One account's states under one of the names, taken out of their block.
    fileprivate struct Interval {
        var key: Key
        var name: Int
        var first, gone: Int64
        var texts: [String]
    }

    fileprivate struct Key: Hashable, Comparable {
        var account: [UInt8]
        var occurrence: Int64

        static func < (left: Key, right: Key) -> Bool {
            left.account == right.account
                ? left.occurrence < right.occurrence : left.account.lexicographicallyPrecedes(right.account)
        }
    }

    private static func join(_ former: [String], into name: String, _ kind: AccountKind, _ db: Database) throws {
        var snapshots: [(number: Int64, name: Int)] = []
        var intervals: [Interval] = []
        for (place, former) in former.enumerated() {
            let numbers = try Int64.fetchAll(
                db, sql: "SELECT number FROM snapshots WHERE workspace = ? ORDER BY number", arguments: [former])
            snapshots += numbers.map { ($0, place) }
            try StateBlocks(workspace: former, kind: kind, db: db).forEach {
                intervals.append(Interval($0, name: place))
            }
        }
        guard Set(snapshots.map(\.name)).count > 1 else {
            for other in former where other != name {
                try db.run(
                    "UPDATE stateBlocks SET workspace = ? WHERE workspace = ? AND kind = ?",
                    [name, other, kind.rawValue])
            }
            return
        }
        snapshots.sort { $0.number < $1.number }
        for former in former {
            try db.run("DELETE FROM stateBlocks WHERE workspace = ? AND kind = ?", [former, kind.rawValue])
        }
        var writer = StateBlockWriter()
        let groups = Dictionary(grouping: intervals, by: \.key).sorted { $0.key < $1.key }
        for (place, group) in groups.enumerated() {
            for interval in joined(group.value, over: snapshots) { interval.write(to: &writer) }
            let isLast = place + 1 == groups.count || groups[place + 1].key.account != group.key.account
            if isLast { writer.endAccount() }
        }
        let blocks = StateBlocks(workspace: name, kind: kind, db: db)
        for (number, piece) in writer.finish().enumerated() { try blocks.add(piece, from: number == 0 ? [] : nil) }
    }

    /// What each snapshot shows of the account, as intervals of all snapshots.
    private static func joined(
        _ intervals: [Interval], over snapshots: [(number: Int64, name: Int)]
    ) -> [Interval] {
        var joined: [Interval] = []
        var current: Interval?
        for snapshot in snapshots {
            let shown = intervals.first {
                $0.name == snapshot.name && $0.first <= snapshot.number
                    && ($0.gone == 0 || $0.gone > snapshot.number)
            }
            if let shown, current?.texts == shown.texts { continue }
            if var ended = current {
                ended.gone = snapshot.number
                joined.append(ended)
            }
            current = shown
            current?.first = snapshot.number
            current?.gone = 0
        }
        return joined + [current].compactMap(\.self)
    }
}

extension IdentityMigration.Interval {
    fileprivate init(_ record: StateRecord, name: Int) {
        self.init(
            key: .init(account: Array(record.account), occurrence: record.occurrence), name: name, first: record.first,
            gone: record.gone,
            texts: [record.email, record.name, record.accountType, record.status].map {
                String(decoding: $0, as: UTF8.self)
            })
    }

    fileprivate func write(to writer: inout StateBlockWriter) {
        let arena = TextArena()
        let account = key.account.withUnsafeBytes { arena.add($0) }
        let spans = texts.map { arena.add($0) }
        writer.add(
            StateRecord(
                account: arena[account], occurrence: key.occurrence, first: first, gone: gone, email: arena[spans[0]],
                name: arena[spans[1]], accountType: arena[spans[2]], status: arena[spans[3]]))
        withExtendedLifetime(arena) {}
    }
}
