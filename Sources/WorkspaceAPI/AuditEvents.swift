import Domain
import Foundation

/// The events of a log, by workspace.
final class AuditEvents {
    private let receivedAt: Date
    /// What is recorded about each workspace, by its id, or by its name if it has no id; nil: events that name none.
    private var workspaces: [String?: Activity] = [:]
    /// The names of each workspace, which may change.
    private var names: [String: Set<String>] = [:]
    /// The ids of the events of each workspace, which may number them from 1.
    private var ids: [String?: IntegerSet] = [:]
    /// The first fault of an event. It is reported only if the response has no errors, which explain more.
    private var fault: UnusableListing?

    /// More workspaces, and names of them, than one log can be about.
    private static let mostWorkspaces = 1000

    init(receivedAt: Date) { self.receivedAt = receivedAt }

    /// Adds the events of an array in JSON.
    ///
    /// - Parameter start: the number of elements before these.
    /// - Returns: the number of elements.
    /// - Throws: ``UnusableListing`` if the text is not JSON. Faults of events are reported at the end.
    func add(_ batch: [UInt8], from start: Int) throws(UnusableListing) -> Int {
        let events = try AuditEvent.all(in: batch)
        for (place, event) in events.enumerated() where fault == nil {
            do throws(UnusableListing) {
                try add(event, AuditEvent.path(start + place))
            } catch {
                fault = error
            }
        }
        return events.count
    }

    private func add(_ found: AuditEvent, _ path: @autoclosure () -> String) throws(UnusableListing) {
        try found.check(path())
        let actor = try found.text(.actorEmail, path()).map(EmailAddress.key(of:)) ?? ""
        var event = Activity.Event(
            actor: actor.isEmpty ? nil : actor, type: try found.text(.eventType, path()) ?? "", time: found.time)
        event.hasActorID = found.members[.actorUserId].map { $0 != .null } ?? false
        let workspace = try workspace(found, path())
        if case .integer(let id)? = found.members[.id] {
            event.identity = ids[workspace, default: IntegerSet()].insert(id) ? .new : .repeated
        }
        workspaces[workspace, default: Activity()].add(event, receivedAt: receivedAt)
    }

    /// The key of the workspace of an event.
    private func workspace(_ event: AuditEvent, _ path: @autoclosure () -> String) throws(UnusableListing) -> String? {
        let name = try event.text(.workspaceName, path())
        let id: String? =
            if case .integer(let number)? = event.members[.workspaceId] { "\(number)" } else {
                try event.text(.workspaceId, path())
            }
        guard let key = id ?? name.map({ "name " + $0 }) else { return nil }
        names[key, default: []].formUnion(name.map { [$0] } ?? [])
        guard names.count <= Self.mostWorkspaces, names[key, default: []].count <= Self.mostWorkspaces else {
            throw .shape("it names more than \(Self.mostWorkspaces) workspaces")
        }
        return key
    }

    /// What is recorded about a workspace. Events that name no workspace count for it, because its credentials got the log.
    ///
    /// - Parameter name: its name; nil if it is not known.
    /// - Throws: the first fault of an event, or an error if it is not certain which events are of the workspace.
    func activity(of name: String?) throws(UnusableListing) -> Activity {
        if let fault { throw fault }
        let own = name.map { name in names.filter { $0.value.contains(name) }.map(\.key) } ?? Array(names.keys)
        guard own.count <= 1 else {
            throw .shape(
                name == nil
                    ? "it has events of \(own.count.grouped) workspaces, and these credentials do not say which one is meant"
                    : "it has events of \(own.count.grouped) workspaces with the name of this one")
        }
        var activity = workspaces[nil] ?? Activity()
        if let key = own.first, let found = workspaces[key] { activity.add(found) }
        activity.ofOtherWorkspaces = workspaces.filter { $0.key != nil && $0.key != own.first }.values
            .reduce(0) { $0 + $1.events }
        return activity
    }
}

/// A set of integers in 64 bits each: ids are mostly consecutive, so that this needs far less memory than a set of them.
struct IntegerSet {
    private var blocks: [Int: UInt64] = [:]

    /// - Returns: whether the number was new.
    mutating func insert(_ number: Int) -> Bool {
        let bit = UInt64(1) << UInt64(number & 63)
        let block = blocks[number >> 6, default: 0]
        guard block & bit == 0 else { return false }
        blocks[number >> 6] = block | bit
        return true
    }
}
