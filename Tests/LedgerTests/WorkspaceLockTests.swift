import Domain
import Foundation
import GRDB
import Testing

@testable import Ledger

/// `flock` belongs to an open file, not to a process, so two ledgers in one process stand for two processes.
@Suite struct WorkspaceLockTests {
    private let folder: TemporaryFolder
    private let mine: Ledger
    private let theirs: Ledger

    init() throws {
        folder = try TemporaryFolder()
        mine = try Ledger.open(at: folder.file("ledger.db"))
        theirs = try Ledger.open(at: folder.file("ledger.db"))
    }

    @Test func `the second is refused with the name of the run, until the first has ended`() throws {
        let lock = try mine.lock("sandbox")
        let plan = try mine.beginPlan(header(), under: lock, at: Date())
        #expect(
            throws: LedgerError.busy(
                workspace: "sandbox", run: plan.number, process: Int64(ProcessInfo.processInfo.processIdentifier))
        ) { try theirs.lock("sandbox") }
        lock.release()
        _ = try theirs.lock("sandbox")
    }

    @Test func `before there is a run the refusal names none, whatever the last one was`() throws {
        let first = try mine.lock("sandbox")
        _ = try mine.beginPlan(header(), under: first, at: Date())
        first.release()
        let second = try mine.lock("sandbox")
        #expect(throws: LedgerError.busy(workspace: "sandbox", run: nil, process: nil)) { try theirs.lock("sandbox") }
        second.release()
    }

    @Test func `another workspace and another ledger are free`() throws {
        let lock = try mine.lock("sandbox")
        _ = try theirs.lock("https://api.acme.io/graphql#../../etc")
        _ = try Ledger.open(at: folder.file("other.db")).lock("sandbox")
        lock.release()
    }

    @Test(arguments: ["lock", "ledger"], ["deleted", "replaced"])
    func `a lock whose file or ledger is gone keeps nobody out, and says so`(what: String, how: String) async throws {
        let lock = try mine.lock("sandbox")
        let plan = try mine.beginPlan(header(), under: lock, at: Date())
        try plan.add(try row(2, "a@acme.io"))
        try plan.confirm(inputSHA256: "", at: Date())
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        let name = try #require(files.first { what == "lock" ? $0.hasSuffix(".lock") : $0 == "ledger.db" })
        let path = folder.file(name)
        try FileManager.default.removeItem(atPath: path)
        if how == "replaced" { try Data().write(to: URL(fileURLWithPath: path)) }
        let journal = mine.journal(of: plan.number, under: lock) { _ in .noEffect }
        await #expect(throws: LedgerError.lockLost(path: path)) {
            try await journal.claim(1, within: limits, recording: [])
        }
    }

    @Test func `a ledger behind a symbolic link is the same ledger`() throws {
        try FileManager.default.createSymbolicLink(
            atPath: folder.file("link.db"), withDestinationPath: folder.file("ledger.db"))
        let lock = try mine.lock("sandbox")
        let linked = try Ledger.open(at: folder.file("link.db"))
        #expect(throws: LedgerError.busy(workspace: "sandbox", run: nil, process: nil)) { try linked.lock("sandbox") }
        lock.release()
    }

    @Test func `a lock can be taken while somebody looks at it`() async throws {
        let looking = Task.detached { [theirs] in
            while !Task.isCancelled { _ = theirs.isAtWork(on: 1, in: "sandbox") }
        }
        for _ in 0..<200 { try mine.lock("sandbox").release() }
        looking.cancel()
        await looking.value
    }

    @Test func `a run whose process died is crashed, until it is taken up again`() throws {
        var lock = try mine.lock("sandbox")
        let plan = try mine.beginPlan(header(), under: lock, at: Date())
        try plan.add(try row(2, "a@acme.io"))
        try plan.confirm(inputSHA256: "", at: Date())
        #expect(try theirs.run(plan.number).state == .running)
        lock.release()
        #expect(try theirs.run(plan.number).state == .crashed)
        lock = try theirs.lock("sandbox")
        // Somebody is at work, but on another run.
        #expect(try mine.run(plan.number).state == .crashed)
        let other = try theirs.beginPlan(header(), under: lock, at: Date())
        #expect(try mine.run(plan.number).state == .crashed)
        try other.discard()
        _ = try theirs.resume(plan.number, under: lock)
        #expect(try mine.run(plan.number).state == .running)
        try theirs.finish(plan.number, as: .finished, at: Date())
        lock.release()
        #expect(try mine.run(plan.number).state == .finished)
    }

    @Test func `a plan that its process left is swept away by the next, and those of other workspaces are not`() throws
    {
        let lock = try mine.lock("sandbox")
        try mine.beginPlan(header(), under: lock, at: Date()).add(try row(2, "a@acme.io"))
        lock.release()
        let next = try theirs.lock("sandbox")
        _ = try theirs.beginPlan(header(), under: next, at: Date())
        #expect(try mine.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM runs") } == 1)
        let other = RunHeader(kind: .change(.invite), workspace: "other", input: "", version: "")
        _ = try mine.beginPlan(other, under: mine.lock("other"), at: Date())
        #expect(try mine.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM runs") } == 2)
        next.release()
    }
}
