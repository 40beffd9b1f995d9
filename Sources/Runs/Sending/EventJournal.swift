import Domain
import Ledger

/// A journal that reports rows as events when their outcome is final and durable.
struct EventJournal: OperationJournal {
    let number: Int64
    let journal: RunJournal
    let ledger: Ledger
    let news: RunNews

    func claim(
        _ limit: Int, within limits: ClaimLimits, recording records: [RowRecord]
    ) async throws -> [PendingRow] {
        let rows = try await journal.claim(limit, within: limits, recording: records)
        try tell(records)
        return rows
    }

    func record(_ records: [RowRecord]) async throws {
        try await journal.record(records)
        try tell(records)
    }

    func settle(by look: Look?, on terms: SettlementTerms) async throws -> Settlement {
        let asked = try ledger.unanswered(of: number)
        let settlement = try await journal.settle(by: look, on: terms)
        try tell(asked)
        return settlement
    }

    private func tell(_ records: [RowRecord]) throws {
        try tell(records.filter { $0.outcome.map { $0.kind != .unknown } ?? false }.map(\.ordinal))
    }

    private func tell(_ ordinals: [Int64]) throws {
        guard !ordinals.isEmpty else { return }
        var rows: [ResultRow] = []
        try ledger.results(of: number, ordinals: ordinals) { if $0.isFinal { rows.append($0) } }
        news.rows(rows)
    }
}

extension ResultRow {
    /// Whether the outcome of the row cannot change any more during its run.
    var isFinal: Bool { outcome.kind != .unknown && outcome.kind != .notSent }
}
