import Domain

/// Why a review has no activity: a member of `evidence.json`.
///
/// Only the program that exported the review has seen it. It does not follow from another file of the folder.
public struct AbsentActivity: Codable, Hashable, Sendable {
    /// The causes. A code keeps its meaning.
    public enum Code: String, Codable, Sendable {
        /// The audit log was not wanted.
        case notRequested
        /// The API refused it to these credentials.
        case notPermitted
        /// The API does not know the query.
        case notOffered
        /// There was no response, or the rate limit did not permit one.
        case notReceived
        /// The response cannot be used.
        case unusable
    }

    /// The cause.
    public var code: Code
    /// What the API answered, or what is wrong with its response; nil if nothing was requested.
    public var reason: String?

    /// The audit log was not wanted.
    public static let notRequested = AbsentActivity(code: .notRequested)

    private init(code: Code, reason: String? = nil) {
        self.code = code
        self.reason = reason
    }

    /// A request failed.
    public init(_ failure: ListingFailure) {
        let code: Code =
            switch failure {
            case .credentialsRefused: .notPermitted
            case .unreachable, .throttled: .notReceived
            case .unusable(let reason): Self.saysUnknown(reason) ? .notOffered : .unusable
            }
        self.init(code: code, reason: Terminal.plain(failure.reason, limit: 500))
    }

    /// Whether a server says that it does not know the query, in the words of graphql-js and graphql-core, graphql-java or
    /// graphql-ruby.
    private static func saysUnknown(_ reason: String) -> Bool {
        ["Cannot query field", "is undefined", "doesn't exist on type"].contains { reason.contains($0) }
            && reason.contains("getAuditLogs")
    }

    /// The cause, as a clause.
    public var words: String {
        switch code {
        case .notRequested: "the audit log was not requested, because of --no-activity or the setting activity"
        case .notPermitted: "the API did not permit these credentials to read the audit log"
        case .notOffered: "the API does not offer the audit log"
        case .notReceived: "the API did not send the audit log"
        case .unusable: "the audit log cannot be used"
        }
    }

    /// The facts of a review without activity.
    var facts: FactGroup {
        FactGroup(
            key: "activity", title: "Activity",
            facts: [
                Fact("query", "Query", .text("getAuditLogs")),
                Fact("absent", "Not shown", .text(words)),
                Fact("reason", "Reason", Cell(reason)),
                Fact(
                    "meaning", "What it shows",
                    .text(
                        "Nothing about activity: \(words). That is what rollcall recorded when the review was exported; no "
                            + "other file shows it.")),
            ])
    }
}

/// What a review knows about activity.
public enum ReviewActivityState: Sendable {
    /// What the audit log records.
    case recorded(ReviewActivity)
    /// There is no log.
    case absent(AbsentActivity)
}
