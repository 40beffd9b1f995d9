import Domain
import Foundation

@testable import Populations

/// Blocks in memory.
final class MemoryBlocks: BlockStore {
    /// What is stored, in the order of the blocks.
    private(set) var stored: [(id: Int64, block: Block)] = []
    private var last: Int64 = 0

    init(_ blocks: [Block] = []) { for block in blocks { add(block) } }

    func heads() -> [BlockHead] { stored.map { BlockHead(id: $0.id, firstAccount: $0.block.firstAccount) } }

    func withStates(of id: Int64, _ body: (Data) throws -> Void) throws {
        guard let found = stored.first(where: { $0.id == id }) else { throw DamagedBlock() }
        try body(Data(found.block.states))
    }

    func replace(_ id: Int64, by blocks: [Block]) {
        stored.removeAll { $0.id == id }
        for block in blocks { add(block) }
    }

    func add(_ block: Block) {
        last += 1
        stored.append((last, block))
        stored.sort { $0.block.firstAccount.lexicographicallyPrecedes($1.block.firstAccount) }
    }

    /// Every state that is stored.
    func states() throws -> [AccountState] {
        var states: [AccountState] = []
        try forEach { states.append(AccountState($0)) }
        return states
    }
}

/// A generator whose numbers are the same in each run.
struct Seeded: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ (state >> 29)
    }
}

extension Snapshot {
    /// One that was taken so many seconds after 1970.
    init(_ number: Int64, _ population: Population) {
        let time = Date(timeIntervalSince1970: Double(number))
        self.init(
            number: number, workspace: "w", startedAt: time, takenAt: time, active: population.users,
            invited: population.invites, rawSHA256: "")
    }
}

func user(_ uid: String, _ type: String = "ANALYST", email: String? = nil, name: String = "") -> ActiveUser {
    ActiveUser(uid: uid, email: email ?? "\(uid)@acme.io", name: name, accountType: AccountType(rawValue: type))
}
