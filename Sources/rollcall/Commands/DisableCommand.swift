import ArgumentParser
import Domain

/// `rollcall disable FILE`
struct DisableCommand: ListCommand {
    static let configuration = CommandConfiguration(
        commandName: "disable",
        abstract: "Disable the users in a list.",
        discussion: """
            The file identifies users by email address, uid or both. The API cannot enable a user again.

            Examples:
              rollcall disable samples/leavers.csv --sandbox --dry-run
              rollcall disable samples/leavers.csv --sandbox --yes
              rollcall disable leavers.csv --max-removals 10 --self ada@acme.io
            """)
    static let operation = WorkspaceChange.Kind.disable

    @Argument(
        help: ArgumentHelp("The list of users; - reads standard input.", valueName: "file"), completion: .peopleList)
    var file: String

    @OptionGroup(title: ListColumnOptions.title) var columns: ListColumnOptions
    @OptionGroup(title: CSVFileOptions.title) var csv: CSVFileOptions
    @OptionGroup(title: PlanOptions.title) var plan: PlanOptions
    @OptionGroup(title: SendOptions.title) var send: SendOptions
    @OptionGroup(title: GuardOptions.title) var guards: GuardOptions
    @OptionGroup(title: ConnectionOptions.title) var connection: ConnectionOptions
    @OptionGroup(title: CommonOptions.title) var common: CommonOptions

    var accountTypes: AccountTypeOptions? { nil }
}
