import ArgumentParser
import Domain
import Planning
import Readers

/// `rollcall set-role FILE`
struct SetRoleCommand: ListCommand {
    static let configuration = CommandConfiguration(
        commandName: "set-role",
        abstract: "Give the users in a CSV other account types; every row ends with an outcome.",
        discussion: """
            The file names users by email address, by uid or by both, and has a column with account types, or \
            --account-type. Who has the type already is skipped. Afterwards a list that takes the changes back lies \
            beside the results.

              rollcall set-role roles.csv --dry-run
            """)
    static let kind = RunHeader.Kind.changeRole

    @Argument(help: ArgumentHelp("The list of users, or - for standard input.", valueName: "file"))
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
        var check = ChangeRowCheck(
            .changeRole(fallback: try .fallback(accountType)), accounts: AccountIndex(roster),
            seen: roster.accountTypes)
        return { check.check($0) }
    }
}

extension ChangeRowCheck {
    mutating func check(_ row: PersonRow) -> StagedRow {
        check(
            line: row.location.line, email: row.email, emailColumn: row.emailColumn, uid: row.uid,
            uidColumn: row.uidColumn, accountType: row.accountType, accountTypeColumn: row.accountTypeColumn,
            malformation: row.malformation)
    }
}
