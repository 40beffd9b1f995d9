import Domain
import Foundation
import GRDB
import Populations

/// Replaces the workspace names of earlier versions, which were endpoint addresses as written, by those of
/// ``WorkspaceIdentity``. If two names denote the same workspace, their snapshots are joined into one history.
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

    private static func join(_ former: [String], into name: String, _ kind: AccountKind, _ db: Database) throws {
        let parts = try former.map { former in
            JoinedHistory.Part(
                snapshots: try Int64.fetchAll(
                    db, sql: "SELECT number FROM snapshots WHERE workspace = ?", arguments: [former]),
                blocks: StateBlocks(workspace: former, kind: kind, db: db))
        }
        guard parts.filter({ !$0.snapshots.isEmpty }).count > 1 else {
            for other in former where other != name {
                try db.run(
                    "UPDATE stateBlocks SET workspace = ? WHERE workspace = ? AND kind = ?",
                    [name, other, kind.rawValue])
            }
            return
        }
        let joined = try JoinedHistory.blocks(of: parts)
        for former in former {
            try db.run("DELETE FROM stateBlocks WHERE workspace = ? AND kind = ?", [former, kind.rawValue])
        }
        let blocks = StateBlocks(workspace: name, kind: kind, db: db)
        for block in joined { try blocks.add(block) }
    }
}
