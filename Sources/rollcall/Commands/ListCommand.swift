import ArgumentParser
import Domain
import Foundation
import Ledger
import Planning
import Readers

/// What `invite`, `set-role` and `disable` have in common: a list of people, checked row by row, planned and sent.
protocol ListCommand: AsyncParsableCommand {
    /// What the rows ask for.
    static var kind: RunHeader.Kind { get }
    var file: String { get }
    var csv: CSVFileOptions { get }
    var plan: PlanOptions { get }
    var send: SendOptions { get }
    var guards: GuardOptions { get }
    var connection: ConnectionOptions { get }
    var common: CommonOptions { get }

    /// Looks at the list's columns before anything else is done.
    ///
    /// - Throws: ``CommandFailure`` where one is missing.
    func check(_ mapping: HeaderMap) throws

    /// What each row comes to in a workspace.
    func rowCheck(for roster: Roster) throws -> (PersonRow) -> StagedRow
}

extension ListCommand {
    func run() async throws {
        let console = common.console
        let interrupts = Interrupts(console: console)
        let options = try csv.options()
        var list = try PeopleList(path: file, options: options, takesUIDs: Self.kind != .invite)
        try check(list.reader.mapping)
        let isSent = !send.dryRun && plan.savePlan == nil
        let files = isSent ? try send.resultsFiles(besides: file) : []
        let ledger = isSent ? try common.openLedger() : try inWords { try Ledger.temporary() }
        try await connection.connect(
            timeout: .seconds(send.timeout), connections: send.concurrency, console: console
        ) { connection in
            let lock = try inWords { try ledger.lock(connection.workspace) }
            let listing = try await connection.listing(keptIn: ledger, allowEmpty: self.connection.allowEmpty)
            let header = RunHeader(
                kind: Self.kind, workspace: connection.workspace, input: file, version: programVersion)
            let limits = guards.limits
            let plan = try RunPlan.make(header, against: listing.roster, limits: limits, in: ledger, under: lock) {
                stage in
                let check = try rowCheck(for: listing.roster)
                while let row = try list.reader.next() {
                    CrashPoint.pass("row read")
                    try stage.add(check(row))
                }
                return list.digest.text
            }
            let session = RunSession(
                number: plan.stage.number, lock: lock, ledger: ledger, connection: connection, send: send,
                limits: limits, allowEmpty: self.connection.allowEmpty, console: console, interrupts: interrupts,
                files: files)
            try await session.carryOut(
                plan, listed: listing.snapshot, mapping: list.reader.mapping.description, header: header,
                strict: self.plan.strict,
                savePlan: self.plan.savePlan)
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
