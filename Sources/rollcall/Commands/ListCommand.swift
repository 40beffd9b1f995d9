import ArgumentParser
import Domain
import Foundation
import Ledger
import Planning
import Readers
import Settings

/// What `invite`, `set-role` and `disable` have in common: a list of people, checked row by row, planned and sent.
protocol ListCommand: SendingCommand {
    /// What the rows ask for.
    static var operation: WorkspaceChange.Kind { get }
    var file: String { get }
    var columns: ListColumnOptions { get }
    var csv: CSVFileOptions { get }
    var guards: GuardOptions { get }
    /// nil for a command that needs no account types.
    var accountTypes: AccountTypeOptions? { get }

    /// What each row comes to in a workspace.
    ///
    /// - Parameters:
    ///   - words: what account types are called.
    ///   - findings: where what is told once for the whole list comes together.
    func rowCheck(for roster: Roster, _ words: TypeWords, _ findings: ListFindings) -> (PersonRow) -> StagedRow
}

extension ListCommand {
    static var kind: RunHeader.Kind { .change(operation) }

    func run(on console: Console) async throws {
        let settings = try common.settings()
        let interrupts = Interrupts(console: console)
        var words = typeWords(settings)
        var list = try list(words, console)
        if let column = list.columns.workspaceColumn {
            return try await runByWorkspace(settings, words, column: column, console, interrupts)
        }
        let origin = PlanOrigin("", sheet: list.sheet)
        try await execute(
            settings, kind: Self.kind, input: file, limits: guards.limits(settings),
            origin: origin, console: console, interrupts: interrupts
        ) { stage, roster in
            words.add(roster.accountTypes)
            stage.takesAnyRow = columns.anyRow
            let findings = try fill(stage, from: &list, for: roster, &words, settings, console)
            origin.words = list.columns.description
            origin.list = ListNotes(findings, words, unusedTypes: list.columns.unusedTypes)
            return list.digest.text
        }
    }

    /// Reads the list into a plan. What its words mean that are no account types is asked once, where somebody is there to
    /// be asked; then it is read again.
    private func fill(
        _ stage: PlanStage, from list: inout PeopleList, for roster: Roster, _ words: inout TypeWords,
        _ settings: UserSettings, _ console: Console
    ) throws -> ListFindings {
        var others = 0
        let add = { (row: StagedRow) in
            if !row.lacksOnlyType { others += 1 }
            try stage.add(row)
        }
        var findings = ListFindings()
        try read(&list, for: roster, words, findings, console, where: { _ in true }, add: add)
        let questions = TypeQuestions(words, console)
        let answers = send.yes || OrdinaryFile.isStream(file) ? [] : questions.ask(findings.unknown)
        if !answers.isEmpty {
            let digest = list.digest.text
            for answer in answers { words.map(answer.word, to: answer.type) }
            try asCommandFailure { try stage.clear() }
            others = 0
            findings = ListFindings()
            list = try self.list(words, console)
            try read(&list, for: roster, words, findings, console, where: { _ in true }, add: add)
            guard list.digest.text == digest else {
                throw CommandFailure(
                    .nothingSent, "\(Terminal.plain(file)) was changed while it was read; nothing was sent")
            }
            questions.keep(answers, settings)
        }
        if others == 0, !findings.unknown.isEmpty {
            ListNotes(findings, words).tell(file: file, console)
            throw CommandFailure(
                .nothingSent, "no row of \(Terminal.plain(file)) names an account type; nothing was sent")
        }
        return findings
    }

    /// Opens the list.
    func list(_ words: TypeWords, _ console: Console) throws -> PeopleList {
        try PeopleList(
            path: file, options: columns.options(Self.operation, csv: csv, types: accountTypes, words: words),
            console: console)
    }

    /// Reads every row that is wanted into a plan.
    func read(
        _ list: inout PeopleList, for roster: Roster, _ words: TypeWords, _ findings: ListFindings, _ console: Console,
        where isWanted: (PersonRow) -> Bool, add: (StagedRow) throws -> Void
    ) throws {
        if Self.operation != .invite {
            let uids = Set(roster.active.map(\.uid))
            try list.findUIDs(uids.contains)
        }
        let isForeign = words.areForeign(list.columns.typeWords)
        let check = rowCheck(for: roster, isForeign ? words.distrustingPrivileges : words, findings)
        let readRow = { (row: PersonRow) in
            guard isWanted(row) else { return }
            guard let exclusion = row.exclusion else { return try add(check(row)) }
            // In the form in which the same person's other rows have it.
            let email = (try? WrittenAddress(row.email))?.address.text ?? row.email
            let text = RowText(email: email, uid: row.uid, accountType: row.accountType)
            try add(
                StagedRow(
                    line: row.location.line, emailColumn: row.emailColumn, kind: Self.operation,
                    content: .settled(text, .skip(exclusion.ground, reason: exclusion.reason))))
        }
        do {
            try list.forEach(console, readRow)
        } catch let error as ListError {
            // What the list's words mean can be said in the same go.
            ListNotes(findings, words).tellUnknown(file, console)
            throw error
        }
        if !isForeign, let word = findings.privileged { try refuseForeign(word, words, findings, console) }
    }
}
