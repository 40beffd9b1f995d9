import Foundation
import Testing

/// Runs with more connections than the limit on open files has room for.
@Suite(.waiting) struct OpenFileLimitTests {
    private let rollcall: Rollcall
    private static let rows = 60

    init() throws {
        rollcall = try Rollcall()
        let lines = (1...Self.rows).map { "person\($0)@acme.io,DEVELOPER\n" }
        try rollcall.write("email,account type\n" + lines.joined(), to: "people.csv")
    }

    @Test func `a run under a low limit on open files succeeds with as many connections as fit`() throws {
        let sandbox = try SandboxProcess(rollcall, "--latency", "50ms")
        let run = try rollcall.start(
            line: "ulimit -n 40; exec \"$ROLLCALL\" invite people.csv --yes --rate none --concurrency 256"
        ).wait()
        #expect(run.status == 0, "\(run.errors)")
        #expect(try rollcall.rows("people.results.csv").allSatisfy { $0[5] == "succeeded" })
        #expect(try sandbox.invites().count == Self.rows)
        let warnings = run.errors.components(separatedBy: "warning: the limit of 40 open files allows 4 ")
        #expect(warnings.count == 2, "\(run.errors)")
    }

    @Test func `a soft limit on open files is raised`() throws {
        try rollcall.startSandbox()
        let run = try rollcall.start(
            line: "ulimit -Sn 40; exec \"$ROLLCALL\" invite people.csv --yes --rate none --concurrency 256"
        ).wait()
        #expect(run.status == 0, "\(run.errors)")
        #expect(!run.errors.contains("open files"))
    }
}
