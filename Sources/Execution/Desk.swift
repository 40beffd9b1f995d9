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
    private var buffer: ArraySlice<PendingRow> = []
    private var records: [RowRecord] = []
    private var hungry: [Hungry] = []
    private var idle: UnsafeContinuation<Void, Never>?
    private var taken = 0
    private var isExhausted = false
    private nonisolated let over = Atomic(false)
    private var isClosed = false

    /// A worker who waits for rows.
    private struct Hungry {
        var wanted: Int
        var continuation: UnsafeContinuation<[PendingRow], Never>
    }

    init(chunk: Int, requests: Int, batch: Int = 1) {
        self.chunk = chunk
        // A slow run claims a row when it is needed; a fast one claims ahead, so that no worker waits for the disk.
        lowWater = min(chunk - batch, requests * batch * 2)
    }

    /// The next rows, durable as *sending*: as many as are wanted, or what is left; none when there are no more, or the
    /// desk is closed.
    func next(_ wanted: Int = 1) async -> [PendingRow] {
        if isClosed { return [] }
        if hungry.isEmpty, let rows = take(wanted) {
            if buffer.count <= lowWater { wake() }
            return rows
        }
        if isExhausted && buffer.isEmpty { return [] }
        return await withUnsafeContinuation { continuation in
            hungry.append(Hungry(wanted: wanted, continuation: continuation))
            wake()
        }
    }

    /// A worker is done with rows.
    func finished(_ done: [RowRecord]) {
        taken -= done.count
        records.append(contentsOf: done)
        wake()
    }

    /// A request carries as many rows as it may; only the last one has fewer.
    private func take(_ wanted: Int) -> [PendingRow]? {
        guard buffer.count >= wanted || (isExhausted && !buffer.isEmpty) else { return nil }
        let rows = Array(buffer.prefix(wanted))
        buffer.removeFirst(rows.count)
        taken += rows.count
        noteEnd()
        return rows
    }

    /// No new rows: those that were claimed and did not leave go back into the plan.
    func close() {
        guard !isClosed else { return }
        isClosed = true
        putBack()
        sendAway()
        wake()
    }

    /// Rows that the ledger gave out.
    func arrived(_ rows: [PendingRow]) {
        if rows.isEmpty { isExhausted = true }
        buffer.append(contentsOf: rows)
        if isClosed { putBack() }
        while let first = hungry.first, let rows = take(first.wanted) {
            hungry.removeFirst()
            first.continuation.resume(returning: rows)
        }
        noteEnd()
        if (isExhausted && buffer.isEmpty) || isClosed { sendAway() }
    }

    /// What the bookkeeper does next; waits until there is something.
    func step() async -> Step {
        while true {
            let isLow = !hungry.isEmpty || (buffer.count <= lowWater && lowWater > 0)
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

    /// Rows on their way or waiting for an attempt.
    var inFlight: Int { taken }

    private func putBack() {
        records += buffer.map {
            RowRecord(ordinal: $0.ordinal, outcome: nil, attempts: $0.attempts, startedAt: nil, finishedAt: nil)
        }
        buffer = []
    }

    private func sendAway() {
        for worker in hungry { worker.continuation.resume(returning: []) }
        hungry = []
    }

    private func noteEnd() { over.store(isExhausted && buffer.isEmpty, ordering: .relaxed) }

    private func wake() {
        idle?.resume()
        idle = nil
    }
}
