import Domain
import Foundation
import Hashing
import Ledger
import Populations
import Reports
import TerminalIO
import WorkspaceAPI

/// One response of `listUsers`, stored in the ledger.
public struct KeptListing {
    let population: Population
    /// The body as the API sent it.
    public let raw: ResponseBody
    /// The record of the response in the ledger.
    public let snapshot: Snapshot
    /// Warnings for the report.
    public let warnings: [String]
    /// The API and its response, for the record of what is made from it.
    public let api: Provenance.API

    /// The accounts as strings.
    public var roster: Roster { population.roster }
}

extension Connection {
    /// Lists the workspace, and stores the response as a snapshot.
    ///
    /// - Parameter allowEmpty: whether to accept an empty list if earlier snapshots had users.
    /// - Throws: ``CommandFailure``; a response that cannot be correct is neither used nor stored.
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
            try await client.listing { asking.show($0) }
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
        let api = Provenance.API(
            host: host, certificateSHA256: listing.source.certificateSHA256,
            credentials: client.credentialsFingerprint, requestedAt: startedAt, answeredAt: takenAt,
            date: listing.source.date)
        return KeptListing(
            population: listing.population, raw: listing.raw, snapshot: snapshot, warnings: warnings, api: api)
    }
}

/// Lists the workspace during a run: with the same checks as every listing, and stored.
public struct KeptRoster: RosterSource {
    let connection: Connection
    let ledger: Ledger
    let allowEmpty: Bool

    /// - Parameter allowEmpty: whether to accept an empty list if earlier snapshots had users.
    public init(connection: Connection, ledger: Ledger, allowEmpty: Bool) {
        self.connection = connection
        self.ledger = ledger
        self.allowEmpty = allowEmpty
    }

    /// Lists the workspace, and stores the response.
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
