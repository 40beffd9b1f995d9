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
}
