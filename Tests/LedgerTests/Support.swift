import Domain
import Foundation

@testable import Ledger

let developer = AccountType(rawValue: "DEVELOPER")

func header(_ input: String = "people.csv") -> RunHeader {
    RunHeader(kind: .invite, workspace: "sandbox", input: input, version: "0")
}

func row(_ line: Int, _ email: String, _ type: AccountType = developer) throws -> StagedRow {
    StagedRow(line: line, emailColumn: 1, content: .operation(.invite(try EmailAddress(email), type)))
}

extension Ledger {
    /// A plan of a run of ``header(_:)``, with the lock that it needs.
    func plan() throws -> PlanStage { try beginPlan(header(), under: lock("sandbox"), at: Date()) }
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
