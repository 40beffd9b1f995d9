import Domain
import Foundation
import Testing

@testable import Populations

/// Blocks whose bytes were changed are reported or read as something else; they never end the process.
@Suite struct DamagedBlockTests {
    private let population: Population
    private let block: Block

    init() throws {
        let invited = (0..<40).map {
            InvitedUser(
                email: "Zoë+\($0)@acme.io", accountType: .admin,
                status: InviteStatus(rawValue: $0 % 2 == 0 ? "SENT" : "EXPIRED"))
        }
        population = try #require(Population(Roster(active: [], invited: invited)))
        let blocks = MemoryBlocks()
        try population.keep(.invite, as: 1, in: blocks)
        block = try #require(blocks.stored.first?.block)
    }

    /// Reads a block in each way that there is.
    private func read(_ states: some Sequence<UInt8>) throws {
        let blocks = MemoryBlocks([Block(firstAccount: [], states: Array(states))])
        let review = try RosterReview(
            of: Snapshot(2, population), since: nil, reviews: [1], times: [:], privileged: .standard
        ) { $0 == .invite ? blocks : MemoryBlocks() }
        for kind in AccountKind.allCases { review.accounts(kind) { _ in } }
        _ = try JoinedHistory.blocks(of: [.init(snapshots: [1], blocks: blocks)])
        try population.keep(.invite, as: 2, in: blocks)
    }

    @Test func `a block that was cut short within a state is damaged`() throws {
        var ends: Set<Int> = [0]
        try block.states.withUnsafeBytes { bytes in
            var reader = StateReader(bytes)
            while try reader.next() != nil { ends.insert(reader.position) }
        }
        #expect(ends.count == 41)
        for count in 0...block.states.count {
            if ends.contains(count) {
                try read(block.states.prefix(count))
            } else {
                #expect(throws: DamagedBlock.self) { try read(block.states.prefix(count)) }
            }
        }
    }

    @Test(arguments: 1...40 as ClosedRange<UInt64>)
    func `changed bytes are reported or read`(seed: UInt64) {
        var random = Seeded(state: seed)
        for _ in 0..<20 {
            var states = block.states
            for _ in 0...Int.random(in: 0..<4, using: &random) {
                states[Int.random(in: states.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            do { try read(states) } catch { #expect(error is DamagedBlock) }
        }
    }

    @Test(arguments: [1 << 16, (1 << 16) + 1])
    func `more account types than a listing has are damage`(types: Int) throws {
        var builder = StateBlocksBuilder()
        for number in 0..<types {
            try builder.add(
                AccountState(
                    account: withUnsafeBytes(of: UInt32(number).bigEndian) { Array($0) }, occurrence: 1, first: 1,
                    gone: 0, email: "", name: "", accountType: "T\(number)", status: "T\(number)"))
        }
        let states = builder.finish().flatMap(\.states)
        if types > 1 << 16 {
            #expect(throws: DamagedBlock.self) { try read(states) }
        } else {
            try read(states)
        }
    }

    @Test func `a negative number is damage, and not written`() {
        for place in 0..<3 {
            let numbers: [Int64] = (0..<3).map { $0 == place ? -1 : 1 }
            var builder = StateBlocksBuilder()
            #expect(throws: DamagedBlock.self) {
                try builder.add(
                    AccountState(
                        account: [1], occurrence: numbers[0], first: numbers[1], gone: numbers[2], email: "", name: "",
                        accountType: "", status: ""))
            }
        }
        for snapshot in [0, -1] as [Int64] {
            #expect(throws: DamagedBlock.self) { try population.keep(.invite, as: snapshot, in: MemoryBlocks()) }
        }
    }

    @Test func `a number that is too long is damage`() {
        let long = Array(repeating: UInt8(0xff), count: 9) + [1]
        for place in 0..<8 {
            let numbers = (0..<8).map { $0 == place ? long : [0] }
            #expect(throws: DamagedBlock.self) { try read(numbers.joined()) }
        }
    }
}
