import ArgumentParser

/// `rollcall runs`
struct RunsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runs",
        abstract: "List, inspect, resume, retry and abandon runs.",
        discussion: """
            Examples:
              rollcall invite samples/invites.csv --sandbox --yes
              rollcall runs --sandbox
              rollcall runs show last --sandbox
              rollcall runs resume 3
            """,
        subcommands: [List.self, Show.self, Resume.self, Retry.self, Abandon.self],
        defaultSubcommand: List.self)
}
