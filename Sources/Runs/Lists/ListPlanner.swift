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

    /// Reads the beginning of the list.
    ///
    /// - Throws: ``CommandFailure`` for a file that is no list, or not certainly one.
    public init(_ request: ListRequest, _ console: Console) throws {
        self.request = request
        self.console = console
        list = try request.open(request.words, console)
    }

    /// The column that says which workspace a row is for; nil where there is none.
    public var workspaceColumn: String? { list.columns.workspaceColumn }

    /// Where the rows come from; what there is to say about the list is known once it has been read.
    public var origin: PlanOrigin { PlanOrigin("", sheet: list.sheet) }

    /// Reads the list into a plan. What its words mean that are no account types is asked once, where somebody is there to
    /// be asked; then it is read again.
    ///
    /// - Parameters:
    ///   - origin: is told what there is to say about the list.
    ///   - settings: where answers may be kept; nil to ask nobody.
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
        if lacksOnlyTypes, !findings.unknown.isEmpty {
            ListNotes(findings, words).tell(file: request.file, console)
            throw CommandFailure(
                .nothingSent, "no row of \(Terminal.plain(request.file)) names an account type; nothing was sent")
        }
        describe(origin, findings, words)
        return list.digest.text
    }

    /// Reads the rows for one of several workspaces into its plan.
    ///
    /// - Parameter rows: which rows are for which workspace, as a first reading of the list found it.
    /// - Returns: the SHA-256 of the list.
    mutating func fill(
        _ draft: PlanDraft, for roster: Roster, of workspace: Workspace, _ rows: WorkspaceRows, _ origin: PlanOrigin
    ) throws -> String {
        let words = words(for: roster)
        let findings = ListFindings()
        _ = try fill(draft, for: roster, words, findings) { rows.isFor(workspace, $0) }
        try checkUnchanged(since: rows.digest)
        describe(origin, findings, words)
        return rows.digest
    }

    /// Reads the rows that are wanted into a plan.
    ///
    /// - Returns: whether every row is well but for its account type.
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

    /// What account types are called, with those that somebody in the workspace has.
    private func words(for roster: Roster) -> TypeWords {
        var words = request.words
        words.add(roster.accountTypes)
        return words
    }

    /// Tells where the rows come from, now that the list has been read.
    private func describe(_ origin: PlanOrigin, _ findings: ListFindings, _ words: TypeWords) {
        origin.words = list.columns.description
        origin.list = ListNotes(findings, words, unusedTypes: list.columns.unusedTypes)
    }

    /// Which rows are for which workspace; the list is read to its end for it.
    func workspaceRows(of company: Company) throws -> WorkspaceRows {
        try WorkspaceRows(list, of: company, file: request.file, console)
    }

    private func checkUnchanged(since digest: String) throws {
        guard list.digest.text != digest else { return }
        throw CommandFailure(
            .nothingSent, "\(Terminal.plain(request.file)) was changed while it was read; nothing was sent")
    }

    /// Reads every row that is wanted.
    private mutating func read(
        for roster: Roster, _ words: TypeWords, _ findings: ListFindings, where isWanted: (PersonRow) -> Bool,
        add: (DraftRow) throws -> Void
    ) throws {
        if request.kind.takesUID {
            let uids = Set(roster.active.map(\.uid))
            try list.findUIDs(uids.contains)
        }
        let isForeign = words.areForeign(list.columns.typeWords)
        let check = request.check(for: roster, isForeign ? words.distrustingPrivileges : words, findings)
        let kind = request.kind
        do {
            try list.forEach(console) { row in
                guard isWanted(row) else { return }
                guard let exclusion = row.exclusion else { return try add(check(row)) }
                // In the form in which the same person's other rows have it.
                let email = (try? WrittenAddress(row.email))?.address.text ?? row.email
                let text = RowText(email: email, uid: row.uid, accountType: row.accountType)
                try add(
                    DraftRow(
                        line: row.location.line, emailColumn: row.emailColumn, kind: kind,
                        content: .settled(text, .skip(exclusion.ground, reason: exclusion.reason))))
            }
        } catch let error as ListError {
            // What the list's words mean can be said in the same go.
            ListNotes(findings, words).tellUnknown(request.file, console)
            throw error
        }
        if !isForeign, let word = findings.privileged { try refuseForeign(word, words, findings) }
    }

    /// Refuses a column of another product's account types whose words came late in the list, after rows with a type that
    /// has privileges were read.
    private func refuseForeign(_ word: String, _ words: TypeWords, _ findings: ListFindings) throws {
        guard words.areForeign(findings.taken + findings.unknown.map(\.text)) else { return }
        ListNotes(findings, words).tellUnknown(request.file, console)
        let text = Terminal.plain(word, limit: 40)
        throw CommandFailure(
            .nothingSent,
            "\(Terminal.plain(request.file)) has \"\(text)\" beside words that are no account types here, and it may be "
                + "another product's as well; say what it means: --map-type \(ShellWord.quoted(text + "=TYPE"))"
                + "; nothing was sent")
    }
}
