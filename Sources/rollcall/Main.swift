import ArgumentParser
import Foundation

/// The program's version, as `--version`, the `User-Agent` and every run in the ledger give it.
let programVersion = "0.1.0"

/// Where the process begins and ends: the only place that turns an error into an exit status.
@main
struct Main {
    static func main() async {
        ProcessSetUp.apply()
        do {
            var command = try Rollcall.parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let failure as CommandFailure {
            if let sentence = failure.sentence {
                FileHandle.standardError.write(Data("rollcall: error: \(sentence)\n".utf8))
            }
            exit(failure.status.rawValue)
        } catch {
            let status = Rollcall.exitCode(for: error).rawValue
            // Help and the version are answers, and go where they always go.
            if status != 0, LogFormat.asked(in: CommandLine.arguments) == .json {
                let line = LogLine(
                    level: .error, message: Rollcall.message(for: error), fields: [JSONMember("status", status)])
                FileHandle.standardError.write(Data(line.text.utf8))
                exit(status)
            }
            Rollcall.exit(withError: error)
        }
    }
}

/// The command itself; everything it does is in its subcommands.
struct Rollcall: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollcall",
        abstract: "Bring people into a workspace from a CSV, and show who has access to it.",
        discussion: """
            Try it without credentials:
              rollcall invite samples/invites.csv --sandbox --yes

            Exit status: 0 every row succeeded or was skipped; 1 some rows need attention; 2 nothing was sent; \
            64 wrong usage; 69 the API could not be reached; 77 the credentials were refused; 130 interrupted.
            """,
        version: programVersion,
        subcommands: [
            InviteCommand.self, SetRoleCommand.self, DisableCommand.self, ReviewCommand.self, ApplyCommand.self,
            ExpiredCommand.self, UsersCommand.self, RunsCommand.self, VerifyCommand.self, SandboxCommand.self,
        ])
}
