import Domain
import Foundation
import Logging

/// The log of requests, for troubleshooting.
public struct RequestLog: Sendable {
    /// The level of detail.
    public enum Detail: String, CaseIterable, Sendable {
        /// Nothing.
        case off
        /// Each request with its response.
        case debug
        /// Also the connections.
        case trace
    }

    /// The level of detail.
    public var detail: Detail
    /// Writes one line.
    public var write: @Sendable (Line) -> Void

    /// One line, without a line break and without a secret.
    public struct Line: Hashable, Sendable {
        /// The time of the event.
        public var time: Date
        /// `debug` or `trace`, or the level used by the HTTP library.
        public var level: String
        /// The request and its response.
        public var message: String

        /// `2026-11-24T09:00:00.123Z debug: invite bob@acme.io: HTTP 200, 38 bytes, 12 ms`
        public var text: String {
            let time = time.formatted(.iso8601.year().month().day().time(includingFractionalSeconds: true))
            return "\(time)Z \(level): \(message)"
        }
    }

    /// Creates a log.
    public init(detail: Detail, write: @escaping @Sendable (Line) -> Void) {
        self.detail = detail
        self.write = write
    }

    /// Logs nothing.
    public static let off = RequestLog(detail: .off) { _ in }

    /// A logger that passes every text through `redactor`.
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

/// Writes log lines without secrets.
private struct RedactingLogHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level
    let redactor: Redactor
    let write: @Sendable (RequestLog.Line) -> Void

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        // The lines of the HTTP library at this level add nothing about requests.
        if event.level == .debug && logLevel == .debug && event.source != "WorkspaceAPI" { return }
        let all = metadata.merging(event.metadata ?? [:]) { $1 }
        let details = all.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
        let message = redactor.plain("\(event.message)\(details)", limit: 2000)
        write(RequestLog.Line(time: Date(), level: "\(event.level)", message: message))
    }
}
