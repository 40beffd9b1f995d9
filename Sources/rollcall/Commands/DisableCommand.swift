import ArgumentParser
import Domain
import Planning
import Readers

/// `rollcall disable FILE`
struct DisableCommand: ListCommand {
    static let configuration = CommandConfiguration(
        commandName: "disable",
        abstract: "Take the access of the users in a CSV away; every row ends with an outcome.",
        discussion: """
            The file names users by email address, by uid or by both. The API has no way to enable a user again: \
            who is disabled by mistake has to be invited anew.

              rollcall disable leavers.csv --dry-run
            """)
    static let kind = RunHeader.Kind.disable

    @Argument(help: ArgumentHelp("The list of users, or - for standard input.", valueName: "file"))
    var file: String

    @OptionGroup var csv: CSVFileOptions
    @OptionGroup var plan: PlanOptions
    @OptionGroup var send: SendOptions
    @OptionGroup var guards: GuardOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var common: CommonOptions

    func check(_ mapping: HeaderMap) throws {}

    func rowCheck(for roster: Roster) throws -> (PersonRow) -> StagedRow {
        var check = ChangeRowCheck(.disable, accounts: AccountIndex(roster))
        return { check.check($0) }
    }
}
