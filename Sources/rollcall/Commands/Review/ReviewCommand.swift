import ArgumentParser

/// `rollcall review`
struct ReviewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "review",
        abstract: "Export, track and close access reviews.",
        usage: "rollcall review [<options>]",
        discussion: """
            The folder contains the review as a workbook, a web page, CSV and JSON, the API's raw response, \
            evidence.json and SHA256SUMS. The workspace is not changed. 'rollcall review status' shows what is open, and \
            'rollcall review close' writes the closing statement.

            Examples:
              rollcall review --sandbox --out practice-reviews/first
              rollcall verify practice-reviews/first
              rollcall review --reviewer "Grace Hopper" --approver "Ada Admin"
              rollcall review --domain acme.io --split-by domain --due 2026-12-15
            """,
        subcommands: [CreateReview.self, Status.self, List.self, Add.self, Close.self, Seal.self, Pack.self],
        defaultSubcommand: CreateReview.self)
}
