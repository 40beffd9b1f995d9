import ArgumentParser
import Domain

/// `rollcall disable FILE`
struct DisableCommand: ListCommand {
    static let configuration = CommandConfiguration(
        commandName: "disable",
        abstract: "Take the access of the users of a list away; every row ends with an outcome.",
        discussion: """
            The file names users by email address, by uid or by both. The API has no way to enable a user again: \
            who is disabled by mistake has to be invited anew.

            Examples:
              rollcall disable samples/leavers.csv --sandbox --dry-run
              rollcall disable samples/leavers.csv --sandbox --yes
              rollcall disable leavers.csv --max-removals 10 --self ada@acme.io
            """)
    static let operation = WorkspaceChange.Kind.disable

    @Argument(
        help: ArgumentHelp("The list of users, or - for standard input.", valueName: "file"), completion: .peopleList)
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
