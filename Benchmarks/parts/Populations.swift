import Domain
import Foundation
import Ledger
import Populations

extension Part {
    /// Large user lists over two snapshots, as the ledger keeps them and as a SQL row for each state would: each part
    /// goes on with the file that the one before it has left in `--keep FOLDER`.
    static let populations: [Part] =
        [
            Part(name: "first-blocks", help: "the first snapshot, in blocks") {
                try snapshot(inBlocks: $0, isLater: false)
            },
            Part(name: "second-blocks", help: "a second one, 1 % changed") {
                try snapshot(inBlocks: $0, isLater: true)
            },
            Part(
                name: "review-blocks", help: "the accounts and changes of the second snapshot", run: review(ofBlocks:)),
            Part(name: "first-rows", help: "first-blocks, in plain rows") { try snapshot(inRows: $0, isLater: false) },
            Part(name: "second-rows", help: "second-blocks, in plain rows") { try snapshot(inRows: $0, isLater: true) },
            Part(name: "review-rows", help: "review-blocks, from plain rows", run: review(ofRows:)),
        ]

    private static let workspace = "api.acme.example/one"

    private static func snapshot(inBlocks work: Work, isLater: Bool) throws -> () throws -> Done {
        let population = try listing(work, isLater: isLater)
        let file = work.folder + "/blocks.db"
        let time = SyntheticReview.day.addingTimeInterval(isLater ? 7e6 : 0)
        return {
            let ledger = try Ledger.open(at: file)
            _ = try ledger.record(
                population,
                as: Snapshot(
                    workspace: workspace, startedAt: time, takenAt: time, active: population.users,
                    invited: population.invites, rawSHA256: String(repeating: "a1", count: 32)))
            return Done(rows: work.rows, file: file)
        }
    }

    @Sendable private static func review(ofBlocks work: Work) throws -> Done {
        let file = work.folder + "/blocks.db"
        let ledger = try Ledger.open(at: file)
        let snapshots = try ledger.snapshots(of: workspace)
        guard snapshots.count == 2 else { throw MissingSnapshots() }
        let earlier = ReviewRecord(
            id: "2026-Q3", workspace: workspace, snapshot: snapshots[1].number, takenAt: snapshots[1].takenAt,
            folder: "", manifestSHA256: "")
        let review = try RosterReview(of: snapshots[0], since: earlier, in: ledger)
        var done = Done(rows: 0, file: file)
        for kind in AccountKind.allCases { review.accounts(kind) { done.rows += $0.email.isEmpty ? 0 : 1 } }
        review.changes { _ in done.cells += 1 }
        return done
    }

    private static func snapshot(inRows work: Work, isLater: Bool) throws -> () throws -> Done {
        let population = try listing(work, isLater: isLater)
        let file = work.folder + "/rows.db"
        return {
            try PlainRows(at: file).bringIn(population, as: isLater ? 2 : 1)
            return Done(rows: work.rows, file: file)
        }
    }

    @Sendable private static func review(ofRows work: Work) throws -> Done {
        let file = work.folder + "/rows.db"
        let rows = try PlainRows(at: file)
        var done = Done(rows: 0, file: file)
        for kind in AccountKind.allCases {
            try rows.accounts(kind, of: 2, since: 1) { done.rows += $0.email.isEmpty ? 0 : 1 }
        }
        try rows.changes(of: 2, since: 1) { _ in done.cells += 1 }
        return done
    }

    private static func listing(_ work: Work, isLater: Bool) throws -> Population {
        guard let population = SyntheticListing.population(work.rows, isLater: isLater) else {
            throw MissingSnapshots()
        }
        return population
    }

    /// A review of snapshots that are not there.
    struct MissingSnapshots: Error, CustomStringConvertible {
        var description: String { "first-… and second-… come first, with the same --keep FOLDER" }
    }
}
