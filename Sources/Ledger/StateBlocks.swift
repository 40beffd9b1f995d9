import Domain
import Foundation
import GRDB

/// Where the states of a workspace's accounts are kept: in blocks of some hundreds, in the order of the accounts.
///
/// A snapshot is not copied. Each state of an account is kept once, from the first snapshot that showed it up to the
/// first that no longer did, so that people who do not change cost nothing, and a block in which nothing has changed
/// is not written again. A row for each state would cost ten times as much CPU: a million accounts are 2,000 blocks.
struct StateBlocks {
    let workspace: String
    let kind: AccountKind
    let db: Database

    /// A block is cut behind the account that makes it this long, in bytes.
    static let size = 64 << 10

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

    /// A block without its states.
    struct Head {
        var id: Int64
        var firstAccount: [UInt8]
    }

    /// All blocks, in the order of their accounts.
    func heads() throws -> [Head] {
        try Row.fetchAll(
            db, sql: "SELECT id, firstAccount FROM stateBlocks WHERE workspace = ? AND kind = ? ORDER BY firstAccount",
            arguments: [workspace, kind.rawValue]
        ).map { Head(id: $0["id"], firstAccount: Array($0["firstAccount"] as Data)) }
    }

    /// Hands a block's states over, as bytes to be read with ``StateReader``.
    func withStates<Value>(of id: Int64, _ body: (UnsafeRawBufferPointer) throws -> Value) throws -> Value {
        let rows = try Row.fetchCursor(
            db.cachedStatement(sql: "SELECT states FROM stateBlocks WHERE id = ?"), arguments: [id])
        guard let row = try rows.next() else { throw DamagedBlock() }
        return try row.withUnsafeData(atIndex: 0) { data in
            guard let data else { throw DamagedBlock() }
            return try data.withUnsafeBytes(body)
        }
    }

    /// Puts blocks where one was.
    func replace(_ head: Head, by pieces: [[UInt8]]) throws {
        try db.execute(sql: "DELETE FROM stateBlocks WHERE id = ?", arguments: [head.id])
        for (place, piece) in pieces.enumerated() {
            // The first piece begins where the block began, so that the blocks cover all accounts there can be.
            try add(piece, from: place == 0 ? head.firstAccount : nil)
        }
    }

    /// Puts a block behind the others.
    ///
    /// - Parameter start: no account in it is less; nil for its first account.
    func add(_ piece: [UInt8], from start: [UInt8]? = nil) throws {
        let first = try piece.withUnsafeBytes { bytes in
            var reader = StateReader(bytes)
            return Data(try reader.next()?.account ?? .init(start: nil, count: 0))
        }
        try db.cachedStatement(
            sql: "INSERT INTO stateBlocks (workspace, kind, firstAccount, states) VALUES (?, ?, ?, ?)"
        ).execute(arguments: [workspace, kind.rawValue, start.map { Data($0) } ?? first, Data(piece)])
    }

    /// Every state of the workspace's accounts of this kind, in the order of accounts, occurrences and snapshots.
    func forEach(_ body: (StateRecord) throws -> Void) throws {
        for head in try heads() {
            try withStates(of: head.id) { bytes in
                var reader = StateReader(bytes)
                while let record = try reader.next() { try body(record) }
            }
        }
    }
}

/// Puts records together into blocks.
struct StateBlockWriter {
    /// The blocks that are full.
    private(set) var pieces: [[UInt8]] = []
    private var bytes: [UInt8] = []

    init() { bytes.reserveCapacity(StateBlocks.size + 4096) }

    /// Adds a record.
    mutating func add(_ record: StateRecord) { record.append(to: &bytes) }

    /// Adds records as another block has them.
    mutating func add(_ records: UnsafeRawBufferPointer) { bytes.append(contentsOf: records) }

    /// All records of an account are there: a block may end here.
    mutating func endAccount() {
        if bytes.count >= StateBlocks.size { cut() }
    }

    /// All blocks that were not taken yet.
    mutating func finish() -> [[UInt8]] {
        if !bytes.isEmpty { cut() }
        return take()
    }

    /// The blocks that are full, which are the caller's from then on.
    mutating func take() -> [[UInt8]] {
        defer { pieces = [] }
        return pieces
    }

    private mutating func cut() {
        pieces.append(bytes)
        bytes.removeAll(keepingCapacity: true)
    }
}
