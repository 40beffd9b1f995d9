import ArgumentParser

/// `rollcall runs`
struct RunsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runs",
        abstract: "The runs so far: list them, show one, go on with one, send again what failed.",
        subcommands: [List.self, Show.self, Resume.self, Retry.self],
        defaultSubcommand: List.self)
}
