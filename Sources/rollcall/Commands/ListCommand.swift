import ArgumentParser
import Domain
import Foundation
import Ledger
import Planning
import Readers

/// What `invite`, `set-role` and `disable` have in common: a list of people, checked row by row, planned and sent.
protocol ListCommand: SendingCommand {
    /// What the rows ask for.
    static var kind: RunHeader.Kind { get }
    var file: String { get }
    var csv: CSVFileOptions { get }
    var guards: GuardOptions { get }

    /// Looks at the list's columns before anything else is done.
    ///
    /// - Throws: ``CommandFailure`` where one is missing.
    func check(_ mapping: HeaderMap) throws

    /// What each row comes to in a workspace.
    func rowCheck(for roster: Roster) throws -> (PersonRow) -> StagedRow
}

extension ListCommand {
    func run(on console: Console) async throws {
        let settings = try common.settings()
        let interrupts = Interrupts(console: console)
        let options = try csv.options()
        var list = try PeopleList(path: file, options: options, takesUIDs: Self.kind != .invite)
        try check(list.mapping)
        if list.mapping.hasWorkspace { return try await runByWorkspace(settings, console, interrupts) }
        try await execute(
            settings, kind: Self.kind, input: file, limits: guards.limits(settings),
            mapping: list.mapping.description, console: console, interrupts: interrupts
        ) { stage, roster in
            let check = try rowCheck(for: roster)
            try list.forEach(console) { try stage.add(check($0)) }
            return list.digest.text
        }
    }

    /// A list without a column of account types needs `--account-type`.
    func checkAccountTypes(_ mapping: HeaderMap, fallback: AccountType?) throws {
        guard fallback != nil || mapping.hasAccountType else {
            throw CommandFailure(
                .nothingSent,
                "\(Terminal.plain(file)) has no column of account types; add one named 'account type', or "
                    + "give --account-type for all rows")
        }
    }
}
