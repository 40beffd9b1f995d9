import Domain
import Foundation
import Ledger
import Planning
import Readers
import Reports
import Settings

/// A list whose rows say which workspace they are for: a run for each workspace, agreed to together.
extension ListCommand {
    func runByWorkspace(
        _ settings: UserSettings, _ words: TypeWords, column: String, _ console: Console, _ interrupts: Interrupts
    ) async throws {
        guard !OrdinaryFile.isStream(file) else {
            throw CommandFailure(
                .nothingSent,
                "a list with a column of workspaces is read more than once; give it as a file; nothing was sent")
        }
        let pace = send.pace(settings, console: console)
        try await connection.connectToCompany(
            settings,
            need: "\(Terminal.plain(file)) says in \(column) which one each row is for; leave that out with "
                + "--workspace-column none, or use",
            timeout: .seconds(pace.timeout), connections: pace.concurrency, console: console
        ) { company in
            let rows = try WorkspaceRows(list(words, console), of: company, file: file, console)
            var names: Set<String> = []
            let parts = try rows.workspaces.map { workspace in
                let name = AccessReport.slug(of: workspace.name, besides: &names)
                return WorkspacePart(
                    workspace: workspace, name: name,
                    files: isSent
                        ? try send.resultsFiles(besides: file, part: name, isPractice: connection.sandbox) : [])
            }
            let ledger =
                isSent
                ? try common.openLedger(settings, isPractice: connection.sandbox)
                : try asCommandFailure { try Ledger.temporary() }
            let maker = PartMaker(
                settings: settings, words: words, pace: pace, ledger: ledger, console: console, interrupts: interrupts)
            try await plan(parts[...], of: company, rows, maker, [])
        }
    }

    /// Plans for one workspace after the other, with all connections open, and then sends.
    private func plan(
        _ left: ArraySlice<WorkspacePart>, of company: Company, _ rows: WorkspaceRows, _ maker: PartMaker,
        _ planned: [PlannedPart]
    ) async throws {
        guard let part = left.first else { return try await carryOut(planned, maker) }
        try await company.connect(to: part.workspace) { connection in
            let next: PlannedPart
            do {
                next = try await maker.console.output.element(
                    of: "plans", event: "workspacePlanned", about: part.subject
                ) {
                    try await self.plan(
                        part, over: connection, rows, maker, besides: planned.map(\.proposal), isLast: left.count == 1)
                }
            } catch {
                try? planned.map(\.proposal).discard()
                throw error
            }
            try await self.plan(left.dropFirst(), of: company, rows, maker, planned + [next])
        }
    }

    private func plan(
        _ part: WorkspacePart, over connection: Connection, _ rows: WorkspaceRows, _ maker: PartMaker,
        besides others: [Proposal], isLast: Bool
    ) async throws -> PlannedPart {
        let (ledger, console) = (maker.ledger, maker.console)
        let limits = guards.limits(maker.settings)
        let lock = try asCommandFailure { try ledger.lock(connection.workspace) }
        let listing = try await connection.listing(keptIn: ledger, allowEmpty: self.connection.allowEmpty)
        let header = RunHeader(
            kind: Self.kind, workspace: connection.workspace, input: file, part: part.name, version: programVersion,
            directory: RunHeader.here, results: part.files.map { RunHeader.whole($0.path) })
        let roster = listing.roster
        var words = maker.words
        words.add(roster.accountTypes)
        var list = try list(words, console)
        let findings = ListFindings()
        let earlier = EarlierRuns(
            ledger: ledger, connection: connection, lock: lock, pace: maker.pace,
            allowEmpty: self.connection.allowEmpty,
            console: console)
        let plan = try await RunPlan.make(
            header, against: roster, limits: limits, in: ledger, under: lock, lag: maker.pace.lag, console: console,
            settle: earlier.settle
        ) { stage in
            stage.takesAnyRow = columns.anyRow
            try read(&list, for: roster, words, findings, console) {
                rows.isFor(part.workspace, $0)
            } add: {
                try stage.add($0)
            }
            guard list.digest.text == rows.digest else {
                throw CommandFailure(
                    .nothingSent, "\(Terminal.plain(file)) was changed while it was read; nothing was sent")
            }
            return rows.digest
        }
        try earlier.propose(insteadOf: plan)
        let session = RunSession(
            number: plan.stage.number, kind: Self.kind, lock: lock, ledger: ledger, connection: connection, send: send,
            pace: maker.pace, limits: limits, allowEmpty: self.connection.allowEmpty, console: console,
            interrupts: maker.interrupts, files: part.files)
        let proposal = Proposal(
            plan: plan, workspace: connection.workspace, name: part.workspace.name, send: send, pace: maker.pace,
            limits: limits, console: console)
        console.say()
        console.say(console.bold(Terminal.plain(part.workspace.name)))
        let origin = PlanOrigin(list.columns.description, sheet: list.sheet)
        origin.list = ListNotes(findings, words, unusedTypes: list.columns.unusedTypes)
        try proposal.show(file: file, origin)
        try proposal.guardWorkspace(besides: others, isLast: isLast)
        try proposal.tellRows()
        return PlannedPart(part: part, proposal: proposal, session: session, header: header, listed: listing.snapshot)
    }

    /// Sends to one workspace after the other. What ends one of them ends those behind it: their rows are kept, and a
    /// resume sends them.
    private func carryOut(_ parts: [PlannedPart], _ maker: PartMaker) async throws {
        let output = maker.console.output
        if let path = plan.savePlan {
            for part in parts {
                let path = SendOptions.inserting(part.part.name, into: path)
                try await output.element(of: "runs", event: "workspaceFinished", about: part.part.subject) {
                    try part.proposal.save(part.header, part.listed, from: maker.ledger, to: path)
                }
            }
            return
        }
        guard try parts.map(\.proposal).isAgreed(strict: plan.strict) else { return }
        do {
            for part in parts { try part.session.setEarlierResultsAside() }
        } catch {
            try? parts.map(\.proposal).discard()
            throw error
        }
        try asCommandFailure {
            for part in parts {
                try part.proposal.plan.stage.confirm(inputSHA256: part.proposal.plan.inputSHA256, at: Date())
            }
        }
        var statuses: [ExitStatus] = []
        for part in parts {
            do {
                try await output.element(of: "runs", event: "workspaceFinished", about: part.part.subject) {
                    let interrupt: ExitStatus? = maker.interrupts.wasInterrupted ? .interrupted : nil
                    if let end = statuses.first(where: \.endsEverything) ?? interrupt {
                        try part.session.leave()
                        throw CommandFailure(end)
                    }
                    try await part.session.lookAgainIfOld(at: part.proposal.plan)
                    try await part.session.execute(isNew: true)
                }
            } catch let failure as CommandFailure {
                if let sentence = failure.sentence {
                    maker.console.fail(sentence, JSONMember("status", failure.status.rawValue))
                }
                statuses.append(failure.status)
            }
        }
        if let status = statuses.first(where: \.endsEverything) ?? statuses.first { throw CommandFailure(status) }
    }
}

/// The rows for one workspace, and where their results go.
private struct WorkspacePart {
    let workspace: Workspace
    /// As files are called after it.
    let name: String
    let files: [ReportFile]

    /// As programs are told what they are told about.
    var subject: [JSONMember] {
        [JSONMember("workspaceUid", workspace.uid), JSONMember("workspaceName", workspace.name)]
    }
}

/// What all parts share.
private struct PartMaker {
    let settings: UserSettings
    let words: TypeWords
    let pace: Pace
    let ledger: Ledger
    let console: Console
    let interrupts: Interrupts
}

/// A plan for one workspace, with what will carry it out.
private struct PlannedPart {
    let part: WorkspacePart
    let proposal: Proposal
    let session: RunSession
    let header: RunHeader
    let listed: Snapshot
}

extension ExitStatus {
    /// Whether nothing is to be sent to the next workspace either.
    fileprivate var endsEverything: Bool { [.interrupted, .credentialsRefused, .unreachable].contains(self) }
}
