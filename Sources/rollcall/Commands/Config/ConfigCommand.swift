import ArgumentParser
import Domain
import Foundation
import Settings
import TerminalIO

/// `rollcall config`
struct ConfigCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "Show and manage configuration and profiles.",
        discussion: """
            Precedence: command line, environment (ROLLCALL_RATE), profile, built-in default. Endpoint, key, secret and \
            workspace are one set and come from one source: the profile given with --profile, else the environment \
            (PARADIME_…), else the file's default profile, else ~/.paradime/credentials.

            Examples:
              rollcall config show
              rollcall config show --profile acme
              rollcall users --profile acme
            """,
        subcommands: [Show.self, Path.self, Initialise.self],
        defaultSubcommand: Show.self)

    /// `rollcall config path`
    struct Path: RollcallCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the path of the configuration file.",
            usage: "rollcall config path [<options>]",
            discussion: """
                Set ROLLCALL_CONFIG to use another file.

                Examples:
                  rollcall config path
                """)
        static let words = "config path"

        @OptionGroup(title: CommonOptions.title) var common: CommonOptions

        func run(on console: Console) async throws {
            let path = ConfigCommand.path
            try console.output.add(JSONMember("path", path))
            try console.output.text(path + "\n")
        }
    }

    /// `rollcall config init`
    struct Initialise: RollcallCommand {
        static let configuration = CommandConfiguration(
            commandName: "init",
            abstract: "Create a configuration file that lists every setting as a comment.",
            usage: "rollcall config init [<options>]",
            discussion: """
                Examples:
                  rollcall config init
                """)
        static let words = "config init"

        @OptionGroup(title: CommonOptions.title) var common: CommonOptions

        func run(on console: Console) async throws {
            let path = ConfigCommand.path
            try asCommandFailure { try ExampleFile.write(to: path) }
            try console.output.add(JSONMember("path", path))
            console.say("Written: \(Terminal.plain(path, limit: 1000))")
            console.say(
                "Edit the file and remove the # from the settings that you need. To check them: rollcall config show")
        }
    }

    /// Where the configuration file is, or would be.
    private static var path: String {
        UserSettings.place(environment: ProcessInfo.processInfo.environment, home: UserFolders.home).path
    }
}
