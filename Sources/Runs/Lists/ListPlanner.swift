import Connections
import Domain
import Ledger
import Planning
import Readers
import Settings
import TerminalIO

/// Reads a list of people into plans.
public struct ListPlanner {
    private let request: ListRequest
    private let console: Console
    private var list: PeopleList
    /// The accounts that the list of a `sync` does not name.
    private var others: SyncOthers?
    /// Whether the rows for a workspace have no known account type, and no other problem.
    private(set) var lacksTypes = false

    /// Reads the beginning of the list.
    ///
    /// - Throws: ``CommandFailure`` for a file that is not a list, or may not be one.
    public init(_ request: ListRequest, _ console: Console) throws {
        self.request = request
        self.console = console
        list = try request.open(request.words, console)
    }

    /// The column with the workspace of each row; nil if there is none.
    public var workspaceColumn: String? { list.columns.workspaceColumn }

    /// The origin of the rows; its texts are set once the list has been read.
    public var origin: PlanOrigin { PlanOrigin("", sheet: list.sheet) }

    /// Reads the list into a plan. If the list has unknown words for account types and there is a terminal, asks once
    /// for each, and reads the list again.
    ///
    /// - Parameters:
    ///   - origin: gets the notes about the list.
    ///   - settings: the settings in which answers can be stored; nil to ask nothing.
    /// - Returns: the SHA-256 of the list.
    public mutating func fill(
        _ draft: PlanDraft, for roster: Roster, _ origin: PlanOrigin, askingFor settings: UserSettings?
    ) throws -> String {
        var words = words(for: roster)
        var findings = ListFindings()
        var lacksOnlyTypes = try fill(draft, for: roster, words, findings)
        let questions = TypeQuestions(words, console)
        let answers = settings == nil ? [] : questions.ask(findings.unknown)
        if let settings, !answers.isEmpty {
            let digest = list.digest.text
            for answer in answers { words.map(answer.word, to: answer.type) }
            try asCommandFailure { try draft.clear() }
            findings = ListFindings()
            list = try request.open(words, console)
            lacksOnlyTypes = try fill(draft, for: roster, words, findings)
            try checkUnchanged(since: digest)
            questions.keep(answers, settings)
        }
        guard list.rowCount > 0 else { throw noRows }
        try checkOthers(draft)
        if lacksOnlyTypes, !findings.unknown.isEmpty {
            ListNotes(findings, words).tell(file: request.file, console)
            throw request.withoutTypes
        }
        describe(origin, findings, words)
        return list.digest.text
    }

    /// Reads the rows for one of several workspaces into its plan.
    ///
    /// - Parameter rows: the workspaces of the rows, from the first reading of the list.
    /// - Returns: the SHA-256 of the list.
    mutating func fill(
        _ draft: PlanDraft, for roster: Roster, of workspace: Workspace, _ rows: WorkspaceRows, _ origin: PlanOrigin
    ) throws -> String {
        let words = words(for: roster)
        let findings = ListFindings()
        lacksTypes =
            try fill(draft, for: roster, words, findings) { rows.isFor(workspace, $0) } && !findings.unknown.isEmpty
        try checkUnchanged(since: rows.digest)
        try checkOthers(draft)
        describe(origin, findings, words)
        return rows.digest
    }

    /// Reads the wanted rows into a plan.
    ///
    /// - Returns: whether no row has any other problem than its account type.
    private mutating func fill(
        _ draft: PlanDraft, for roster: Roster, _ words: TypeWords, _ findings: ListFindings,
        where isWanted: (PersonRow) -> Bool = { _ in true }
    ) throws -> Bool {
        draft.takesAnyRow = request.takesAnyRow
        var others = 0
        try read(for: roster, words, findings, where: isWanted) { row in
            if !row.lacksOnlyType { others += 1 }
            try draft.add(row)
        }
        return others == 0
    }

    /// The names of account types, including all types in the workspace.
    private func words(for roster: Roster) -> TypeWords {
        var words = request.words
        words.add(roster.accountTypes)
        return words
    }

    /// Sets the notes about the list, after it has been read.
    private func describe(_ origin: PlanOrigin, _ findings: ListFindings, _ words: TypeWords) {
        origin.words = list.columns.description
        origin.list = ListNotes(findings, words, unusedTypes: list.columns.unusedTypes)
    }

    /// The workspaces of the rows. Reads the whole list.
    func workspaceRows(of company: Company) throws -> WorkspaceRows {
        try WorkspaceRows(list, of: company, file: request.file, console)
    }

    private var noRows: CommandFailure {
        CommandFailure(
            .nothingSent, code: .inputInvalid,
            "\(Terminal.plain(request.file, limit: 1000)) has no rows below its header; nothing was sent")
    }

    private func checkUnchanged(since digest: String) throws {
        guard list.digest.text != digest else { return }
        throw CommandFailure(
            .nothingSent, "\(Terminal.plain(request.file)) was changed while it was read; nothing was sent")
    }

    /// Reads all wanted rows.
    private mutating func read(
        for roster: Roster, _ words: TypeWords, _ findings: ListFindings, where isWanted: (PersonRow) -> Bool,
        add: (DraftRow) throws -> Void
    ) throws {
        if request.kind.takesUID {
            let uids = Set(roster.active.map(\.uid))
            try list.findUIDs(uids.contains)
        }
        let isForeign = words.areForeign(list.columns.typeWords)
        let trusted = isForeign ? words.distrustingPrivileges : words
        let check = request.check(for: roster, trusted, findings)
        var syncCheck = request.syncCheck(for: roster, trusted, findings)
        let kind = request.sync == nil ? request.kind : nil
        do {
            try list.forEach(console) { row in
                guard isWanted(row) else { return }
                guard let exclusion = row.exclusion else { return try add(syncCheck?.check(row) ?? check(row)) }
                // Normalised like the addresses of other rows, so that rows of the same person match.
                let email = (try? WrittenAddress(row.email))?.address.text ?? row.email
                let text = RowText(email: email, uid: row.uid, accountType: row.accountType)
                try add(
                    DraftRow(
                        line: row.location.line, emailColumn: row.emailColumn, kind: kind,
                        content: .settled(text, .skip(exclusion.ground, reason: exclusion.reason))))
            }
        } catch let error as ListError {
            // Reports unknown words too, so that both problems can be fixed at once.
            ListNotes(findings, words).tellUnknown(request.file, console)
            throw error
        }
        if !isForeign, let word = findings.privileged { try refuseForeign(word, words, findings) }
        if let syncCheck, let sync = request.sync {
            let others = SyncOthers(syncCheck, in: roster, sync)
            for row in others.rows { try add(row) }
            self.others = others
        }
    }

    /// Reports the accounts that the list of a `sync` does not name, and refuses a list that may be cut off.
    private func checkOthers(_ draft: PlanDraft) throws {
        guard let sync = request.sync, let others else { return }
        try others.tell(file: request.file, console)
        try sync.refuseShrunk(draft, file: request.file)
    }

    /// Refuses a column of another product's account types if this becomes clear only after rows with a privileged type
    /// were read.
    private func refuseForeign(_ word: String, _ words: TypeWords, _ findings: ListFindings) throws {
        guard words.areForeign(findings.taken + findings.unknown.map(\.text)) else { return }
        ListNotes(findings, words).tellUnknown(request.file, console)
        let text = Terminal.plain(word, limit: 40)
        throw CommandFailure(
            .nothingSent,
            "\(Terminal.plain(request.file)) has \"\(text)\" beside words that are not account types, so \"\(text)\" "
                + "may be from another product too; nothing was sent; to map it: "
                + "--map-type \(ShellWord.quoted(text + "=TYPE"))")
    }
}
