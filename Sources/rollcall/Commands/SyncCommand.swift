import ArgumentParser
import Domain
import People
import Runs
import Settings
import TerminalIO

/// `rollcall sync FILE`
struct SyncCommand: ListCommand {
    static let configuration = CommandConfiguration(
        commandName: "sync",
        abstract: "Make the workspace match a list of people.",
        discussion: """
            Invites people who are in the list and not in the workspace, re-sends expired invitations, and changes account \
            types that differ. With --remove-others, also disables active users who are not in the list, except the service \
            accounts of the profile. accountTypesBy in a profile names a column, such as Department, from which the \
            rules in accountTypes derive the account types. Accounts are \
            given before others are taken away. The API cannot cancel pending invitations; those outside the list are \
            reported.

            Examples:
              rollcall sync samples/invites.csv --sandbox --dry-run
              rollcall sync samples/invites.csv --sandbox --yes
              rollcall sync team.csv --remove-others --keep service-accounts.csv
              rollcall sync team.csv --remove-others --check
            """)
    static let operation = WorkspaceChange.Kind.changeRole

    @Argument(
        help: ArgumentHelp("Everybody who is to have access; - reads standard input.", valueName: "file"),
        completion: .peopleList)
    var file: String

    @Flag(help: "Disable active users who are not in the list.")
    var removeOthers = false

    @Option(
        help: ArgumentHelp(
            "Accounts that stay although they are not in the list. Can be repeated.", valueName: "file"),
        completion: .peopleList)
    var keep: [String] = []

    @Flag(help: "Accept a list that is more than a fifth shorter than that of the last sync.")
    var allowShrink = false

    @Flag(help: "Send nothing; exit with 1 if anything would be changed.")
    var check = false

    @OptionGroup var types: AccountTypeOptions
    @OptionGroup(title: ListColumnOptions.title) var columns: ListColumnOptions
    @OptionGroup(title: CSVFileOptions.title) var csv: CSVFileOptions
    @OptionGroup(title: PlanOptions.title) var plan: PlanOptions
    @OptionGroup(title: SendOptions.title) var send: SendOptions
    @OptionGroup(title: GuardOptions.title) var guards: GuardOptions
    @OptionGroup(title: ConnectionOptions.title) var connection: ConnectionOptions
    @OptionGroup(title: CommonOptions.title) var common: CommonOptions

    var accountTypes: AccountTypeOptions? { types }

    mutating func validate() throws {
        if check { send.dryRun = true }
        if !keep.isEmpty, !removeOthers { throw ValidationError("--keep is for --remove-others.") }
    }

    func sync(_ settings: UserSettings, on console: Console) throws -> SyncRequest? {
        var request = SyncRequest()
        request.removesOthers = removeOthers
        request.allowsShrinking = allowShrink
        request.kept = settings.serviceAccounts.map { service in
            SyncRequest.Kept(names: [EmailAddress.key(of: service.account)], reason: "it is the \(service.words)")
        }
        for path in keep {
            try request.keep(listIn: path, options: columns.options(.disable, csv: csv, types: nil), console)
        }
        return request
    }
}
