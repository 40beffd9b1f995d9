import Domain
import Execution
import Foundation
import Ledger
import Planning
import WorkspaceAPI

/// One process of the program: the real client, executor, journal and rules, as the commands put them together.
///
/// When it dies, nothing that it does reaches the ledger or the API any more. What it had sent goes on at the API.
final class SimulatedProcess: @unchecked Sendable {
    let name: String
    let timeout = Duration.seconds(30)
    /// The run that it sends for.
    private(set) var run: Int64 = 0
    private(set) var isDead = false
    /// When it first looked at the workspace.
    private(set) var startedAt = Duration.zero
    private let api: SimulatedAPI
    private let ledger: Ledger
    private let workspace: String
    private let scenario: Scenario
    private let jitter: Double

    struct Died: Error {}

    init(_ name: String, api: SimulatedAPI, ledger: Ledger, workspace: String) {
        self.name = name
        self.api = api
        self.ledger = ledger
        self.workspace = workspace
        scenario = api.scenario
        jitter = Double(scenario.seed % 100) / 100
    }

    func die() {
        guard !isDead else { return }
        api.note("\(name) dies")
        isDead = true
    }

    private func live() throws { if isDead { throw Died() } }

    /// `rollcall invite`
    func invite(_ emails: [String]) async throws {
        let header = RunHeader(kind: .change(.invite), workspace: workspace, input: "people.csv", version: "0")
        startedAt = api.loop.now
        var roster = try await client.listUsers()
        try live()
        let lock = try ledger.lock(workspace)
        let draft = try ledger.beginPlan(header, under: lock, at: Date())
        for (place, email) in emails.enumerated() {
            let content = DraftRow.Content.invite(try EmailAddress(email), AccountType(rawValue: "DEVELOPER"))
            try draft.add(DraftRow(line: place + 2, emailColumn: 1, content: content))
        }
        let earlier = try draft.unansweredRuns()
        for number in earlier {
            try live()
            api.note("\(name) settles run \(number) first")
            let open = try ledger.releaseUnanswered(of: number, under: lock)
            _ = try await executor(of: number, options: options).settleOnly(open: open)
            try live()
            try ledger.countUnanswered(of: number)
        }
        if !earlier.isEmpty { roster = try await client.listUsers() }
        try live()
        try draft.decide(against: roster, lag: options.settleWait, by: OperationRules.decide)
        try draft.confirm(inputSHA256: "", at: Date())
        run = draft.number
        try await execute(open: 0)
    }

    /// `rollcall runs resume`
    func resume(_ number: Int64) async throws {
        (run, startedAt) = (number, api.loop.now)
        let lock = try ledger.lock(workspace)
        let open = try ledger.releaseUnanswered(of: number, under: lock)
        if try ledger.nextTurn(of: number) != nil {
            let roster = try await client.listUsers()
            try live()
            try ledger.plan(of: number).decide(
                against: roster, lag: options.settleWait, by: OperationRules.decideAgain)
        }
        _ = try ledger.resume(number, under: lock)
        try await execute(open: open)
    }

    private func execute(open: Int) async throws {
        let isFirst = try !ledger.hasSucceeded(run)
        let end = try await executor(of: run, options: options).run(open: open, isFirst: isFirst)
        try live()
        let state: RunState =
            switch end {
            case .finished: .finished
            case .interrupted: .interrupted
            case .stopped: .stopped
            }
        api.note("\(name) ends: \(end)")
        try ledger.finish(run, as: state, at: Date())
    }

    private var options: ExecutionOptions {
        ExecutionOptions(
            rate: scenario.rate, concurrency: scenario.concurrency, batch: scenario.batch, maxAttempts: 3,
            timeout: timeout, maxWait: .seconds(120))
    }

    private func executor(of number: Int64, options: ExecutionOptions) -> BatchExecutor {
        let clock = SimulatedClock(loop: api.loop)
        let jitter = jitter
        return BatchExecutor(
            journal: MortalJournal(journal: ledger.journal(of: number, find: OperationRules.find), process: self),
            sender: client, rosterSource: client, options: options, clock: clock,
            now: { Date(timeIntervalSince1970: 0) }, jitter: { jitter }, nap: .seconds(5))
    }

    private lazy var client: WorkspaceClient = {
        guard let endpoint = try? Endpoint("https://api.example.com/"),
            let credentials = try? Credentials(key: "key", secret: "secret")
        else { preconditionFailure("they are well formed") }
        return WorkspaceClient(
            endpoint: endpoint, credentials: credentials, transport: MortalTransport(api: api, process: self),
            timeout: timeout, clock: SimulatedClock(loop: api.loop), now: { Date(timeIntervalSince1970: 0) })
    }()
}

/// The way to the API, as long as its process lives.
private struct MortalTransport: Transport {
    let api: SimulatedAPI
    let process: SimulatedProcess

    func post(_ request: TransportRequest) async throws(TransportFailure) -> TransportResponse {
        if process.isDead { throw .lost(reason: "the process is dead") }
        return try await api.answer(request.body, of: process)
    }

    func shutdown() async throws {}
}

/// The real journal, as long as its process lives; a write takes a while.
private struct MortalJournal: OperationJournal {
    let journal: RunJournal
    let process: SimulatedProcess

    func claim(
        _ limit: Int, within limits: ClaimLimits, recording records: [RowRecord]
    ) async throws -> [PendingRow] {
        try check()
        let rows = try await journal.claim(limit, within: limits, recording: records)
        try check()
        return rows
    }

    func record(_ records: [RowRecord]) async throws {
        try check()
        try await journal.record(records)
    }

    func settle(by look: Look?, on terms: SettlementTerms) async throws -> Settlement {
        try check()
        return try await journal.settle(by: look, on: terms)
    }

    private func check() throws { if process.isDead { throw SimulatedProcess.Died() } }
}
