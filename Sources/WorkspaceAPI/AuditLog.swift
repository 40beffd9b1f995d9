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
        var scanner = AuditLogScanner { batch, before throws(UnusableListing) in try events.add(batch, from: before) }
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
    private static func check(_ response: [UInt8]) throws(UnusableListing) {
        let root = try AuditLogResponse.read(response)
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
