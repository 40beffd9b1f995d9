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
    private var hungry: [CheckedContinuation<PendingRow?, Never>] = []
    private var idle: CheckedContinuation<Void, Never>?
    private var taken = 0
    private var isExhausted = false
    private nonisolated let over = Atomic(false)
    private var isClosed = false

    init(chunk: Int, concurrency: Int) {
        self.chunk = chunk
        // A slow run claims a row when it is needed; a fast one claims ahead, so that no worker waits for the disk.
        lowWater = min(chunk - 1, concurrency * 2)
    }

    /// The next row, durable as *sending*; nil when there are no more, or the desk is closed.
    func next() async -> PendingRow? {
        if isClosed { return nil }
        if let row = buffer.popFirst() {
            taken += 1
            noteEnd()
            if buffer.count <= lowWater { wake() }
            return row
        }
        if isExhausted { return nil }
        return await withCheckedContinuation { continuation in
            hungry.append(continuation)
            wake()
        }
    }

    /// A worker is done with a row.
    func finished(_ record: RowRecord) {
        taken -= 1
        records.append(record)
        wake()
    }

    /// No new rows: those that were claimed and did not leave go back into the plan.
    func close() {
        guard !isClosed else { return }
        isClosed = true
        putBack()
        feed(nil)
        wake()
    }

    /// Rows that the ledger gave out.
    func arrived(_ rows: [PendingRow]) {
        if rows.isEmpty { isExhausted = true }
        buffer.append(contentsOf: rows)
        if isClosed { putBack() }
        while !hungry.isEmpty, let row = buffer.popFirst() {
            taken += 1
            hungry.removeFirst().resume(returning: row)
        }
        noteEnd()
        if isExhausted || isClosed { feed(nil) }
    }

    /// What the bookkeeper does next; waits until there is something.
    func step() async -> Step {
        while true {
            let wantsRows = !isExhausted && !isClosed && (!hungry.isEmpty || (buffer.count <= lowWater && lowWater > 0))
            if wantsRows || !records.isEmpty {
                defer { records = [] }
                return wantsRows ? .claim(chunk, records) : .record(records)
            }
            if (isExhausted || isClosed) && taken == 0 && buffer.isEmpty { return .done }
            await withCheckedContinuation { idle = $0 }
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

    private func feed(_ row: PendingRow?) {
        for continuation in hungry { continuation.resume(returning: row) }
        hungry = []
    }

    private func noteEnd() { over.store(isExhausted && buffer.isEmpty, ordering: .relaxed) }

    private func wake() {
        idle?.resume()
        idle = nil
    }
}
