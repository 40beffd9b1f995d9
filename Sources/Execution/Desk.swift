import Domain
import Synchronization

/// Queues rows between the ledger and the workers, and records between the workers and the ledger.
///
/// One task takes steps from here; each step is one durable write. More records arrive during a write, so a busy run
/// writes larger groups.
actor Desk {
    /// The next durable write.
    enum Step: Sendable {
        /// Store the records and claim this many rows.
        case claim(Int, [RowRecord])
        /// Store the records.
        case record([RowRecord])
        /// Everything is stored and nothing more will come.
        case done
    }

    private let chunk: Int
    private let lowWater: Int
    private let elapsed: @Sendable () -> Duration
    private var buffer: ArraySlice<PendingRow> = []
    /// When the first of the buffer's rows was claimed.
    private var claimedAt = Duration.zero
    private var records: [RowRecord] = []
    private var waiters: [Waiter] = []
    private var idle: UnsafeContinuation<Void, Never>?
    private var taken = 0
    private var isExhausted = false
    private nonisolated let over = Atomic(false)
    private var isClosed = false
    /// The largest batch in which a row may be sent, by ordinal, for rows whose larger request was refused.
    private var largest: [Int64: Int] = [:]

    /// A worker that waits for rows.
    private struct Waiter {
        var wanted: Int
        var continuation: UnsafeContinuation<[PendingRow], Never>
    }

    init(chunk: Int, requests: Int, batch: Int = 1, elapsed: @escaping @Sendable () -> Duration) {
        self.chunk = chunk
        self.elapsed = elapsed
        // A slow run claims a row when it is needed; a fast one claims ahead, so that no worker waits for the disk.
        lowWater = min(chunk - batch, requests * batch * 2)
    }

    /// The next rows, which are durable as *sending*: as many as wanted, or the rest; none if no rows are left or the
    /// desk is closed.
    func next(_ wanted: Int = 1) async -> [PendingRow] {
        if isClosed { return [] }
        if waiters.isEmpty, let rows = take(wanted) {
            if buffer.count <= lowWater { wake() }
            return rows
        }
        if isDrained { return [] }
        return await withUnsafeContinuation { continuation in
            waiters.append(Waiter(wanted: wanted, continuation: continuation))
            wake()
        }
    }

    /// Takes the records of rows that a worker has finished.
    ///
    /// - Parameter halves: rows whose request must be split, and how many of them may be sent together.
    func finished(_ done: [RowRecord], halves: (rows: [Int64], largest: Int)? = nil) {
        if let halves { for row in halves.rows { largest[row] = halves.largest } }
        taken -= done.count
        records.append(contentsOf: done)
        if done.contains(where: { $0.outcome == nil }) { isExhausted = false }
        noteEnd()
        wake()
    }

    /// Whether no rows are left, and none can return to the plan.
    private var isDrained: Bool { isExhausted && buffer.isEmpty && taken == 0 }

    /// Takes the rows of the next request. Only the last request has fewer than wanted.
    private func take(_ wanted: Int) -> [PendingRow]? {
        // A later process judges by the time of the claim whether a request is over. A request that is sent long after
        // its claim could still be in progress then.
        if !buffer.isEmpty, elapsed() - claimedAt > ClaimLimits.lease { putBack() }
        guard buffer.count >= wanted || (isExhausted && !buffer.isEmpty) else { return nil }
        let rows = Array(buffer.prefix(count(within: wanted)))
        buffer.removeFirst(rows.count)
        taken += rows.count
        noteEnd()
        return rows
    }

    /// How many of the first rows may be sent together. A row with an earlier attempt is sent alone.
    private func count(within wanted: Int) -> Int {
        guard wanted > 1 else { return wanted }
        var limit = wanted
        for (place, row) in buffer.prefix(wanted).enumerated() {
            let own = row.attempts > 0 ? 1 : largest[row.ordinal] ?? wanted
            guard place == 0 || (own > place && limit > place) else { return place }
            limit = min(limit, own)
        }
        return min(limit, buffer.count)
    }

    /// Stops handing out rows. Rows that were claimed but not sent return to the plan.
    func close() {
        guard !isClosed else { return }
        isClosed = true
        putBack()
        releaseWaiters()
        wake()
    }

    /// Takes rows that were claimed.
    ///
    /// - Parameter time: the time just before they were claimed.
    func arrived(_ rows: [PendingRow], claimedAt time: Duration) {
        // Rows that returned to the plan during the claim are found by the next one.
        if rows.isEmpty { isExhausted = !records.contains { $0.outcome == nil } }
        if buffer.isEmpty { claimedAt = time }
        buffer.append(contentsOf: rows)
        if isClosed { putBack() }
        while let first = waiters.first, let rows = take(first.wanted) {
            waiters.removeFirst()
            first.continuation.resume(returning: rows)
        }
        noteEnd()
        if isClosed { releaseWaiters() }
    }

    /// The next durable write; waits until there is one.
    func step() async -> Step {
        while true {
            let isLow = !waiters.isEmpty || (buffer.count <= lowWater && lowWater > 0)
            let wantsRows = !isExhausted && !isClosed && isLow
            if wantsRows || !records.isEmpty {
                defer { records = [] }
                return wantsRows ? .claim(chunk, records) : .record(records)
            }
            if (isExhausted || isClosed) && taken == 0 && buffer.isEmpty { return .done }
            await withUnsafeContinuation { idle = $0 }
        }
    }

    /// Whether no worker will get another row. Can be read without waiting for the actor.
    nonisolated var isOver: Bool { over.load(ordering: .relaxed) }

    /// The number of rows that workers have taken: in flight, or about to be.
    var inFlight: Int { taken }

    private func putBack() {
        records += buffer.map {
            RowRecord(ordinal: $0.ordinal, outcome: nil, attempts: $0.attempts, startedAt: nil, finishedAt: nil)
        }
        if !buffer.isEmpty && !isClosed { isExhausted = false }
        buffer = []
    }

    private func releaseWaiters() {
        for waiter in waiters { waiter.continuation.resume(returning: []) }
        waiters = []
    }

    private func noteEnd() {
        guard isDrained else { return }
        over.store(true, ordering: .relaxed)
        releaseWaiters()
    }

    private func wake() {
        idle?.resume()
        idle = nil
    }
}
