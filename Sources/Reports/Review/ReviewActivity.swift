import Domain
import Foundation

/// What the audit log records about the accounts of a review.
public struct ReviewActivity: Sendable {
    /// The name of the stored response of `getAuditLogs` in an evidence folder.
    public static let fileName = "audit-log.json"
    /// The number of days without recorded activity after which an active user is flagged.
    static let days = 90

    /// What the log records about the workspace.
    let activity: Activity
    /// The SHA-256 of the response, 64 hexadecimal characters.
    let sha256: String
    /// When the response was complete, as a record has the time.
    let receivedAt: Date
    /// The name of the workspace by which its events were selected; nil if it is not known.
    let workspace: String?
    /// The number of events of accounts of the review.
    let ofAccounts: Int
    /// The beginning of the ``days`` before the accounts were listed.
    let begin: Date
    /// Whether the log covers the time since ``begin``.
    let coverage: Coverage

    /// Whether a log shows that there was no activity in a time.
    enum Coverage: Hashable, Sendable {
        /// Its oldest event is older, and it records what accounts have done since.
        case covered
        /// It does not reach that far back, or that is not certain.
        case tooShort
        /// It records nothing about an account since, so it may not record what people do at all.
        case silent
        /// It names users since only by ids, and whose they are is not known.
        case unnamed
    }

    /// Takes a log.
    ///
    /// - Parameters:
    ///   - activity: what the log records.
    ///   - sha256: the SHA-256 of the response.
    ///   - receivedAt: when it was complete, as a record has the time.
    ///   - workspace: the name of the workspace by which its events were selected; nil if it is not known.
    ///   - source: all accounts of the review.
    /// - Throws: errors of the source.
    public init(
        _ activity: Activity, sha256: String, receivedAt: Date, workspace: String?, of source: some ReviewSource
    ) throws {
        self.activity = activity
        self.sha256 = sha256
        self.receivedAt = receivedAt
        self.workspace = workspace
        let begin = source.snapshot.takenAt.asRecorded.addingTimeInterval(-86_400 * Double(Self.days))
        self.begin = begin
        var found: [String: Activity.Person] = [:]
        if !activity.people.isEmpty {
            for kind in AccountKind.allCases {
                try source.accounts(kind) { account in
                    let key = EmailAddress.key(of: account.email)
                    if let person = activity.people[key] { found[key] = person }
                }
            }
        }
        ofAccounts = found.values.reduce(0) { $0 + $1.events }
        let newest = found.values.compactMap(\.last).max()
        coverage =
            if let oldest = activity.oldest, oldest.latest <= begin {
                // The log may have ended before, or name nobody.
                if let unnamed = activity.newestWithIDOnly, unnamed.latest >= begin {
                    .unnamed
                } else {
                    newest.map { $0.latest >= begin } == true ? .covered : .silent
                }
            } else { .tooShort }
    }

    /// How far back the log reaches, as a clause: every figure goes with it.
    public var reach: String {
        guard let oldest = activity.oldest, let newest = activity.newest else {
            return activity.events == 0
                ? (activity.ofOtherWorkspaces == 0
                    ? "the audit log has no events, so it shows nothing"
                    : "the audit log has no events of this workspace, and "
                        + "\(activity.ofOtherWorkspaces.grouped) of others, so it shows nothing")
                : "the audit log has \(activity.events.counted("event")), and the time of none of them can be used"
        }
        return
            "the audit log has \(activity.events.counted("event")), from \(Timestamp.text(oldest.moment, toSeconds: true)) to "
            + Timestamp.text(newest.moment, toSeconds: true)
    }

    /// Whether an active user is flagged, and why not, in words.
    var coverageWords: String {
        switch coverage {
        case .covered: "yes, by its oldest event; whether events are missing since then, a log does not show"
        case .tooShort where activity.oldest == nil: "no; the log shows nothing"
        case .tooShort: "no; the log does not reach back \(Self.days) days"
        case .unnamed: "no; events of these \(Self.days) days name users only by ids"
        case .silent: "no; the log records nothing about an account in these \(Self.days) days"
        }
    }

    /// The facts about the log.
    ///
    /// - Parameters:
    ///   - source: the accounts of the report.
    ///   - firstSnapshotAt: the time of the first snapshot of the workspace.
    func facts(_ source: some ReviewSource, firstSnapshotAt: Date) throws -> FactGroup {
        let accounts = AccountActivities(self, firstSnapshotAt: firstSnapshotAt)
        var quiet = 0
        if coverage == .covered {
            try source.accounts(.user) { if !accounts.flags(of: $0).isEmpty { quiet += 1 } }
        }
        let others = activity.events - activity.withoutActor - ofAccounts
        return FactGroup(
            key: "activity", title: "Activity",
            facts: [
                Fact("query", "Query", .text("getAuditLogs")),
                Fact("receivedAt", "Response received (UTC)", .time(receivedAt)),
                Fact("sha256", "SHA-256 of the response", .text(sha256)),
                Fact("workspace", "Events of the workspace named", Cell(workspace)),
                Fact("events", "Events in the audit log", .number(activity.events)),
                Fact("oldest", "Oldest event (UTC)", Cell(activity.oldest?.moment)),
                Fact("newest", "Newest event (UTC)", Cell(activity.newest?.moment)),
                Fact("covers", "Covers the last \(Self.days) days", .text(coverageWords)),
                Fact("quiet", "Active users with \(AccountActivities.flag)", .number(quiet)),
                Fact("ofAccounts", "Events of accounts in this workspace", .number(ofAccounts)),
                Fact("ofOthers", "Events of addresses without an account", .number(others)),
                Fact("withoutActor", "Events that name no address", .number(activity.withoutActor)),
                Fact("withIDOnly", "Of these, events with the id of a user", .number(activity.withIDOnly)),
                Fact(
                    "ofOtherWorkspaces", "Events of other workspaces, not counted", .number(activity.ofOtherWorkspaces)),
                Fact("repeated", "Events with the id of another event", .number(activity.repeated)),
                Fact("withoutID", "Events without an id that can be compared", .number(activity.withoutID)),
                Fact(
                    "unreadableTimes", "Events with a time that cannot be read, or before 2000",
                    .number(activity.unreadableTimes)),
                Fact("futureTimes", "Events with a time in the future", .number(activity.futureTimes)),
                Fact(
                    "timesWithoutZone", "Events with a time without a time zone, read as UTC",
                    .number(activity.timesWithoutZone)),
                Fact(
                    "meaning", "What it shows",
                    .text(
                        "Only what the audit log records: \(reach). rollcall does not interpret the types of events. An "
                            + "account without recorded activity may have been used nevertheless.")),
            ])
    }

    /// The maximum number of event types that are shown.
    static let mostTypes = 50

    /// The number of events of each type, the most frequent first.
    var tally: Tally {
        // Different types can look the same when they are shortened.
        let types = activity.types.reduce(into: [String: Int]()) { types, type in
            types[type.key.isEmpty ? "(no type)" : Terminal.plain(type.key, limit: 100), default: 0] += type.value
        }
        let sorted = types.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        var counts = sorted.prefix(Self.mostTypes).map { (label: $0.key, count: $0.value) }
        let rest = sorted.dropFirst(Self.mostTypes)
        if !rest.isEmpty {
            // No type is called like that: its label would be the same.
            let label = "(\(rest.count.counted("other type")))"
            counts.append((types[label] == nil ? label : label + " ", rest.reduce(0) { $0 + $1.value }))
        }
        return Tally(key: "eventsByType", title: "Events in the audit log by type", counts: counts)
    }

    /// How the log was read, for the history.
    var record: ActivityRecord { ActivityRecord(receivedAt: Timestamp.text(receivedAt), workspace: workspace) }
}

/// How the audit log of a review was read: a member of `history.json`.
public struct ActivityRecord: Codable, Sendable {
    /// When the response was complete; UTC, ISO 8601. Later events are in the future.
    public var receivedAt: String
    /// The name of the workspace by which its events were selected; nil if it was not known.
    public var workspace: String?
}
