import ArgumentParser
import Domain
import Foundation
import Settings

/// `rollcall config`
struct ConfigCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "What is set, and where: profiles with a connection and settings each.",
        discussion: """
            A setting is taken from the command line, then from the environment (ROLLCALL_RATE), then from the profile, \
            then from the program. Endpoint, key, secret and workspace come from one place as a set: a profile named by \
            --profile; else the environment (PARADIME_…); else the file's own profile; else ~/.paradime/credentials.

              rollcall config init
              rollcall config show --profile acme
              rollcall users --profile acme
            """,
        subcommands: [Show.self, Path.self, Initialise.self],
        defaultSubcommand: Show.self)

    /// `rollcall config path`
    struct Path: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print where the configuration file is, or would be.",
            discussion: "ROLLCALL_CONFIG names another one.")

        @OptionGroup var common: CommonOptions

        func run() async throws {
            common.console.data(
                UserSettings.place(environment: ProcessInfo.processInfo.environment, home: UserFolders.home).path + "\n"
            )
        }
    }

    /// `rollcall config init`
    struct Initialise: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "init",
            abstract: "Write a configuration file with every setting as a comment, if there is none.")

        @OptionGroup var common: CommonOptions

        func run() async throws {
            let path = UserSettings.place(
                environment: ProcessInfo.processInfo.environment, home: UserFolders.home
            ).path
            let shown = Terminal.plain(path, limit: 1000)
            try inWords { () throws(SettingsFailure) in try ExampleFile.write(to: path) }
            common.console.say("Written: \(shown)")
            common.console.say("Take the # away from what you need, then: rollcall config show")
        }
    }
}
