import Foundation
import JSONReading

/// What changed in a workspace since the sandbox was started, oldest first.
///
/// The words of `eventType` are the sandbox's own: nobody knows the API's (docs/api.md).
struct AuditLog: Sendable {
    enum Event: String, Sendable {
        case userInvited = "USER_INVITED"
        case accountTypeUpdated = "USER_ACCOUNT_TYPE_UPDATED"
        case userDisabled = "USER_DISABLED"
    }

    struct Entry: Sendable {
        var time: Date
        var event: Event
        /// The address, the uid or the account type of the user concerned, by name.
        var metadata: [String: JSONValue]
    }

    private(set) var entries: [Entry] = []

    mutating func note(_ event: Event, _ metadata: [String: String]) {
        entries.append(Entry(time: Date(), event: event, metadata: metadata.mapValues(JSONValue.string)))
    }
}

/// One entry as the API shows it.
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
        case "actorType", "eventSource": .string("API")
        case "eventSourceId": .integer(1)
        case "eventType": .string(entry.event.rawValue)
        case "metadataJson": .string(JSONValue.object(entry.metadata).json)
        // An API key is no user.
        default: .null
        }
    }
}

/// All entries, newest first.
struct AuditLogs: FieldSource {
    var items: [AuditItem]
    func value(of field: String) -> Resolved { .list(items.reversed()) }
}
