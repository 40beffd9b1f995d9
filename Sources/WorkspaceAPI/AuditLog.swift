import Domain
import Foundation
import Hashing
import JSONReading

/// A stored response of `getAuditLogs`, and what it records about one workspace.
public struct AuditLog: Sendable {
    /// What the log records.
    public let activity: Activity
    /// The SHA-256 of the response, 64 hexadecimal characters.
    public let sha256: String

    /// How a log is read.
    public struct Reading: Sendable {
        /// When the log was received; later events are in the future.
        public var receivedAt: Date
        /// The name of the workspace in the API; nil if it is not known. Then the log must be about a single workspace.
        public var workspace: String?

        /// Takes the time, and the name of the workspace.
        public init(receivedAt: Date, workspace: String?) {
            self.receivedAt = receivedAt
            self.workspace = workspace
        }
    }

    /// Reads a stored log.
    ///
    /// - Throws: an error that says why it cannot be used.
    public init(at path: String, _ reading: Reading) throws {
        do throws(UnusableListing) {
            try self.init(reading: path, reading)
        } catch {
            throw UnusableAuditLog(reason: error.reason)
        }
    }

    /// - Parameter onBytes: called with the number of bytes that have been read.
    init(
        reading path: String, _ reading: Reading, onBytes: (Int) -> Void = { _ in }
    ) throws(UnusableListing) {
        let events = AuditEvents(receivedAt: reading.receivedAt)
        var scanner = AuditLogScanner { elements, before throws(UnusableListing) in events.add(elements, from: before) }
        var hash = SHA256()
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard file >= 0 else { throw Self.notRead }
        defer { close(file) }
        guard FileStatus(descriptor: file)?.kind == .regular else { throw .notKept("it is not a regular file") }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
        defer { buffer.deallocate() }
        var total = 0
        while true {
            let count = read(file, buffer.baseAddress, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Self.notRead }
            guard count > 0 else { break }
            let piece = UnsafeRawBufferPointer(rebasing: buffer[..<count])
            hash.update(piece)
            try scanner.take(piece)
            total += count
            onBytes(total)
        }
        try Self.check(try scanner.finish())
        activity = try events.activity(of: reading.workspace)
        sha256 = hash.digest.text
    }

    private static var notRead: UnusableListing {
        .notKept("it could not be read again: " + String(cString: strerror(errno)))
    }

    /// Checks the response, whose array of events is empty here.
    private static func check(_ root: JSONValue) throws(UnusableListing) {
        // With errors, `data` is null or incomplete: the errors explain more than a missing member.
        if let errors = GraphQLErrors(root["errors"]) { throw .errors(errors) }
        let log = try JSONPlace(root).member("data").member("getAuditLogs")
        // `ok` is not in the query of the vendor's client (docs/api.md).
        if let ok = log.value["ok"], ok != .null, ok != .bool(true) {
            if ok == .bool(false) { throw .notOK }
            throw .shape("\(log.path).ok has the wrong type")
        }
        guard try log.member("auditLogs").elements().isEmpty else { throw .notJSON }
    }
}

/// Why a stored log cannot be used.
public struct UnusableAuditLog: Error {
    /// What is wrong, as a clause.
    public let reason: String
}

extension UnusableListing {
    /// What is wrong with a stored response, as a clause.
    fileprivate var reason: String {
        switch self {
        case .notOK: "it has ok: false"
        case .notJSON: "it is not JSON"
        case .shape(let place): "it is unexpected JSON: \(Terminal.plain(place))"
        case .untrusted(let problem): "it is JSON \(Terminal.plain(problem))"
        case .errors: "it has errors"
        case .notKept(let problem): problem
        }
    }
}

/// The events of a log, by workspace.
private final class AuditEvents {
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

    /// - Parameter start: the number of elements before these.
    func add(_ elements: [JSONValue], from start: Int) {
        for (place, element) in elements.enumerated() where fault == nil {
            do throws(UnusableListing) {
                try add(element, "data.getAuditLogs.auditLogs[\(start + place)]")
            } catch {
                fault = error
            }
        }
    }

    private func add(_ element: JSONValue, _ path: @autoclosure () -> String) throws(UnusableListing) {
        guard let members = element.members else { throw .shape("\(path()) has the wrong type") }
        func text(_ name: String) throws(UnusableListing) -> String? {
            switch members[name] {
            case nil, .null?: return nil
            case .string(let text)?: return text
            default: throw .shape("\(path()).\(name) has the wrong type")
            }
        }
        let actor = (try text("actorEmail")).map(EmailAddress.key(of:)) ?? ""
        var event = Activity.Event(
            actor: actor.isEmpty ? nil : actor, type: try text("eventType") ?? "",
            time: members["createdDttm"]?.text.flatMap(EventTime.init))
        event.hasActorID = members["actorUserId"].map { $0 != .null } ?? false
        let workspace = try workspace(members["workspaceId"], name: try text("workspaceName"))
        var isRepeated = false
        if case .integer(let id)? = members["id"] { isRepeated = !ids[workspace, default: IntegerSet()].insert(id) }
        workspaces[workspace, default: Activity()].add(event, isRepeated: isRepeated, receivedAt: receivedAt)
    }

    /// The key of the workspace of an event.
    private func workspace(_ id: JSONValue?, name: String?) throws(UnusableListing) -> String? {
        let key: String? =
            switch id {
            case .integer(let number)?: "\(number)"
            case .string(let text)?: text
            default: name.map { "name " + $0 }
            }
        guard let key else { return nil }
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

extension WorkspaceClient {
    /// Requests the audit log and stores the response in a file, which is deleted if it cannot be used.
    ///
    /// - Parameters:
    ///   - path: the file, which must not exist.
    ///   - workspace: the name of the workspace in the API; nil if it is not known.
    ///   - listedAt: when the accounts were listed. The log is not older, even if the clock was set back since.
    ///   - onProgress: called with the progress, on any thread.
    /// - Returns: the log, and when its response was complete, as a record has the time.
    /// - Throws: ``ListingFailure``, after up to three attempts.
    public func auditLog(
        to path: String, workspace: String?, after listedAt: Date,
        onProgress: @escaping @Sendable (ListingProgress) -> Void = { _ in }
    ) async throws(ListingFailure) -> (log: AuditLog, receivedAt: Date) {
        let file: ResponseFile
        do throws(WriteFailure) { file = try ResponseFile(path: path) } catch {
            throw .unusable(reason: error.sentence)
        }
        do throws(ListingFailure) {
            return try await attempts(.getAuditLogs, to: file, onProgress) { _ throws(UnusableListing) in
                if let problem = file.problem { throw .notKept(problem) }
                do throws(WriteFailure) { try file.sync() } catch { throw .notKept(error.sentence) }
                let receivedAt = max(Date(), listedAt).asRecorded
                let total = file.count
                let log = try AuditLog(reading: path, .init(receivedAt: receivedAt, workspace: workspace)) {
                    onProgress(.read(bytes: $0, of: total))
                }
                return (log, receivedAt)
            }
        } catch {
            unlink(path)
            throw error
        }
    }
}
