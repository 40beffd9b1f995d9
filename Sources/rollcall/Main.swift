import ArgumentParser
import Domain
import Foundation
import TerminalIO
import WorkspaceAPI

/// Where the process begins and ends: the only place that turns an error into an exit status.
@main
struct Main {
    static func main() async {
        ProcessSetUp.apply()
        let arguments = Array(CommandLine.arguments.dropFirst())
        do {
            if let page = try HelpTopic.asked(by: arguments) { return print(page.plain, terminator: "") }
            var command = try Rollcall.parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let failure as CommandFailure {
            end(failure.status, failure.sentence)
        } catch {
            let usage = UsageError(error, arguments)
            let status = usage == nil ? Rollcall.exitCode(for: error).rawValue : ExitStatus.usage.rawValue
            // Help and the version are answers, and go where they always go.
            if status != 0, LogFormat.asked(in: CommandLine.arguments) == .json {
                let line = LogLine(
                    level: .error, message: usage?.text ?? Rollcall.message(for: error),
                    fields: [JSONMember("status", status)])
                FileHandle.standardError.write(Data(line.text.utf8))
                exit(status)
            }
            if let usage { end(.usage, usage.text) }
            if let script = try? CompletionScript.completed(Rollcall.message(for: error), for: arguments) {
                print(script, terminator: "")
                exit(ExitStatus.done.rawValue)
            }
            Rollcall.exit(withError: error)
        }
    }

    private static func end(_ status: ExitStatus, _ sentence: String?) -> Never {
        if let sentence { FileHandle.standardError.write(Data("rollcall: error: \(sentence)\n".utf8)) }
        exit(status.rawValue)
    }
}

/// The command itself; everything it does is in its subcommands.
struct Rollcall: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollcall",
        abstract: "Manage and review access to a Paradime workspace.",
        discussion: """
            Invites, changes and disables users from lists with a result for every row, and exports access reviews \
            and their evidence. --sandbox uses a built-in mock workspace: no credentials and no network are needed.

            Topics, for example 'rollcall help csv':
            \(HelpTopic.list)

            Examples:
              rollcall invite samples/invites.csv --sandbox --yes
              rollcall users --sandbox
              rollcall help invite
            """,
        version: programVersion,
        subcommands: [
            InviteCommand.self, SetRoleCommand.self, DisableCommand.self, ReviewCommand.self, ApplyCommand.self,
            ExpiredCommand.self, UsersCommand.self, RunsCommand.self, VerifyCommand.self, SandboxCommand.self,
            ConfigCommand.self, DoctorCommand.self, ManPagesCommand.self,
        ])
}
