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
            if let answer = try HelpRequest.text(for: arguments) {
                return try Pager.show(answer, on: Output(.text, command: "help", isSending: false))
            }
            if arguments == ["--version"] { return print(BuildVersions().text, terminator: "") }
            var command = try Rollcall.parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let failure as CommandFailure {
            end(failure, arguments)
        } catch {
            guard let usage = UsageError(error, arguments) else { Rollcall.exit(withError: error) }
            end(CommandFailure(.usage, usage.text), arguments)
        }
    }

    /// Ends the process. What a command said before is not said again: its failure has no sentence.
    private static func end(_ failure: CommandFailure, _ arguments: [String]) -> Never {
        let options = failure.sentence == nil ? nil : OutputChoice(in: arguments)
        options?.console.fail(failure)
        try? options?.output.end(failure)
        exit(failure.status.rawValue)
    }
}

/// Where a command line that cannot be understood wants to be answered.
private struct OutputChoice {
    let output: Output
    let console: Console

    init(in arguments: [String]) {
        let command = (try? CommandTree.read().find(arguments[...]).command.path) ?? ""
        let format = GivenOption.value(of: "--output", in: arguments).flatMap(OutputFormat.init(rawValue:)) ?? .text
        output = Output(
            format, command: command.split(separator: " ").dropFirst().joined(separator: " "), isSending: false)
        console = Console(
            output: output,
            format: GivenOption.value(of: "--log-format", in: arguments).flatMap(LogFormat.init(rawValue:)) ?? .text,
            quiet: false, color: .never, environment: ProcessInfo.processInfo.environment)
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
            InviteCommand.self, SetRoleCommand.self, DisableCommand.self, SyncCommand.self, ReviewCommand.self,
            ApplyCommand.self, LeaversCommand.self, ExpiredCommand.self, UsersCommand.self, RunsCommand.self,
            VerifyCommand.self,
            InitCommand.self,
            ConfigCommand.self,
            DoctorCommand.self, SandboxCommand.self, CompletionCommand.self, VersionCommand.self, ManPagesCommand.self,
        ])
}
