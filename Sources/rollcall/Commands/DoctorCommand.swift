import ArgumentParser
import Domain

/// `rollcall doctor`
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check everything that a run needs, and say what to do about what is wrong.",
        discussion: """
            Versions, settings, credentials, endpoint, clock, ledger, folders. The API is asked once, who is in the \
            workspace; nothing is changed, there or here. Ends with 0 if nothing failed; warnings are none.

              rollcall doctor --profile acme
              rollcall doctor --sandbox
            """)

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let console = common.console
        let width = console.isDataOnTerminal ? console.width : nil
        var examination = Examination(connection: connection, common: common) { diagnosis in
            console.data(diagnosis.text(width: width, console))
        }
        await examination.run()
        if examination.status != .done { throw CommandFailure(examination.status) }
    }
}
