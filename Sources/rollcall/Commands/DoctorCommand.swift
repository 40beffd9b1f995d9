import ArgumentParser
import Domain
import Reports
import TerminalIO

/// `rollcall doctor`
struct DoctorCommand: RollcallCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check the setup and suggest fixes.",
        usage: "rollcall doctor [<options>]",
        discussion: """
            Checks versions, settings, credentials, endpoint, clock, ledger and folders. Requests the user list once and \
            changes nothing. Exits 0 if no check failed; warnings do not count.

            Examples:
              rollcall doctor --sandbox
              rollcall doctor --profile acme
            """)

    static var testsConnection: Bool { true }

    @OptionGroup(title: ConnectionOptions.title) var connection: ConnectionOptions
    @OptionGroup(title: CommonOptions.title) var common: CommonOptions

    func run(on console: Console) async throws {
        let width = console.output.textWidth
        var found: [Diagnosis] = []
        var untold: (any Error)?
        var examination = Examination(connection: connection, common: common, console: console) { diagnosis in
            found.append(diagnosis)
            do { try console.output.text(diagnosis.text(width: width, console.outputStyle)) } catch { untold = error }
        }
        await examination.run()
        if let untold { throw untold }
        try console.output.text("\n" + summary(of: found) + "\n")
        try console.output.rows("checks", JSONRow(keys: ["result", "subject", "message", "advice"])) { emit in
            for diagnosis in found {
                try emit([
                    .text(diagnosis.verdict.name), .text(diagnosis.subject), .text(diagnosis.sentence),
                    Cell(diagnosis.advice),
                ])
            }
        }
        if examination.status != .done { throw CommandFailure(examination.status) }
    }

    /// `1 check failed, 2 warnings. First: rollcall init`
    private func summary(of found: [Diagnosis]) -> String {
        let failed = found.filter { if case .failed = $0.verdict { true } else { false } }
        let warnings = found.filter { if case .warning = $0.verdict { true } else { false } }
        let counts = [
            failed.isEmpty ? nil : "\(failed.count.counted("check")) failed",
            warnings.isEmpty ? nil : warnings.count.counted("warning"),
        ].compactMap(\.self)
        if counts.isEmpty { return "Everything is ready." }
        let step = failed.lazy.compactMap(\.advice).first
        return counts.joined(separator: ", ") + (failed.isEmpty ? ". rollcall is ready to use." : ".")
            + (step.map { " First: " + Terminal.plain($0, limit: 500) } ?? "")
    }
}
