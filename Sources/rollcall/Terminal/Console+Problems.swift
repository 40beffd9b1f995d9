import Domain
import Planning
import WorkspaceAPI

/// What is said of things that a program reads field by field.
extension Console {
    /// Says what is wrong with a row of the input.
    func complain(_ problem: Diagnostic) {
        put(
            problem.message, problem.description, as: problem.severity == .error ? .error : .warning,
            [
                JSONMember("file", problem.file), JSONMember("line", problem.location.line),
                JSONMember("column", problem.location.column),
            ])
    }

    /// Says what is wrong with a filled-in review: where, and what.
    func complain(_ problem: ReviewProblem, as severity: Diagnostic.Severity) {
        let row = problem.row.map { ":\($0)" } ?? ""
        let place = Terminal.plain(problem.place, limit: 300) + row
        let fields = [JSONMember("file", problem.place)] + (problem.row.map { [JSONMember("line", $0)] } ?? [])
        put(
            problem.message, "\(place): \(severity.rawValue): \(Terminal.plain(problem.message, limit: 800))",
            as: severity == .error ? .error : .warning, fields)
    }

    /// Says what a limit keeps from happening: the numbers, the rows, and the option that lets it through.
    func complain(_ refusal: GuardRefusal) {
        guard format == .text else {
            return put(refusal.sentence, as: .error, [JSONMember("refusal", GuardFigures(refusal))])
        }
        complain(red("refused: ") + Terminal.plain(refusal.sentence, limit: 500))
        for line in refusal.rows.lines(in: textWidth) { complain(line) }
        complain("  If that is right: \(refusal.remedy)")
    }

    /// Says what was asked and answered.
    func complain(_ line: RequestLog.Line) {
        put(line.message, line.text, at: line.time, as: LogLevel(rawValue: line.level) ?? .debug, [])
    }
}
