import Domain
import Foundation
import Hashing
import Ledger
import Populations
import Reports
import TerminalIO
import WorkspaceAPI

/// One answer of `listUsers` that the ledger has kept.
public struct KeptListing {
    let population: Population
    /// The body as the API sent it.
    public let raw: ResponseBody
    /// The answer as the ledger keeps it.
    public let snapshot: Snapshot
    /// What readers of a report must know about it.
    public let warnings: [String]

    /// The people as strings of their own.
    public var roster: Roster { population.roster }
}

extension Connection {
    /// Asks who is in the workspace, and keeps the answer as a snapshot.
    ///
    /// - Parameter allowEmpty: take an empty list where there were users before.
    /// - Throws: ``CommandFailure``; an answer that cannot be right is neither used nor kept.
    public func listing(keptIn ledger: Ledger, allowEmpty: Bool) async throws -> KeptListing {
        do {
            return try await checkedListing(keptIn: ledger, allowEmpty: allowEmpty)
        } catch let failure as ListingFailure {
            throw CommandFailure(failure)
        } catch let failure as LedgerError {
            throw CommandFailure(.nothingSent, failure.sentence)
        }
    }

    /// - Throws: ``ListingFailure`` or ``LedgerError``.
    fileprivate func checkedListing(keptIn ledger: Ledger, allowEmpty: Bool) async throws -> KeptListing {
        let startedAt = Date()
        let asking = StageCounter("Listing users", .bytes)
        let listing = try await console.during(asking) {
            try await client.listing { progress in
                switch progress {
                case .asked: asking.wait(.until("the answer"))
                case .received(let bytes, let stated):
                    asking.wait(nil)
                    asking.set(bytes, of: stated)
                case .tryingAgain(let time, let reason): asking.wait(.time(time, because: reason))
                }
            }
        }
        let takenAt = Date()
        var warnings: [String] = []
        if listing.population.users == 0, let earlier = try ledger.snapshot(of: workspace), earlier.active > 0 {
            let then =
                (earlier.active == 1 ? "there was " : "there were ")
                + "\(earlier.active.counted("active user")) at \(Timestamp.text(earlier.takenAt, toSeconds: true))"
            guard allowEmpty else {
                throw ListingFailure.unusable(
                    reason: "it is empty, but \(then); if that is correct, use --allow-empty")
            }
            warnings.append("The API's user list is empty, but \(then). It was accepted because of --allow-empty.")
        }
        let snapshot = try console.during(StageCounter("Storing the user list")) {
            try ledger.record(
                listing.population,
                as: Snapshot(
                    workspace: workspace, startedAt: startedAt, takenAt: takenAt, active: listing.population.users,
                    invited: listing.population.invites, rawSHA256: SHA256Text.of(listing.raw.data)))
        }
        return KeptListing(population: listing.population, raw: listing.raw, snapshot: snapshot, warnings: warnings)
    }
}

/// Who is in the workspace, for a run that asks in its middle: under the same guards as every listing, and kept.
public struct KeptRoster: RosterSource {
    let connection: Connection
    let ledger: Ledger
    let allowEmpty: Bool

    /// - Parameter allowEmpty: take an empty list where there were users before.
    public init(connection: Connection, ledger: Ledger, allowEmpty: Bool) {
        self.connection = connection
        self.ledger = ledger
        self.allowEmpty = allowEmpty
    }

    /// Asks, and keeps the answer.
    public func listUsers() async throws(ListingFailure) -> Roster {
        do {
            return try await connection.checkedListing(keptIn: ledger, allowEmpty: allowEmpty).roster
        } catch let failure as ListingFailure {
            throw failure
        } catch let failure as LedgerError {
            throw .unusable(reason: failure.sentence)
        } catch {
            throw .unusable(reason: "\(error)")
        }
    }
}
