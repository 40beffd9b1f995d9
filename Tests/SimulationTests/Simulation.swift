import Domain
import Foundation
import GRDB

@testable import Ledger

/// Runs scenarios, and holds what they come to against what must never happen.
///
/// One at a time: all of it runs on the thread that calls ``run(_:isTraced:)``.
final class Simulation: @unchecked Sendable {
    private let ledger: Ledger
    private let time = SimulatedTime()
    private var processes = 0

    /// One ledger for many scenarios: making one takes longer than most of them.
    init() throws { ledger = try Ledger.temporary(clocks: time.clocks) }

    /// What a scenario came to.
    struct Result {
        /// Each thing that must not be.
        var findings: [String] = []
        var trace: [String] = []
        var listings = 0
        /// How many rows had which outcome when all was over.
        var outcomes: [Outcome.Kind: Int] = [:]
    }

    func run(_ scenario: Scenario, isTraced: Bool = false) throws -> Result {
        let loop = SimulationLoop(seed: scenario.seed)
        time.begin(on: loop, scenario)
        processes = 0
        let api = SimulatedAPI(scenario, on: loop, isTraced: isTraced)
        let emails = (1...scenario.rows).map { "p\($0)@acme.io" }
        var random = SeededGenerator(seed: scenario.seed ^ 0xc011_ea90)
        for _ in 0..<scenario.colleague {
            let email = random.element(of: emails)
            loop.after(random.seconds(0...60)) { api.inviteByHand(email) }
        }
        let workspace = "workspace \(scenario.seed)"
        let ended = Flag()
        Task(executorPreference: loop) {
            await self.live(scenario, api, workspace, emails)
            ended.isSet = true
        }
        var result = Result()
        if !loop.run() || !ended.isSet { result.findings.append("it never ends") }
        result.findings += try check(api, emails, workspace, &result)
        result.trace = api.trace
        result.listings = api.listings
        try ledger.write { db in
            for table in ["rows", "claims", "problems", "runs"] {
                try db.cachedStatement(sql: "DELETE FROM \(table)").execute()
            }
        }
        return result
    }

    /// One process after the other; the last ones, with nothing going wrong any more, finish what is left.
    private func live(_ scenario: Scenario, _ api: SimulatedAPI, _ workspace: String, _ emails: [String]) async {
        for number in 0...scenario.deaths.count {
            let left = (try? unfinishedRuns()) ?? []
            let run = scenario.resumesFirst ? left.first : left.last
            let begins = number == 0 || scenario.restarts[number - 1]
            guard begins || run != nil else { continue }
            await live(api, workspace, emails, resuming: begins ? nil : run, until: scenario.deaths[safe: number])
        }
        // The last faults may still be in progress, and lists may lag, when people come back.
        await api.loop.sleep(.seconds(Double(scenario.seed % 3) * 40))
        api.isHealthy = true
        let left = (try? unfinishedRuns()) ?? []
        for run in scenario.resumesFirst ? left : left.reversed() {
            await live(api, workspace, emails, resuming: run, until: nil)
        }
    }

    /// One process, until it ends or dies.
    private func live(
        _ api: SimulatedAPI, _ workspace: String, _ emails: [String], resuming run: Int64?, until death: Double?
    ) async {
        processes += 1
        let process = SimulatedProcess("process \(processes)", api: api, ledger: ledger, workspace: workspace)
        await api.loop.until { resume in
            if let death {
                api.loop.after(.seconds(death)) {
                    process.die()
                    resume()
                }
            }
            Task(executorPreference: api.loop) {
                do {
                    if let run {
                        api.note("\(process.name) resumes run \(run)")
                        try await process.resume(run)
                    } else {
                        api.note("\(process.name) invites")
                        try await process.invite(emails)
                    }
                } catch {
                    api.note("\(process.name) ends in \(error)")
                }
                resume()
            }
        }
        time.betweenProcesses()
    }

    /// The runs with rows that a resume would see to.
    private func unfinishedRuns() throws -> [Int64] {
        try ledger.read { db in
            try Int64.fetchAll(
                db.cachedStatement(
                    sql: "SELECT number FROM runs WHERE state <> 'planning' AND EXISTS "
                        + "(SELECT 1 FROM rows WHERE run = number AND rows.state IN ('planned', 'sending', 'unknown')) "
                        + "ORDER BY number"))
        }
    }

    private func check(
        _ api: SimulatedAPI, _ emails: [String], _ workspace: String, _ result: inout Result
    ) throws -> [String] {
        var findings: [String] = []
        for email in emails where api.mails[email] ?? 0 > 1 {
            findings.append("\(SimulatedAPI.short(email)) was mailed \(api.mails[email] ?? 0) times")
        }
        var counts: [Int64: Int] = [:]
        try ledger.read { db in
            // Rows of a plan that was never confirmed belong to no run.
            let rows = try Row.fetchCursor(
                db.cachedStatement(
                    sql: "SELECT r.run, r.email, r.state, r.reason FROM rows r JOIN runs ON number = r.run "
                        + "WHERE runs.state <> 'planning'"))
            while let row = try rows.next() {
                let (run, email): (Int64, String) = (row["run"], row["email"])
                let outcome = Outcome(kind: try Outcome.Kind(state: row), reason: row["reason"])
                counts[run, default: 0] += 1
                result.outcomes[outcome.kind, default: 0] += 1
                let isThere = api.invitedAt[email] != nil
                let hadEffect = api.effects[email]?.contains(run) ?? false
                let what = "run \(run): \(SimulatedAPI.short(email)) is \(outcome)"
                switch outcome {
                case .succeeded, .skipped: if !isThere { findings.append("\(what), and is not there") }
                case .failed, .notSent, .rejected: if hadEffect { findings.append("\(what), and was mailed") }
                case .unknown(let reason):
                    if reason.isEmpty && row["state"] != "sending" { findings.append("\(what), without a reason") }
                }
            }
        }
        for (run, count) in counts where count != emails.count {
            findings.append("run \(run) has \(count) of \(emails.count) rows")
        }
        return findings
    }
}

/// The clocks of the machine that a scenario's processes run on.
private final class SimulatedTime: @unchecked Sendable {
    private var loop: SimulationLoop?
    private var jump = 0.0
    private var wallOffset = 0.0
    private var machine = Scenario.Machine.same
    private var name = ""
    private var boot = 0
    private var bootedAt = -1000.0

    func begin(on loop: SimulationLoop, _ scenario: Scenario) {
        self.loop = loop
        (jump, wallOffset, machine, boot) = (scenario.clockJump, 0, scenario.machine, boot + 1)
        (name, bootedAt) = ("machine", -1000)
    }

    func betweenProcesses() {
        wallOffset += jump
        guard let loop else { return }
        switch machine {
        case .same: return
        case .restarted: bootedAt = loop.now.inSeconds
        case .another: (name, bootedAt) = ("machine \(boot)", bootedAt - 1000)
        }
        boot += 1
    }

    var clocks: Ledger.Clocks {
        var clocks = Ledger.Clocks()
        clocks.blocks = true
        clocks.moment = { [self] in
            MachineMoment(boot: "\(name)/\(boot)", seconds: (loop?.now.inSeconds ?? 0) - bootedAt)
        }
        clocks.wallClock = { [self] in
            Date(timeIntervalSince1970: 2_000_000_000 + (loop?.now.inSeconds ?? 0) + wallOffset)
        }
        return clocks
    }
}

private final class Flag: @unchecked Sendable {
    var isSet = false
}

extension SimulationLoop {
    /// Waits until something calls `resume` for the first time.
    fileprivate func until(_ body: (_ resume: @escaping @Sendable () -> Void) -> Void) async {
        await withUnsafeContinuation { (continuation: UnsafeContinuation<Void, Never>) in
            let done = Flag()
            body {
                guard !done.isSet else { return }
                done.isSet = true
                continuation.resume()
            }
        }
    }
}

extension Array {
    fileprivate subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
