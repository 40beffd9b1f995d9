import ArgumentParser
import Domain
import Foundation
import Ledger
import Readers

/// `rollcall invite FILE`
struct InviteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "invite",
        abstract: "Invite the people in a CSV; every row ends with an outcome.",
        discussion: """
            The file needs a column with email addresses and one with account types, or --account-type. The whole \
            file is checked, against itself and against the workspace, before anything is sent.

              rollcall invite people.csv --dry-run
              rollcall invite samples/invites.csv --sandbox --yes
            """)

    @Argument(help: ArgumentHelp("The list of people, or - for standard input.", valueName: "file"))
    var file: String

    @Option(help: ArgumentHelp("The account type of rows that name none.", valueName: "type"))
    var accountType: String?

    @Flag(help: "Send nothing if any row is rejected.")
    var strict = false

    @Option(help: ArgumentHelp("The file's encoding, for example windows-1252.", valueName: "name"))
    var encoding: String?

    @Option(help: ArgumentHelp("What separates fields: ',', ';', '|' or 'tab'.", valueName: "character"))
    var delimiter: String?

    @OptionGroup var send: SendOptions
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let console = common.console
        let interrupts = Interrupts(console: console)
        let options = try csvOptions()
        let fallback = try fallbackType()
        var list = try PeopleList(path: file, options: options)
        guard fallback != nil || list.reader.mapping.hasAccountType else {
            throw CommandFailure(
                .nothingSent,
                "\(Terminal.plain(file)) has no column of account types; add one named 'account type', or "
                    + "give --account-type for all rows")
        }
        let files = send.dryRun ? [] : try send.resultsFiles(besides: file)
        let ledger = send.dryRun ? try inWords { try Ledger.temporary() } : try common.openLedger()
        try await connection.connect(
            timeout: .seconds(send.timeout), connections: send.concurrency, console: console
        ) { connection in
            let lock = try inWords { try ledger.lock(connection.workspace) }
            let roster = try await connection.listing(keptIn: ledger, allowEmpty: self.connection.allowEmpty).roster
            let header = RunHeader(
                kind: .invite, workspace: connection.workspace, input: file, version: programVersion)
            let plan = try InvitePlan.make(
                from: &list, file: file, roster: roster, fallback: fallback, header: header, ledger: ledger, lock: lock)
            let session = RunSession(
                number: plan.stage.number, lock: lock, ledger: ledger, connection: connection, send: send,
                allowEmpty: self.connection.allowEmpty, console: console, interrupts: interrupts, files: files)
            try await session.carryOut(plan, file: file, mapping: list.reader.mapping.description, strict: strict)
        }
    }

    private func csvOptions() throws -> CSVOptions {
        guard let delimiter else { return CSVOptions(encoding: encoding) }
        guard let found = Delimiter(delimiter) else {
            throw ValidationError("--delimiter \(Terminal.plain(delimiter)) is not one character, or 'tab'.")
        }
        return CSVOptions(delimiter: found, encoding: encoding)
    }

    private func fallbackType() throws -> AccountType? {
        guard let accountType else { return nil }
        let type = AccountType(rawValue: AccountType.normalised(accountType))
        guard AccountType.known.contains(type) else {
            let names = AccountType.known.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("--account-type \(Terminal.plain(accountType)) is not one of \(names).")
        }
        return type
    }
}
