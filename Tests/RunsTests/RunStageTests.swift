import Domain
import Execution
import Testing

@testable import Runs
@testable import TerminalIO

/// What is shown of a run that sends.
@Suite struct RunStageTests {
    private func text(_ stage: Stage, after elapsed: Duration = .seconds(4), perSecond: Double? = nil) -> String {
        StageReport(stage: stage, elapsed: elapsed, perSecond: perSecond ?? stage.perSecond).text
    }

    @Test func `a run: the important part first`() {
        var progress = RunProgress()
        progress.counts = [.succeeded: 409, .failed: 3, .unknown: 2]
        progress.rowsPerSecond = 9.8
        let sent = { (phase: RunProgress.Phase) in
            progress.phase = phase
            return text(RunStage.stage(progress, total: 1000))
        }
        #expect(
            sent(.sending) == "Sending 412 of 1,000, 3 failed, 2 unconfirmed, about 1 min left, 9.8/s")
        #expect(
            sent(.waitingForAPI(.seconds(30)))
                == "Sending 412 of 1,000, waiting 30 s: rate limited by the API, 3 failed, 2 unconfirmed")
        #expect(
            sent(.waitingForEndpoint(.seconds(2))).hasPrefix(
                "Sending 412 of 1,000, waiting 2 s: the API does not respond"))
        #expect(
            sent(.waitingToCheck(rows: 2, .seconds(2)))
                .hasPrefix("Sending 412 of 1,000, waiting 2 s: then 2 unconfirmed rows will be checked"))
        #expect(sent(.draining).hasPrefix("Sending 412 of 1,000, waiting for requests in flight; stopping"))
        progress.slowedTo = 2.5
        #expect(sent(.sending).contains("slowed to 2.5/s by the API"))
        // At 40 columns what matters is still there.
        #expect(Columns.fit(sent(.waitingForAPI(.seconds(30))), into: 39) == "Sending 412 of 1,000, waiting 30 s: rat")
        #expect(Columns.fit(sent(.sending), into: 39) == "Sending 412 of 1,000, 3 failed, 2 uncon")
    }
}
