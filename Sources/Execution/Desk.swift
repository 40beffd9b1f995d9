import Domain
import Synchronization

/// Where rows wait between the ledger and the workers, and records between the workers and the ledger.
///
/// One bookkeeper takes steps from here; each step is one durable write. While it writes, more comes together, so the
/// busier the run, the larger the groups.
actor Desk {
    /// What the bookkeeper does next.
    enum Step: Sendable {
        /// Write the records down and claim so many rows.
        case claim(Int, [RowRecord])
        /// Write the records down.
        case record([RowRecord])
        /// All is written and nothing more will come.
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
    /// In how large a request a row may be sent, where a larger one was refused for what is in it.
    private var largest: [Int64: Int] = [:]

    /// A worker who waits for rows.
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

    /// The next rows, durable as *sending*: as many as are wanted, or what is left; none when there are no more, or the
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

    /// A worker is done with rows.
    ///
    /// - Parameter halves: rows whose request was refused for what is in it, and how many of them may be sent together.
    func finished(_ done: [RowRecord], halves: (rows: [Int64], largest: Int)? = nil) {
        if let halves { for row in halves.rows { largest[row] = halves.largest } }
        taken -= done.count
        records.append(contentsOf: done)
        if done.contains(where: { $0.outcome == nil }) { isExhausted = false }
        noteEnd()
        wake()
    }

    /// Whether nothing is left, and nothing will return to the plan either.
    private var isDrained: Bool { isExhausted && buffer.isEmpty && taken == 0 }

    /// A request carries as many rows as it may; only the last one has fewer.
    private func take(_ wanted: Int) -> [PendingRow]? {
        // The ledger says when a row was claimed. A request that leaves long after that would still be in progress when
        // a later process takes it for over.
        if !buffer.isEmpty, elapsed() - claimedAt > ClaimLimits.lease { putBack() }
        guard buffer.count >= wanted || (isExhausted && !buffer.isEmpty) else { return nil }
        let rows = Array(buffer.prefix(count(within: wanted)))
        buffer.removeFirst(rows.count)
        taken += rows.count
        noteEnd()
        return rows
    }

    /// How many of the first rows may be sent together. A row whose request came to nothing before is sent alone.
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

    /// No new rows: those that were claimed and did not leave return to the plan.
    func close() {
        guard !isClosed else { return }
        isClosed = true
        putBack()
        releaseWaiters()
        wake()
    }

    /// Rows that the ledger gave out.
    ///
    /// - Parameter time: just before they were claimed.
    func arrived(_ rows: [PendingRow], claimedAt time: Duration) {
        // What returned to the plan while the ledger was asked is there at the next claim.
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

    /// What the bookkeeper does next; waits until there is something.
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

    /// Whether no worker will get another row, to look at without waiting.
    nonisolated var isOver: Bool { over.load(ordering: .relaxed) }

    /// Rows whose requests are in flight, or wait for one.
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
