import Domain
import Foundation
import Populations

/// What one look at the API brings to light.
public struct Probe: Sendable {
    /// How many active users there are.
    public let users: Int
    /// How many invites there are.
    public let invites: Int
    /// From the request to the whole answer.
    public let took: Duration
    /// When the answer was there, by this machine's clock.
    public let receivedAt: Date
    /// When the answer was made, by the server's clock, to the second; nil if it does not say.
    public let serverTime: Date?
}

extension WorkspaceClient {
    /// Asks once who is in the workspace; nothing is asked a second time, and the time for one operation is the limit.
    ///
    /// - Throws: why there is no list.
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
                serverTime: response.header("Date").flatMap { RetryAfter.date($0, now: now) })
        }
        switch end {
        case .value(let probe): return probe
        case .failed(let failure), .again(let failure, _): throw failure
        }
    }
}
