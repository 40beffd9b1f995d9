import Domain
import Foundation
import Logging

/// What is told of each request to people who look for the cause of something.
public struct RequestLog: Sendable {
    /// How much is told.
    public enum Detail: String, CaseIterable, Sendable {
        /// Nothing.
        case off
        /// Each request with its answer.
        case debug
        /// The connections, too.
        case trace
    }

    /// How much is told.
    public var detail: Detail
    /// Takes one line, without a line break and without a secret.
    public var write: @Sendable (String) -> Void

    /// Takes a place to write to.
    public init(detail: Detail, write: @escaping @Sendable (String) -> Void) {
        self.detail = detail
        self.write = write
    }

    /// Tells nothing.
    public static let off = RequestLog(detail: .off) { _ in }

    /// A logger whose every word goes through `redactor`, whoever says it.
    func logger(_ redactor: Redactor) -> Logger {
        Logger(label: "rollcall") { _ in
            switch detail {
            case .off: SwiftLogNoOpLogHandler()
            case .debug: RedactingLogHandler(logLevel: .debug, redactor: redactor, write: write)
            case .trace: RedactingLogHandler(logLevel: .trace, redactor: redactor, write: write)
            }
        }
    }
}

/// `2026-11-24T09:00:00.123Z debug: invite bob@acme.io: HTTP 200, 38 bytes, 12 ms`
private struct RedactingLogHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level
    let redactor: Redactor
    let write: @Sendable (String) -> Void

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        // The HTTP library's own lines of this level say nothing about requests that ours do not.
        if event.level == .debug && logLevel == .debug && event.source != "WorkspaceAPI" { return }
        let all = metadata.merging(event.metadata ?? [:]) { $1 }
        let details = all.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
        let time = Date().formatted(.iso8601.year().month().day().time(includingFractionalSeconds: true))
        write("\(time)Z \(event.level): " + redactor.plain("\(event.message)\(details)", limit: 2000))
    }
}
