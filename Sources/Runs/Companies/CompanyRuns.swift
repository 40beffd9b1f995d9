import Connections
import Domain
import Ledger
import Reports
import TerminalIO

/// Runs a list with a workspace column: one run for each workspace, all confirmed together.
public struct CompanyRuns {
    private let request: ListRequest
    private let options: RunOptions
    private let ledger: Ledger
    private let console: Console
    private let interrupts: Interrupts

    /// Creates the runs of a list with a workspace column.
    public init(
        _ request: ListRequest, _ options: RunOptions, in ledger: Ledger, console: Console, interrupts: Interrupts
    ) {
        self.request = request
        self.options = options
        self.ledger = ledger
        self.console = console
        self.interrupts = interrupts
    }

    /// The rows for one workspace, and their results files.
    private struct Part {
        let workspace: Workspace
        /// The name of the workspace in file names.
        let name: String
        let files: [ReportFile]

        /// The members that identify the workspace in output for programs.
        var subject: [JSONMember] {
            [JSONMember("workspaceUid", workspace.uid), JSONMember("workspaceName", workspace.name)]
        }
    }

    /// A plan for one workspace, with the session that executes it.
    private struct PlannedPart {
        let part: Part
        let proposal: Proposal
        let session: RunSession
        /// Whether its rows have no known account type, and no other problem.
        let lacksTypes: Bool
    }

    /// Finds the workspaces, makes and shows the plans, asks for confirmation, and sends.
    ///
    /// - Parameter isPractice: whether the workspaces are those of the sandbox.
    public func run(in company: Company, isPractice: Bool) async throws {
        let rows = try ListPlanner(request, console).workspaceRows(of: company)
        if request.sync != nil { tellOthers(than: rows.workspaces, of: company) }
        var names: Set<String> = []
        let parts = try rows.workspaces.map { workspace in
            let name = AccessReport.slug(of: workspace.name, besides: &names)
            let files =
                options.isSent
                ? try options.results.files(besides: request.file, part: name, isPractice: isPractice) : []
            return Part(workspace: workspace, name: name, files: files)
        }
        try await plan(parts[...], of: company, rows, [])
    }

    /// A list that a workspace is to match says nothing about one that it does not name, although everybody there may have left.
    private func tellOthers(than named: [Workspace], of company: Company) {
        let uids = Set(named.map(\.uid))
        for other in company.workspaces where !uids.contains(other.uid) {
            console.warn(
                "\(Terminal.plain(other.name)) is not in \(Terminal.plain(request.file)), so nothing is changed there")
        }
    }

    /// Makes the plans, one workspace after the other, with all connections open, and then sends.
    private func plan(
        _ left: ArraySlice<Part>, of company: Company, _ rows: WorkspaceRows, _ planned: [PlannedPart]
    ) async throws {
        guard let part = left.first else { return try await carryOut(planned) }
        try await company.connect(to: part.workspace) { connection in
            let next: PlannedPart
            do {
                next = try await console.output.element(of: "plans", event: "workspacePlanned", about: part.subject) {
                    try await plan(
                        part, over: connection, rows, besides: planned.map(\.proposal), isLast: left.count == 1)
                }
            } catch {
                try? planned.map(\.proposal).discard()
                throw error
            }
            try await plan(left.dropFirst(), of: company, rows, planned + [next])
        }
    }

    private func plan(
        _ part: Part, over connection: Connection, _ rows: WorkspaceRows, besides others: [Proposal], isLast: Bool
    ) async throws -> PlannedPart {
        var setup = try RunSetup(
            options, over: connection, in: ledger, console: console, interrupts: interrupts)
        setup.name = part.workspace.name
        let header = setup.header(
            request.runKind, of: request.file, part: part.name, results: part.files)
        var planner = try ListPlanner(request, console)
        let origin = planner.origin
        let plan = try await RunPlan.make(header, with: setup) { draft, roster in
            try planner.fill(draft, for: roster, of: part.workspace, rows, origin)
        }
        try setup.earlierRuns.propose(insteadOf: plan)
        let proposal = Proposal(plan: plan, setup: setup)
        try proposal.show(origin)
        try proposal.guardWorkspace(besides: others, isLast: isLast)
        try proposal.tellRows()
        return PlannedPart(
            part: part, proposal: proposal, session: RunSession(setup, of: plan, files: part.files),
            lacksTypes: planner.lacksTypes)
    }

    /// Sends to one workspace after the other. If a run ends for a reason that concerns all, the remaining runs end
    /// too; their rows are kept, and a resume sends them.
    private func carryOut(_ parts: [PlannedPart]) async throws {
        guard !parts.allSatisfy(\.lacksTypes) else {
            try? parts.map(\.proposal).discard()
            throw request.withoutTypes
        }
        if let path = options.savePlan {
            for part in parts {
                try await console.output.element(of: "runs", event: "workspaceFinished", about: part.part.subject) {
                    try part.proposal.save(to: RunFileNames.inserting(part.part.name, into: path))
                }
            }
            return
        }
        guard try parts.map(\.proposal).isAgreed() else { return }
        do {
            for part in parts { try part.session.setEarlierResultsAside() }
        } catch {
            try? parts.map(\.proposal).discard()
            throw error
        }
        for part in parts { try part.proposal.plan.confirm() }
        var statuses: [ExitStatus] = []
        for part in parts {
            do {
                try await console.output.element(of: "runs", event: "workspaceFinished", about: part.part.subject) {
                    try await send(part, after: statuses)
                }
            } catch let failure as CommandFailure {
                console.fail(failure)
                statuses.append(failure.status)
            }
        }
        if let status = statuses.first(where: \.endsEverything) ?? statuses.first { throw CommandFailure(status) }
    }

    private func send(_ part: PlannedPart, after statuses: [ExitStatus]) async throws {
        let interrupt: ExitStatus? = interrupts.wasInterrupted ? .interrupted : nil
        if let end = statuses.first(where: \.endsEverything) ?? interrupt {
            try part.session.leave()
            throw CommandFailure(end)
        }
        try await part.session.lookAgainIfOld(at: part.proposal.plan)
        try await part.session.execute(isNew: true)
    }
}

extension ExitStatus {
    /// Whether nothing must be sent to the next workspace either.
    fileprivate var endsEverything: Bool { [.interrupted, .credentialsRefused, .unreachable].contains(self) }
}
