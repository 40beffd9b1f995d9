import ArgumentParser
import Domain
import Foundation
import Settings
import TerminalIO

/// `rollcall config`
struct ConfigCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "What is set, and where: profiles with a connection and settings each.",
        discussion: """
            A setting is taken from the command line, then from the environment (ROLLCALL_RATE), then from the profile, \
            then from the program. Endpoint, key, secret and workspace come from one place as a set: a profile named by \
            --profile; else the environment (PARADIME_…); else the file's own profile; else ~/.paradime/credentials.

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
            abstract: "Print where the configuration file is, or would be.",
            usage: "rollcall config path [<options>]",
            discussion: """
                ROLLCALL_CONFIG names another one.

                Examples:
                  rollcall config path
                """)
        static let words = "config path"

        @OptionGroup var common: CommonOptions

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
            abstract: "Write a configuration file with every setting as a comment, if there is none.",
            usage: "rollcall config init [<options>]",
            discussion: """
                Examples:
                  rollcall config init
                """)
        static let words = "config init"

        @OptionGroup var common: CommonOptions

        func run(on console: Console) async throws {
            let path = ConfigCommand.path
            try asCommandFailure { try ExampleFile.write(to: path) }
            try console.output.add(JSONMember("path", path))
            console.say("Written: \(Terminal.plain(path, limit: 1000))")
            console.say("Take the # away from what you need, then: rollcall config show")
        }
    }

    /// Where the configuration file is, or would be.
    private static var path: String {
        UserSettings.place(environment: ProcessInfo.processInfo.environment, home: UserFolders.home).path
    }
}
