import TerminalIO
import WorkspaceAPI

extension Console {
    /// Says what was asked and answered.
    public func complain(_ line: RequestLog.Line) {
        put(line.message, line.text, at: line.time, as: LogLevel(rawValue: line.level) ?? .debug, [])
    }
}
