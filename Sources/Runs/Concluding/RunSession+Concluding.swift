import Connections
import Domain
import Execution
import Foundation
import Ledger
import Planning
import TerminalIO

/// The end of a run: verify the outcomes, write the files, report.
extension RunSession {
    var news: RunNews { setup.news }

    /// Ends the run before it has sent anything. Its rows are kept, and a resume sends them.
    public func leave() throws {
        defer { setup.lock.release() }
        let record = try asCommandFailure(.needsAttention) {
            try ledger.finish(number, as: .interrupted, at: Date())
            try news.rows(of: number, in: ledger, where: \.isFinal)
            return try ledger.run(number)
        }
        _ = try reportOutcome(of: record, Ending())
    }

    /// Writes the results and the other files.
    ///
    /// - Returns: whether every file was written.
    func reportOutcome(of record: RunRecord, _ end: Ending) throws -> Bool {
        try asCommandFailure(.needsAttention) {
            try news.rows(of: number, in: ledger) { !$0.isFinal }
            try news.rows(of: number, in: ledger, event: "contradicted") { $0.verified == .contradicted }
        }
        var left = RunResults(record, in: ledger).conclude(in: files, on: console)
        left += RunAftermath(record, in: ledger).write(after: end.listing, on: console)
        try news.concluded(record, left.files)
        return left.isComplete
    }

    /// Compares the outcomes with the current workspace. If it cannot be listed, the outcomes stay unverified.
    ///
    /// - Returns: the listing; nil if there is none.
    func verify() async -> KeptListing? {
        do {
            let listing = try await setup.list()
            try await console.during(StageCounter("Comparing outcomes with the workspace")) {
                try await journal().verify(
                    by: listing.roster, snapshot: listing.snapshot.number, verdict: OperationRules.verify)
            }
            return listing
        } catch {
            console.complain("The outcomes could not be verified: \(CommandFailure(anything: error).sentence ?? "")")
        }
        return nil
    }

    func conclude(_ record: RunRecord, _ end: Ending, isVerified: Bool, isWritten: Bool) throws {
        if let failure = end.ledgerFailure {
            throw CommandFailure(.needsAttention, "\(failure.sentence); sending was stopped, \(whatIsLeft(of: record))")
        }
        if let refusal = end.refusal {
            console.complain(refusal)
            throw CommandFailure(.needsAttention, "the rows that remove access or privileges were not sent")
        }
        switch end.run {
        case .interrupted: throw CommandFailure(.interrupted)
        case .stopped(.credentialsRefused(let reason)):
            throw CommandFailure(.credentialsRefused, "the credentials were refused, so the run was stopped: \(reason)")
        case .stopped(.unreachable(let reason)):
            throw CommandFailure(.unreachable, "the API could not be reached, so the run was stopped: \(reason)")
        case .stopped(.refused(let reason)):
            throw CommandFailure(
                .needsAttention,
                "consecutive rows failed with the same error, so the run was stopped, \(whatIsLeft(of: record)): \(reason)"
            )
        case .stopped(.throttled(let reason)):
            throw CommandFailure(
                .needsAttention,
                "the API's rate limit was reached, so the run was stopped, \(whatIsLeft(of: record)): \(reason)"
            )
        case .finished, nil: break
        }
        let isContradicted = (record.check?.contradicted ?? 0) > 0 || !isVerified
        if record.needsAttention || isContradicted || !isWritten { throw CommandFailure(.needsAttention) }
    }

    /// `1,700 rows not sent, 3 unconfirmed`
    private func whatIsLeft(of record: RunRecord) -> String {
        let unknown = record.counts[.unknown] ?? 0
        let notSent = "\((record.counts[.notSent] ?? 0).counted("row")) not sent"
        return unknown > 0 ? "\(notSent), \(unknown.grouped) unconfirmed" : notSent
    }
}
