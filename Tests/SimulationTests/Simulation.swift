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

    /// One process after the other, until the last one, with nothing going wrong any more, finishes what is left.
    private func live(_ scenario: Scenario, _ api: SimulatedAPI, _ workspace: String, _ emails: [String]) async {
        for number in 0...scenario.deaths.count + 1 {
            let process = SimulatedProcess("process \(number + 1)", api: api, ledger: ledger, workspace: workspace)
            if number > scenario.deaths.count {
                // The last faults may still be in progress, and lists may lag, when people come back.
                await api.loop.sleep(.seconds(Double(scenario.seed % 3) * 40))
                api.isHealthy = true
            }
            let last = try? lastRun()
            let isResumed =
                number > 0 && last.map { $0.left > 0 } ?? false && !(scenario.restarts[safe: number - 1] ?? false)
            await api.loop.until { resume in
                if let death = scenario.deaths[safe: number] {
                    api.loop.after(.seconds(death)) {
                        process.die()
                        resume()
                    }
                }
                Task(executorPreference: api.loop) {
                    do {
                        if let last, isResumed {
                            api.note("\(process.name) resumes run \(last.number)")
                            try await process.resume(last.number)
                        } else if number == 0 || scenario.restarts[safe: number - 1] ?? (last == nil) {
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
    }

    /// The newest run, and how many of its rows a resume would see to.
    private func lastRun() throws -> (number: Int64, left: Int)? {
        try ledger.read { db in
            let row = try Row.fetchOne(
                db.cachedStatement(
                    sql: "SELECT number, (SELECT count(*) FROM rows WHERE run = number "
                        + "AND rows.state IN ('planned', 'sending', 'unknown')) AS open "
                        + "FROM runs WHERE state <> 'planning' ORDER BY number DESC LIMIT 1"))
            return row.map { ($0["number"], $0["open"]) }
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
                let outcome = Outcome(kind: Outcome.Kind(state: row["state"]), reason: row["reason"])
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
    private var reboots = false
    private var boot = 0
    private var bootedAt = -1000.0

    func begin(on loop: SimulationLoop, _ scenario: Scenario) {
        self.loop = loop
        (jump, wallOffset, reboots, boot) = (scenario.clockJump, 0, scenario.reboots, boot + 1)
        bootedAt = -1000
    }

    func betweenProcesses() {
        wallOffset += jump
        guard reboots, let loop else { return }
        boot += 1
        bootedAt = loop.now.inSeconds
    }

    var clocks: Ledger.Clocks {
        var clocks = Ledger.Clocks()
        clocks.blocks = true
        clocks.moment = { [self] in
            MachineMoment(boot: "machine/\(boot)", seconds: (loop?.now.inSeconds ?? 0) - bootedAt)
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
