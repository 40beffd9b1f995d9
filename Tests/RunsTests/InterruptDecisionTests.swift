import Testing

@testable import Runs

/// What a signal asks for, on made-up time.
@Suite struct InterruptDecisionTests {
    private func answers(at milliseconds: [Int], canDrain: Bool = true) -> [InterruptDecision.Answer] {
        var decision = InterruptDecision()
        return milliseconds.map { decision.signal(at: .milliseconds($0), canDrain: canDrain) }
    }

    private static let cases: [([Int], [InterruptDecision.Answer])] = [
        ([7000], [.drain]), ([7000, 7000], [.drain, .ignore]), ([7000, 7500], [.drain, .ignore]),
        ([7000, 7501], [.drain, .end]), ([0, 3000], [.drain, .end]),
        // The window begins with the first signal, not with the last one.
        ([0, 300, 600], [.drain, .ignore, .end]),
    ]

    @Test(arguments: cases)
    func `signals within half a second count as one, and a later one ends the process`(
        times: [Int], expected: [InterruptDecision.Answer]
    ) {
        #expect(answers(at: times) == expected)
    }

    @Test func `the first signal ends a process that sends nothing yet`() {
        #expect(answers(at: [100], canDrain: false) == [.end])
    }

    @Test func `it is known that a signal has arrived`() {
        var decision = InterruptDecision()
        #expect(!decision.isInterrupted)
        _ = decision.signal(at: .zero, canDrain: true)
        #expect(decision.isInterrupted)
    }
}
