import ArgumentParser
import Domain

/// `rollcall set-role FILE`
struct SetRoleCommand: ListCommand {
    static let configuration = CommandConfiguration(
        commandName: "set-role",
        abstract: "Give the users of a list other account types; every row ends with an outcome.",
        discussion: """
            The file names users by email address, by uid or by both, and has a column with account types, or \
            --account-type. Who has the type already is skipped. A list that takes the changes back is written beside \
            the results.

            Examples:
              rollcall set-role samples/roles.csv --sandbox --dry-run
              rollcall set-role samples/roles.csv --sandbox --yes
              rollcall set-role analysts.csv --account-type ANALYST
            """)
    static let operation = WorkspaceChange.Kind.changeRole

    @Argument(
        help: ArgumentHelp("The list of users, or - for standard input.", valueName: "file"), completion: .peopleList)
    var file: String

    @OptionGroup var types: AccountTypeOptions
    @OptionGroup(title: ListColumnOptions.title) var columns: ListColumnOptions
    @OptionGroup(title: CSVFileOptions.title) var csv: CSVFileOptions
    @OptionGroup(title: PlanOptions.title) var plan: PlanOptions
    @OptionGroup(title: SendOptions.title) var send: SendOptions
    @OptionGroup(title: GuardOptions.title) var guards: GuardOptions
    @OptionGroup(title: ConnectionOptions.title) var connection: ConnectionOptions
    @OptionGroup(title: CommonOptions.title) var common: CommonOptions

    var accountTypes: AccountTypeOptions? { types }
}
