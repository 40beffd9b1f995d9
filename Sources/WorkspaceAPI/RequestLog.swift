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
    /// Takes one line.
    public var write: @Sendable (Line) -> Void

    /// One line, without a line break and without a secret.
    public struct Line: Hashable, Sendable {
        /// When it was said.
        public var time: Date
        /// `debug` or `trace`, or what the HTTP library calls it.
        public var level: String
        /// What was asked or answered.
        public var message: String

        /// `2026-11-24T09:00:00.123Z debug: invite bob@acme.io: HTTP 200, 38 bytes, 12 ms`
        public var text: String {
            let time = time.formatted(.iso8601.year().month().day().time(includingFractionalSeconds: true))
            return "\(time)Z \(level): \(message)"
        }
    }

    /// Takes a place to write to.
    public init(detail: Detail, write: @escaping @Sendable (Line) -> Void) {
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

/// Takes what is logged, without the secrets.
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
        // The HTTP library's own lines of this level say nothing about requests that ours do not.
        if event.level == .debug && logLevel == .debug && event.source != "WorkspaceAPI" { return }
        let all = metadata.merging(event.metadata ?? [:]) { $1 }
        let details = all.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
        let message = redactor.plain("\(event.message)\(details)", limit: 2000)
        write(RequestLog.Line(time: Date(), level: "\(event.level)", message: message))
    }
}
