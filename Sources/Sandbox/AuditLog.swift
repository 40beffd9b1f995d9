import Foundation
import JSONReading

/// The changes in a workspace since the sandbox was started, oldest first.
///
/// The values of `eventType` are made up, because those of the API are not known (docs/api.md).
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
        case "actorType", "eventSource": .string("API")
        case "eventSourceId": .integer(1)
        case "eventType": .string(entry.event.rawValue)
        case "metadataJson": .string(JSONValue.object(entry.metadata).json)
        // An API key does not belong to a user.
        default: .null
        }
    }
}

/// All entries, newest first.
struct AuditLogs: FieldSource {
    var items: [AuditItem]
    func value(of field: String) -> Resolved { .list(items.reversed()) }
}
