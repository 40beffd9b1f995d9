import Domain
import Foundation
import Synchronization
import Testing

/// The whole way from the plan to the outcomes, in one process on a simulated clock, against an API that fails in every
/// form there is. `make soak` tries eight times as many seeds, `make simulate SECONDS=600` goes on for as long as it is told,
/// and `SIMULATE_SEED=123` repeats one.
@Suite struct SimulationTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let first = UInt64(environment["SIMULATE_FROM"] ?? "") ?? 1
    private static let seeds = UInt64(environment["SIMULATE_SEEDS"] ?? "") ?? 500
    private static let seconds = Double(environment["SIMULATE_SECONDS"] ?? "")

    @Test(.enabled(if: environment["SIMULATE_SEED"] == nil))
    func `nobody is mailed twice, and every outcome is true, whatever the API does`() async throws {
        let search = Search(from: Self.first)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<2 {
                group.addTask {
                    let simulation = try Simulation()
                    while let seed = search.next(of: Self.seeds, for: Self.seconds) {
                        let result = try simulation.run(Scenario(seed: seed))
                        if !result.findings.isEmpty { search.found(seed) }
                    }
                }
            }
            try await group.waitForAll()
        }
        if Self.seconds != nil { print("\(search.count) simulations, seeds from \(Self.first)") }
        for seed in search.failures { try Self.report(Scenario(seed: seed)) }
    }

    /// Seeds, one after the other, for whoever asks.
    private final class Search: Sendable {
        private let first: UInt64
        private let state: Mutex<(next: UInt64, failures: [UInt64])>
        private let start = ContinuousClock.now

        init(from first: UInt64) {
            self.first = first
            state = Mutex((first, []))
        }

        /// - Parameter seconds: for how long to go on; nil to go by the number.
        func next(of seeds: UInt64, for seconds: Double?) -> UInt64? {
            state.withLock { state in
                let isOver =
                    seconds.map { ContinuousClock.now - start >= .seconds($0) } ?? (state.next >= first + seeds)
                guard !isOver, state.failures.count < 3 else { return nil }
                defer { state.next += 1 }
                return state.next
            }
        }

        func found(_ seed: UInt64) { state.withLock { $0.failures.append(seed) } }
        var count: UInt64 { state.withLock { $0.next } - first }
        var failures: [UInt64] { state.withLock { $0.failures.sorted() } }
    }

    @Test(.enabled(if: environment["SIMULATE_SEED"] != nil))
    func `one seed again, with its trace`() throws {
        let seed = try #require(UInt64(Self.environment["SIMULATE_SEED"] ?? ""))
        try Self.report(Scenario(seed: seed))
    }

    @Test func `a seed is one order of events, and always the same`() throws {
        for seed in 1...20 as ClosedRange<UInt64> {
            let scenario = Scenario(seed: seed)
            let traces = try (1...3).map { _ in try Simulation().run(scenario, isTraced: true).trace }
            #expect(Set(traces).count == 1)
            #expect(!traces[0].isEmpty)
        }
    }

    @Test func `without faults everybody is mailed once, and the plan needs one listing`() throws {
        let simulation = try Simulation()
        for seed in 1...50 as ClosedRange<UInt64> {
            var scenario = Scenario(seed: seed)
            scenario.faultRate = 0
            (scenario.outage, scenario.refusedRows, scenario.colleague) = (nil, 0, 0)
            (scenario.deaths, scenario.restarts) = ([], [])
            let result = try simulation.run(scenario)
            #expect(result.findings == [])
            #expect(result.outcomes == [.succeeded: scenario.rows])
            #expect(result.listings == 1)
        }
    }

    /// Says what was found in the simplest scenario that still shows it, and how to see it again.
    private static func report(_ scenario: Scenario) throws {
        let simulation = try Simulation()
        var simplest = scenario
        var isSimpler = true
        while isSimpler {
            isSimpler = false
            for simpler in simplest.simpler where try !simulation.run(simpler).findings.isEmpty {
                simplest = simpler
                isSimpler = true
                break
            }
        }
        let result = try simulation.run(simplest, isTraced: true)
        print("\(simplest)\n\(result.trace.joined(separator: "\n"))\n\(result.outcomes)")
        #expect(
            result.findings == [], "to see it again: SIMULATE_SEED=\(scenario.seed) swift test --filter SimulationTests"
        )
    }
}
