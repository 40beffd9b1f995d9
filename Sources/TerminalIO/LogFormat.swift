import Domain
import Foundation
import Reports

/// What standard error says, and to whom.
public enum LogFormat: String, CaseIterable, Sendable {
    /// To people; the default.
    case text
    /// One JSON object a line, without colour and without a question.
    case json
}

/// How much a line of standard error matters.
public enum LogLevel: String, Sendable {
    case trace, debug, info, progress, warning, error
}

/// One line of standard error for a program:
/// `{"time":"2026-11-24T09:00:00.123Z","level":"error","message":"…","line":17}`
public struct LogLine {
    var time = Date()
    var level: LogLevel
    /// One line, without the place that `fields` have.
    var message: String
    var fields: [JSONMember]

    /// Takes what is said.
    public init(time: Date = Date(), level: LogLevel, message: String, fields: [JSONMember] = []) {
        self.time = time
        self.level = level
        self.message = message
        self.fields = fields
    }

    /// The object, with its line end.
    public var text: String {
        let first = [
            JSONMember("time", Timestamp.text(time)), JSONMember("level", level.rawValue),
            JSONMember("message", message),
        ]
        return Terminal.plainJSON((first + fields).object) + "\n"
    }
}
