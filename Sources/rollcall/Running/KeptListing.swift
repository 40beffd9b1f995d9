import Domain
import Foundation
import Ledger
import Reports
import WorkspaceAPI

/// One answer of `listUsers` that the ledger has kept.
struct KeptListing {
    let roster: Roster
    /// The body as the API sent it.
    let raw: Data
    let snapshot: Snapshot
    /// What readers of a report must know about it.
    let warnings: [String]
}

extension Connection {
    /// Asks who is in the workspace, and keeps the answer as a snapshot.
    ///
    /// - Parameter allowEmpty: take an empty list where there were users before.
    /// - Throws: ``CommandFailure``; an answer that cannot be right is neither used nor kept.
    func listing(keptIn ledger: Ledger, allowEmpty: Bool) async throws -> KeptListing {
        let startedAt = Date()
        let listing: Listing
        do {
            listing = try await client.listing()
        } catch {
            throw CommandFailure(error)
        }
        let takenAt = Date()
        var warnings: [String] = []
        let earlier = try inWords { try ledger.snapshot(of: workspace) }
        if listing.roster.active.isEmpty, let earlier, earlier.active > 0 {
            let then = "\(earlier.active.counted("active user")) at \(Timestamp.text(earlier.takenAt, toSeconds: true))"
            guard allowEmpty else {
                throw CommandFailure(
                    .nothingSent,
                    "the API's list of users is empty, and there were \(then); if that is right, give --allow-empty")
            }
            warnings.append("The API's list of users is empty; there were \(then). It was taken as it is on request.")
        }
        let snapshot = try inWords {
            try ledger.record(
                listing.roster,
                as: Snapshot(
                    workspace: workspace, startedAt: startedAt, takenAt: takenAt,
                    active: listing.roster.active.count, invited: listing.roster.invited.count,
                    rawSHA256: SHA256Text.of(listing.raw)))
        }
        return KeptListing(roster: listing.roster, raw: listing.raw, snapshot: snapshot, warnings: warnings)
    }
}
