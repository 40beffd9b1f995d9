import Domain
import Foundation
import GRDB
import Populations

/// The blocks of a workspace's users, or of its invitations, in the table `stateBlocks`. Only `Populations` reads and
/// writes the content of a block.
struct StateBlocks: BlockStore {
    let workspace: String
    let kind: AccountKind
    let db: Database

    static func create(_ db: Database) throws {
        try db.execute(
            sql: """
                -- firstAccount: no account in the block is less; the first block of a workspace begins with none.
                CREATE TABLE stateBlocks (
                    id INTEGER PRIMARY KEY,
                    workspace TEXT NOT NULL,
                    kind TEXT NOT NULL,
                    firstAccount BLOB NOT NULL,
                    states BLOB NOT NULL
                );
                CREATE UNIQUE INDEX stateBlocksInOrder ON stateBlocks (workspace, kind, firstAccount);
                """)
    }

    func heads() throws -> [BlockHead] {
        try Row.fetchAll(
            db, sql: "SELECT id, firstAccount FROM stateBlocks WHERE workspace = ? AND kind = ? ORDER BY firstAccount",
            arguments: [workspace, kind.rawValue]
        ).map { try BlockHead(id: $0.value("id"), firstAccount: Array($0.value("firstAccount", as: Data.self))) }
    }

    func withStates(of id: Int64, _ body: (Data) throws -> Void) throws {
        let rows = try Row.fetchCursor(
            db.cachedStatement(sql: "SELECT states FROM stateBlocks WHERE id = ?"), arguments: [id])
        guard let row = try rows.next() else { throw DamagedBlock() }
        try row.withUnsafeData(atIndex: 0) { data in
            guard let data else { throw DamagedBlock() }
            try body(data)
        }
    }

    func replace(_ id: Int64, by blocks: [Block]) throws {
        try db.execute(sql: "DELETE FROM stateBlocks WHERE id = ?", arguments: [id])
        for block in blocks { try add(block) }
    }

    func add(_ block: Block) throws {
        try db.cachedStatement(
            sql: "INSERT INTO stateBlocks (workspace, kind, firstAccount, states) VALUES (?, ?, ?, ?)"
        ).execute(arguments: [workspace, kind.rawValue, Data(block.firstAccount), Data(block.states)])
    }
}
