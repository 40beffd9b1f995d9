import Domain
import Planning
import TerminalIO

extension Console {
    /// Reports a problem of a completed review, with its location.
    public func complain(_ problem: ReviewProblem, as severity: Diagnostic.Severity) {
        let row = problem.row.map { ":\($0)" } ?? ""
        let place = Terminal.plain(problem.place, limit: 300) + row
        let fields = [JSONMember("file", problem.place)] + (problem.row.map { [JSONMember("line", $0)] } ?? [])
        put(
            problem.message, "\(place): \(severity.rawValue): \(Terminal.plain(problem.message, limit: 800))",
            as: severity == .error ? .error : .warning, fields)
    }
}
