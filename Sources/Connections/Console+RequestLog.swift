import TerminalIO
import WorkspaceAPI

extension Console {
    /// Writes a line about a request and its response.
    public func complain(_ line: RequestLog.Line) {
        put(line.message, line.text, at: line.time, as: LogLevel(rawValue: line.level) ?? .debug, [])
    }
}
