import ArgumentParser

/// `rollcall runs`
struct RunsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runs",
        abstract: "The runs so far: list them, show one, go on with one, send again what failed.",
        discussion: """
            Examples:
              rollcall invite samples/invites.csv --sandbox --yes
              rollcall runs
              rollcall runs show 1
              rollcall runs resume 3
            """,
        subcommands: [List.self, Show.self, Resume.self, Retry.self],
        defaultSubcommand: List.self)
}
