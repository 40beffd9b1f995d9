import Domain
import Foundation
import JSONReading
import Populations

/// The result of a single test request to the API.
public struct Probe: Sendable {
    /// The number of active users.
    public let users: Int
    /// The number of invitations.
    public let invites: Int
    /// The time from the request to the complete response.
    public let took: Duration
    /// When the response was complete, by this machine's clock.
    public let receivedAt: Date
    /// The time of the response by the server's clock, in whole seconds; nil if the server does not send it.
    public let serverTime: Date?
}

extension WorkspaceClient {
    /// Lists the workspace once, without a retry, within the timeout for one operation.
    ///
    /// - Throws: ``ListingFailure``.
    public func probe() async throws(ListingFailure) -> Probe {
        let clock = ContinuousClock()
        let start = clock.now
        let end = await attempt(.listUsers, timeout: timeout) {
            response throws(UnusableListing) in
            let listing = try Listing(response.body)
            let now = Date()
            return Probe(
                users: listing.population.users, invites: listing.population.invites,
                took: start.duration(to: clock.now), receivedAt: now,
                serverTime: ResponseSource(response).date)
        }
        switch end {
        case .value(let probe): return probe
        case .failed(let failure), .again(let failure, _): throw failure
        }
    }

    /// Asks once whether the audit log can be read, without a retry and without its events.
    ///
    /// - Throws: ``ListingFailure`` if it cannot be read.
    public func probeAuditLog() async throws(ListingFailure) {
        let end = await attempt(.probeAuditLog, timeout: timeout) { response throws(UnusableListing) in
            let root: JSONValue
            do throws(InvalidJSON) { root = try JSONDocument(response.body).root } catch {
                throw UnusableListing(error)
            }
            if let errors = GraphQLErrors(root["errors"]) { throw .errors(errors) }
            _ = try JSONPlace(root).member("data").member("getAuditLogs")
        }
        switch end {
        case .value: return
        case .failed(let failure), .again(let failure, _): throw failure
        }
    }
}
