import Domain
import Foundation
import JSONReading

/// The events of a workspace, oldest first: a made-up history, and the changes since the sandbox was started.
///
/// The values of `eventType` are made up, because those of the API are not known (docs/api.md).
struct AuditLog: Sendable {
    enum Event: String, Sendable {
        case userInvited = "USER_INVITED"
        case accountTypeUpdated = "USER_ACCOUNT_TYPE_UPDATED"
        case userDisabled = "USER_DISABLED"
        case signedIn = "USER_SIGNED_IN"
        case scheduleRun = "SCHEDULE_RUN"
        case queryRun = "QUERY_RUN"
    }

    struct Entry: Sendable {
        var time: Date
        var event: Event
        /// The address of the user who did it; nil for an API key, which does not belong to a user.
        var actor: String?
        /// The address, the uid or the account type of the user concerned, by name.
        var metadata: [String: JSONValue]
    }

    private(set) var entries: [Entry]

    /// An empty log.
    init() { entries = [] }

    /// The made-up history of a workspace: the first users have signed in yesterday, months ago, or never. Somebody who has
    /// left has events as well.
    ///
    /// - Parameter now: when the sandbox is started; the times are relative to it.
    init(of roster: Roster, endingAt now: Date) {
        entries = []
        guard !roster.active.isEmpty else { return }
        let day = 86_400.0
        let add = { (log: inout AuditLog, days: Double, event: Event, actor: String?) in
            log.entries.append(
                Entry(time: now.addingTimeInterval(-days * day), event: event, actor: actor, metadata: [:]))
        }
        add(&self, 400, .signedIn, "former.employee@example.com")
        for (number, user) in roster.active.prefix(Self.mostUsers).enumerated() {
            let place = Double(number)
            switch number % 5 {
            case 3: add(&self, 150 + place, .signedIn, user.email)
            case 4: break
            default:
                for weeks in 1...4 { add(&self, Double(weeks) * 7 + place / 100, .queryRun, user.email) }
                add(&self, 1 + place / 100, .signedIn, user.email)
            }
        }
        for days in 1...10 { add(&self, Double(days) + 0.5, .scheduleRun, nil) }
        entries.sort { $0.time < $1.time }
    }

    /// How many users have a history, so that the log of a large workspace stays small.
    private static let mostUsers = 100

    mutating func note(_ event: Event, _ metadata: [String: String]) {
        entries.append(
            Entry(time: Date(), event: event, actor: nil, metadata: metadata.mapValues(JSONValue.string)))
    }
}

/// One entry in the form of the API.
struct AuditItem: FieldSource {
    /// Counted from 1.
    var number: Int
    var entry: AuditLog.Entry
    var workspace: WorkspaceItem
    /// Counted from 1.
    var workspaceNumber: Int

    func value(of field: String) -> Resolved {
        switch field {
        case "id", "eventId": .integer(number)
        case "createdDttm": .string(entry.time.formatted(.iso8601))
        case "workspaceId": .integer(workspaceNumber)
        case "workspaceName": .string(workspace.name)
        case "actorType": .string(entry.actor == nil ? "API" : "USER")
        case "actorEmail": entry.actor.map(Resolved.string) ?? .null
        case "eventSource": .string(entry.actor == nil ? "API" : "WEB")
        case "eventSourceId": .integer(1)
        case "eventType": .string(entry.event.rawValue)
        case "metadataJson": .string(JSONValue.object(entry.metadata).json)
        default: .null
        }
    }
}

/// All entries, newest first.
struct AuditLogs: FieldSource {
    var items: [AuditItem]
    func value(of field: String) -> Resolved { .list(items.reversed()) }
}
