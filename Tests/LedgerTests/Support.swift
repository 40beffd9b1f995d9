import Domain
import Foundation
import Synchronization

@testable import Ledger

let developer = AccountType(rawValue: "DEVELOPER")

func header(_ input: String = "people.csv") -> RunHeader {
    RunHeader(kind: .change(.invite), workspace: "sandbox", input: input, version: "0")
}

func row(_ line: Int, _ email: String, _ type: AccountType = developer) throws -> DraftRow {
    DraftRow(line: line, emailColumn: 1, content: .invite(try EmailAddress(email), type))
}

extension Ledger {
    /// A plan of a run of ``header(_:)``, with the lock that it needs.
    func plan() throws -> PlanDraft { try beginPlan(header(), under: lock("sandbox"), at: Date()) }
}

/// A rule that remembers what it was shown, and sends everything.
final class Witness {
    var seen: [Candidate] = []
    func decide(_ candidate: Candidate) -> Disposition {
        seen.append(candidate)
        return .send(again: false)
    }
}

/// A folder that is gone when the test is.
final class TemporaryFolder {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(atPath: path) }
    func file(_ name: String) -> String { path + "/" + name }
}

/// What claims are made with.
let limits = ClaimLimits(timeout: .seconds(30))

/// A machine whose clock stands still until it is moved, and whose time of day is another matter.
final class FakeMachine: Sendable {
    private let state = Mutex((boot: "one/first", seconds: 1000.0, date: Date(timeIntervalSince1970: 2_000_000_000)))

    /// Time passes.
    func pass(_ seconds: Double) {
        state.withLock { state in
            state.seconds += seconds
            state.date += seconds
        }
    }

    /// It starts again; its own clock begins anew.
    func restart() { state.withLock { ($0.boot, $0.seconds) = ("one/second", 5) } }

    /// Somebody copies the ledger to another one.
    func move() { state.withLock { ($0.boot, $0.seconds) = ("two/first", 90_000) } }

    /// Somebody sets the time of day.
    func turnBack(_ seconds: Double) { state.withLock { $0.date -= seconds } }

    var clocks: Ledger.Clocks {
        var clocks = Ledger.Clocks()
        clocks.moment = { [self] in state.withLock { MachineMoment(boot: $0.boot, seconds: $0.seconds) } }
        clocks.wallClock = { [self] in state.withLock { $0.date } }
        return clocks
    }
}
