import Foundation

/// The headers with the rest of a rate limit, in the forms that are in use: `RateLimit-Remaining` and
/// `RateLimit-Reset`, the same with the prefix `X-`, and `RateLimit` with members
/// (draft-ietf-httpapi-ratelimit-headers).
struct RateLimitHeaders {
    /// Whether the limit is used up.
    let isUsedUp: Bool
    /// The time until it is reset, zero to a day; nil if the headers do not say.
    let reset: Duration?

    init(_ response: TransportResponse, now: Date) {
        let members = Self.members(of: response.header("RateLimit") ?? "")
        let remaining = Self.first(
            ["RateLimit-Remaining", "X-RateLimit-Remaining", "X-Rate-Limit-Remaining"], response)
        isUsedUp = (remaining ?? members["remaining"] ?? members["r"]).flatMap(Double.init) == 0
        let reset = Self.first(["RateLimit-Reset", "X-RateLimit-Reset", "X-Rate-Limit-Reset"], response)
        self.reset = (reset ?? members["reset"] ?? members["t"]).flatMap(Double.init).flatMap { number in
            // Some servers return the moment in seconds since 1970 instead of the time until then.
            let seconds = number > 1e9 ? number - now.timeIntervalSince1970 : number
            return seconds >= 0 ? .seconds(min(seconds, Double(RetryAfter.longest))) : nil
        }
    }

    private static func first(_ names: [String], _ response: TransportResponse) -> String? {
        names.lazy.compactMap { response.header($0) }.first.map { $0.trimmingCharacters(in: .whitespaces) }
    }

    /// `limit=10, remaining=0, reset=5`, and `"default";r=0;t=5`.
    private static func members(of text: String) -> [String: String] {
        let pairs = text.split { $0 == "," || $0 == ";" }.compactMap { part -> (String, String)? in
            let halves = part.split(separator: "=", maxSplits: 1)
            guard halves.count == 2 else { return nil }
            return (
                halves[0].trimmingCharacters(in: .whitespaces).lowercased(),
                halves[1].trimmingCharacters(in: .whitespaces)
            )
        }
        return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }
}
