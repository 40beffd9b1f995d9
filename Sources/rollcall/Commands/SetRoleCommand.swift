import ArgumentParser
import Domain

/// `rollcall set-role FILE`
struct SetRoleCommand: ListCommand {
    static let configuration = CommandConfiguration(
        commandName: "set-role",
        abstract: "Change users' account types from a list.",
        discussion: """
            The file identifies users by email address, uid or both, and needs a column with account types, or \
            --account-type. Users who already have the type are skipped. A list that undoes the changes is written \
            next to the results.

            Examples:
              rollcall set-role samples/roles.csv --sandbox --dry-run
              rollcall set-role samples/roles.csv --sandbox --yes
              rollcall set-role analysts.csv --account-type ANALYST
            """)
    static let operation = WorkspaceChange.Kind.changeRole

    @Argument(
        help: ArgumentHelp("The list of users; - reads standard input.", valueName: "file"), completion: .peopleList)
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
