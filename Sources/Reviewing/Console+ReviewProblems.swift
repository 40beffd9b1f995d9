import Domain
import Planning
import TerminalIO

extension Console {
    /// Reports a problem of a completed review, with its location.
    public func complain(_ problem: ReviewProblem, as severity: Diagnostic.Severity) {
        let row = problem.cell.map { ", cell \($0)" } ?? problem.row.map { ":\($0)" } ?? ""
        let place = Terminal.plain(problem.place, limit: 300) + row
        let fields =
            [JSONMember("file", problem.place)] + (problem.row.map { [JSONMember("line", $0)] } ?? [])
            + (problem.cell.map { [JSONMember("cell", $0)] } ?? [])
        put(
            problem.message, "\(place): \(severity.rawValue): \(Terminal.plain(problem.message, limit: 800))",
            as: severity == .error ? .error : .warning, fields)
    }

    /// Reports problems of completed reviews: all of them to a program, and to a person at most
    /// ``ReviewProblem/listed`` of each kind, with the number of the others.
    public func complain(_ problems: [ReviewProblem], as severity: Diagnostic.Severity) {
        for problem in format == .json ? problems : ReviewProblem.shortened(problems) {
            complain(problem, as: severity)
        }
    }
}
