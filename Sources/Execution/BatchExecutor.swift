import Domain
import Foundation

/// Sends the rows of a plan within the rate limit, and stores the outcome of each.
///
/// A pass sends all planned rows: one task moves rows and records between the ledger and a fixed number of workers,
/// which pull rows. Unconfirmed rows wait for the end of the pass; then listings settle them
/// (`BatchExecutor+Settling`), and rows that had no effect are sent in the next pass.
///
/// ```swift
/// let executor = BatchExecutor(journal: journal, sender: client, rosterSource: client, options: options)
/// let end = try await executor.run()
/// ```
public final class BatchExecutor: Sendable {
    let journal: any OperationJournal
    let sender: any OperationSender
    let rosterSource: any RosterSource
    let options: ExecutionOptions
    let time: RunTime
    let jitter: @Sendable () -> Double
    let control: RunControl

    /// The longest sleep between two checks whether the run must end.
    let nap: Duration

    /// - Parameters:
    ///   - clock: the clock for all waits.
    ///   - now: the wall clock, for the times in the results.
    ///   - jitter: random numbers, 0 to 1.
    ///   - nap: the longest sleep between two checks whether the run must end.
    ///   - onProgress: called at most ten times a second, and at once for important changes.
    public init(
        journal: any OperationJournal, sender: any OperationSender, rosterSource: any RosterSource,
        options: ExecutionOptions, clock: some Clock<Duration> = ContinuousClock(),
        now: @escaping @Sendable () -> Date = { Date() },
        jitter: @escaping @Sendable () -> Double = { Double.random(in: 0...1) },
        nap: Duration = .milliseconds(200),
        onProgress: @escaping @Sendable (RunProgress) -> Void = { _ in }
    ) {
        self.journal = journal
        self.sender = sender
        self.rosterSource = rosterSource
        self.options = options
        self.jitter = jitter
        self.nap = nap
        time = RunTime(clock, now: now)
        control = RunControl(options, elapsed: time.elapsed, onProgress: onProgress)
    }

    /// Sends all planned rows, and settles unconfirmed ones.
    ///
    /// - Parameter open: the number of rows that are unknown in the journal, because an earlier execution died or could
    ///   not settle them.
    /// - Parameter isFirst: whether no row of the run has succeeded yet.
    /// - Throws: errors of the journal; no request is sent afterwards, and requests in flight have finished.
    public func run(open: Int = 0, isFirst: Bool = false) async throws -> RunEnd {
        control.inherit(open)
        var lookAt = Duration.zero
        repeat {
            try await pass()
            if isFirst { control.suspendIfAllRefused() }
        } while try await settle(&lookAt) && control.ending == nil
        return control.ending ?? .finished
    }

    /// Settles unconfirmed rows and sends nothing.
    ///
    /// - Throws: errors of the journal.
    public func settleOnly(open: Int) async throws -> RunEnd {
        control.inherit(open)
        var lookAt = Duration.zero
        while control.open > 0, try await settle(&lookAt), control.ending == nil {}
        return control.ending ?? .finished
    }

    /// Stops sending new rows. Requests in flight finish and are stored. Can be called at any time from any thread.
    public func drain() { control.end(.interrupted) }

    private func pass() async throws {
        let desk = Desk(
            chunk: options.chunk, requests: options.concurrency, batch: options.batch, elapsed: time.elapsed)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<options.concurrency { group.addTask { await self.work(at: desk) } }
            do {
                try await keepBooks(of: desk)
            } catch {
                // Nothing can be stored any more, so nothing more may be sent. Requests in flight finish; their rows
                // stay *sending* in the ledger, which counts as unknown.
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
                control.claimed(-returned(records))
                let allowed = control.spend(count)
                let claimedAt = time.elapsed()
                var rows: [PendingRow] = []
                if allowed > 0 {
                    let limits = ClaimLimits(timeout: options.timeout, slowest: control.slowest)
                    rows = try await journal.claim(allowed, within: limits, recording: records)
                } else {
                    try await journal.record(records)
                }
                control.claimed(rows.count)
                control.count(records, inFlight: await desk.inFlight)
                await desk.arrived(rows, claimedAt: claimedAt)
            case .record(let records):
                control.claimed(-returned(records))
                try await journal.record(records)
                control.count(records, inFlight: await desk.inFlight)
            case .done:
                return
            }
        }
    }

    /// The number of rows that return to the plan.
    private func returned(_ records: [RowRecord]) -> Int { records.count { $0.outcome == nil } }

    private func work(at desk: Desk) async {
        // The token comes first, so that a slow run claims only rows that are about to be sent.
        while await isAdmitted(while: { !desk.isOver }) {
            let rows = await desk.next(control.batch)
            guard !rows.isEmpty else { break }
            // The token may be old, and the API may have asked to wait since.
            guard !control.isPaused, !control.isClosing else {
                await desk.finished(rows.map { $0.returned })
                continue
            }
            let (records, halves) = await carryOut(rows)
            await desk.finished(records, halves: halves)
        }
        if control.isClosing { await desk.close() }
    }

    /// Waits for a token; false if the run is ending, or no rows are left.
    private func isAdmitted(while isWanted: () -> Bool) async -> Bool {
        while !control.isClosing, isWanted() {
            guard let wait = control.admit() else { return true }
            await time.sleep(min(wait, nap))
            control.report()
        }
        return false
    }
}

extension PendingRow {
    /// The record of a row that was claimed but not sent.
    fileprivate var returned: RowRecord {
        RowRecord(ordinal: ordinal, outcome: nil, attempts: attempts, startedAt: nil, finishedAt: nil)
    }
}

/// The time of one run, on any clock.
struct RunTime: Sendable {
    /// The time since the start of the run.
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
