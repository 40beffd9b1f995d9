import ArgumentParser
import Domain
import Foundation
import TerminalIO

/// `rollcall version`
struct VersionCommand: RollcallCommand {
    static let configuration = CommandConfiguration(
        commandName: "version",
        abstract: "Show the version, commit, build date and libraries.",
        usage: "rollcall version [<options>]",
        discussion: """
            Examples:
              rollcall version
              rollcall version --output json
            """)

    @OptionGroup(title: CommonOptions.title) var common: CommonOptions

    func run(on console: Console) async throws {
        let versions = BuildVersions()
        try console.output.add(
            JSONMember("version", programVersion), JSONMember("commit", versions.commit),
            JSONMember("built", versions.date), JSONMember("libraries", versions.libraries),
            JSONMember("system", ProcessInfo.processInfo.operatingSystemVersionString))
        try console.output.text(versions.text)
    }
}
