import ArgumentParser
import Domain

/// `rollcall invite FILE`
struct InviteCommand: ListCommand {
    static let configuration = CommandConfiguration(
        commandName: "invite",
        abstract: "Invite users from a list and record a result for every row.",
        discussion: """
            The file needs a column with email addresses and one with account types, or --account-type. rollcall \
            checks the whole file, for contradictions and against the workspace, before it sends anything.

            Examples:
              rollcall invite samples/invites.csv --sandbox --dry-run
              rollcall invite samples/invites.csv --sandbox --yes
              rollcall invite people.csv --account-type DEVELOPER
              rollcall invite people.csv --save-plan plan.json
            """)
    static let operation = WorkspaceChange.Kind.invite

    @Argument(
        help: ArgumentHelp("The list of people; - reads standard input.", valueName: "file"), completion: .peopleList)
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
