import ArgumentParser
import Domain
import Planning
import Readers

/// `rollcall invite FILE`
struct InviteCommand: ListCommand {
    static let configuration = CommandConfiguration(
        commandName: "invite",
        abstract: "Invite the people in a CSV; every row ends with an outcome.",
        discussion: """
            The file needs a column with email addresses and one with account types, or --account-type. The whole \
            file is checked, against itself and against the workspace, before anything is sent.

              rollcall invite people.csv --dry-run
              rollcall invite samples/invites.csv --sandbox --yes
            """)
    static let kind = RunHeader.Kind.invite

    @Argument(help: ArgumentHelp("The list of people, or - for standard input.", valueName: "file"))
    var file: String

    @Option(help: ArgumentHelp("The account type of rows that name none.", valueName: "type"))
    var accountType: String?

    @OptionGroup var csv: CSVFileOptions
    @OptionGroup var plan: PlanOptions
    @OptionGroup var send: SendOptions
    @OptionGroup var guards: GuardOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var common: CommonOptions

    mutating func validate() throws { _ = try AccountType.fallback(accountType) }

    func check(_ mapping: HeaderMap) throws {
        try checkAccountTypes(mapping, fallback: .fallback(accountType))
    }

    func rowCheck(for roster: Roster) throws -> (PersonRow) -> StagedRow {
        var check = InviteRowCheck(fallback: try .fallback(accountType), seen: roster.accountTypes)
        return { row in
            check.check(
                line: row.location.line, email: row.email, emailColumn: row.emailColumn, accountType: row.accountType,
                accountTypeColumn: row.accountTypeColumn, malformation: row.malformation)
        }
    }
}
