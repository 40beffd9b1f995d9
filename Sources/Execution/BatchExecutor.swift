import Domain
import Foundation

/// Sends the rows of a plan under a throttle, and writes down what became of each.
///
/// A pass sends what is planned: one bookkeeper moves rows and records between the ledger and a fixed number of
/// workers, which pull. Rows without an answer wait for the end of the pass; then one listing settles all of them, and
/// what had no effect is sent in the next pass.
///
/// ```swift
/// let executor = BatchExecutor(journal: journal, sender: client, rosterSource: client, options: options)
/// let end = try await executor.run()
/// ```
public final class BatchExecutor: Sendable {
    private let journal: any OperationJournal
    let sender: any OperationSender
    private let rosterSource: any RosterSource
    let options: ExecutionOptions
    let policy: RetryPolicy
    let time: RunTime
    let jitter: @Sendable () -> Double
    let control: RunControl

    /// The longest sleep before somebody looks whether the run is to end.
    private static let nap = Duration.milliseconds(200)

    /// - Parameters:
    ///   - clock: what waits are measured and slept on.
    ///   - now: the wall clock, for the times in the results.
    ///   - jitter: random numbers, 0 to 1.
    ///   - onProgress: called at most ten times a second, and when something changes that people wait for.
    public init(
        journal: any OperationJournal, sender: any OperationSender, rosterSource: any RosterSource,
        options: ExecutionOptions, clock: some Clock<Duration> = ContinuousClock(),
        now: @escaping @Sendable () -> Date = { Date() },
        jitter: @escaping @Sendable () -> Double = { Double.random(in: 0...1) },
        onProgress: @escaping @Sendable (RunProgress) -> Void = { _ in }
    ) {
        self.journal = journal
        self.sender = sender
        self.rosterSource = rosterSource
        self.options = options
        self.jitter = jitter
        policy = RetryPolicy(maxAttempts: options.maxAttempts)
        time = RunTime(clock, now: now)
        control = RunControl(
            rate: options.rate, batch: options.batch, elapsed: time.elapsed, onProgress: onProgress)
    }

    /// Settles what an earlier execution left without an answer, and sends everything that is planned.
    ///
    /// - Parameter unanswered: rows that are unknown in the journal, because the execution before this one died or could
    ///   not ask.
    /// - Throws: what the journal threw; nothing leaves after that, and what was on its way has been waited for.
    public func run(unanswered: Int = 0) async throws -> RunEnd {
        if unanswered > 0 {
            // The dead process may have sent its last request just before this one began.
            control.inherit(unanswered)
            _ = try await settle()
        }
        while control.ending == nil {
            try await pass()
            guard control.ending == nil, control.unsettled > 0, try await settle() else { break }
        }
        return control.ending ?? .finished
    }

    /// No new rows; what is on its way is waited for and written down. Safe to call at any time, from anywhere.
    public func drain() { control.end(.interrupted) }

    private func pass() async throws {
        let desk = Desk(chunk: options.chunk, requests: options.concurrency, batch: options.batch)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<options.concurrency { group.addTask { await self.work(at: desk) } }
            do {
                try await keepBooks(of: desk)
            } catch {
                // Nothing more can be written down, so nothing more may leave. What is on its way is waited for, and
                // its rows stay *sending* in the ledger: unknown, which is what they are.
                control.end(.interrupted)
                await desk.close()
                try await group.waitForAll()
                throw error
            }
            try await group.waitForAll()
        }
    }

    private func keepBooks(of desk: Desk) async throws {
        while true {
            switch await desk.step() {
            case .claim(let count, let records):
                let rows = try await journal.claim(count, recording: records)
                control.count(records, inFlight: await desk.inFlight)
                await desk.arrived(rows)
            case .record(let records):
                try await journal.record(records)
                control.count(records, inFlight: await desk.inFlight)
            case .done:
                return
            }
        }
    }

    private func work(at desk: Desk) async {
        // The token comes first, so that a slow run claims only rows that are about to leave.
        while await isAdmitted(while: { !desk.isOver }) {
            let rows = await desk.next(control.batch)
            guard !rows.isEmpty else { break }
            await desk.finished(await carryOut(rows))
        }
        if control.ending != nil { await desk.close() }
    }

    /// Waits for a token; false if the run ends first, or there is nothing left that needs one.
    func isAdmitted(while isWanted: () -> Bool = { true }) async -> Bool {
        while control.ending == nil, isWanted() {
            guard let wait = control.admit() else { return true }
            await sleep(min(wait, Self.nap))
        }
        return false
    }

    /// Sleeps, and wakes when the run ends.
    func sleep(_ duration: Duration) async {
        let until = time.elapsed() + duration
        while control.ending == nil, case let left = until - time.elapsed(), left > .zero {
            await time.sleep(min(left, Self.nap))
            control.report()
        }
    }

    /// How long to wait each time when the workspace does not show yet what it certainly did.
    private static let lags = [Duration.seconds(2), .seconds(5), .seconds(15)]

    /// Asks who is in the workspace and decides the rows without an answer.
    ///
    /// - Returns: whether rows went back into the plan.
    private func settle() async throws -> Bool {
        var lags = Self.lags[...]
        while true {
            while control.ending == nil, case let left = control.timeToSettle, left > .zero {
                control.waitingToAsk(left)
                await time.sleep(min(left, Self.nap))
            }
            guard control.ending == nil else { return false }
            let roster: Roster
            do {
                roster = try await rosterSource.listUsers()
            } catch {
                switch error {
                case .credentialsRefused(let reason): control.end(.stopped(.credentialsRefused(reason: reason)))
                case .unreachable(let reason): control.end(.stopped(.unreachable(reason: reason)))
                // The rows stay unknown and say so.
                case .unusable(let reason): control.couldNotAsk(reason)
                }
                return false
            }
            let terms = SettlementTerms(
                maxAttempts: options.maxAttempts, resendUndecided: options.resendUndecided, isLast: lags.isEmpty)
            let settlement = try await journal.settle(by: roster, on: terms)
            let isBehind = settlement.missing > 0 && settlement.undecided > 0 && !lags.isEmpty
            control.count(settlement, isFinal: !isBehind)
            guard isBehind, let lag = lags.popFirst() else { return settlement.sendAgain > 0 }
            control.lostAnswer(settleIn: lag)
        }
    }
}

/// The time of one run, whatever clock it is on.
struct RunTime: Sendable {
    /// Since the run began.
    let elapsed: @Sendable () -> Duration
    /// Sleeps; wakes early only if the task is cancelled.
    let sleep: @Sendable (Duration) async -> Void
    /// The wall clock.
    let now: @Sendable () -> Date

    init(_ clock: some Clock<Duration>, now: @escaping @Sendable () -> Date) {
        let start = clock.now
        elapsed = { start.duration(to: clock.now) }
        sleep = { duration in try? await clock.sleep(for: duration) }
        self.now = now
    }
}
