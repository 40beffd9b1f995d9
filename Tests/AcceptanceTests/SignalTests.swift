import Foundation
import Testing

/// Signals while a run sends: which of them count, and that draining depends on nobody who reads.
@Suite(.waiting) struct SignalTests {
    private let rollcall: Rollcall
    private static let rows = 60

    init() throws {
        rollcall = try Rollcall()
        let lines = (1...Self.rows).map { "person\($0)@acme.io,DEVELOPER\n" }
        try rollcall.write("email,account type\n" + lines.joined(), to: "people.csv")
    }

    /// Every row has one outcome in the results, nothing is unknown, and a resume sends exactly the rest.
    private func expectDrained(_ run: Finished?, _ sandbox: SandboxProcess) throws {
        let run = try #require(run, "the run has not ended")
        #expect(run.status == 130 && run.signal == nil, "\(run.errors)")
        let outcomes = try rollcall.rows("people.results.csv").map { $0[5] }
        #expect(outcomes.count == Self.rows)
        #expect(Set(outcomes).isSubset(of: ["succeeded", "notSent"]), "\(Set(outcomes))")
        let sent = try sandbox.invites()
        #expect(outcomes.count { $0 == "succeeded" } == sent.count)
        let resumed = try rollcall.run("runs", "resume", "1", "--yes", "--rate", "none")
        #expect(resumed.status == 0, "\(resumed.errors)")
        let invites = try sandbox.invites()
        #expect(invites.count == Self.rows && invites.values.allSatisfy { $0 == 1 })
    }

    @Test(arguments: [
        ("exec nohup", "", [SIGHUP]), ("trap '' INT; exec", "", [SIGINT]),
        // A shell without job control has its background jobs ignore these two.
        ("", "& echo $! > pid; wait $!", [SIGINT, SIGQUIT]),
    ])
    func `a signal that the caller ignores stays ignored, and the run finishes`(
        before: String, after: String, signals: [Int32]
    ) throws {
        let sandbox = try SandboxProcess(rollcall)
        let running = try rollcall.start(
            line: "\(before) \"$ROLLCALL\" invite people.csv --yes --rate 10/s \(after)")
        while try sandbox.invites().count < 5 { usleep(10_000) }
        var process = running.process.processIdentifier
        if !after.isEmpty {
            process = try #require(Int32(rollcall.read("pid").trimmingCharacters(in: .whitespacesAndNewlines)))
        }
        for number in signals { #expect(kill(process, number) == 0) }
        let run = try #require(try running.wait(atMost: 120))
        #expect(run.status == 0, "\(run.errors)")
        #expect(try sandbox.invites().count == Self.rows)
        #expect(try rollcall.rows("people.results.csv").allSatisfy { $0[5] == "succeeded" })
    }

    @Test func `where one signal is ignored, the others still drain the run`() throws {
        let sandbox = try SandboxProcess(rollcall)
        let running = try rollcall.start(
            line: "exec nohup \"$ROLLCALL\" invite people.csv --yes --rate 5/s")
        while try sandbox.invites().count < 5 { usleep(10_000) }
        running.signal(SIGTERM)
        try expectDrained(running.wait(atMost: 60), sandbox)
    }

    @Test func `two signals in quick succession count as one`() throws {
        let sandbox = try SandboxProcess(rollcall, "--latency", "300ms")
        let running = try rollcall.start(["invite", "people.csv", "--yes", "--rate", "5/s"])
        while try sandbox.invites().count < 5 { usleep(10_000) }
        running.signal(SIGHUP)
        running.signal(SIGTERM)
        try expectDrained(running.wait(atMost: 60), sandbox)
    }

    @Test func `a second signal after a second ends the process at once`() throws {
        let sandbox = try SandboxProcess(rollcall, "--fault", "slow=1")
        let running = try rollcall.start(["invite", "people.csv", "--yes", "--rate", "none", "--timeout", "200"])
        while try sandbox.requests("inviteUser") == 0 { usleep(10_000) }
        running.signal(SIGTERM)
        while try !running.errorsSoFar().contains("to stop at once") { usleep(10_000) }
        usleep(1_000_000)
        running.signal(SIGTERM)
        // The requests are answered after a minute.
        let run = try #require(try running.wait(atMost: 40))
        #expect(run.status == 130)
        #expect(run.errors.contains("rollcall runs resume 1"), "\(run.errors)")
        // Nothing was waited for.
        #expect(!FileManager.default.fileExists(atPath: rollcall.folder.path + "/people.results.csv"))
    }

    @Test(arguments: [
        // The first to write is the signal's own message; the progress line, after five seconds; the request log.
        ("--quiet", 0), ("", 6), ("--log-level trace", 1),
    ])
    func `a run drains although nobody reads its standard error`(options: String, seconds: UInt32) throws {
        let sandbox = try SandboxProcess(rollcall)
        let pipe = try UnreadPipe(in: rollcall.folder)
        let running = try rollcall.start(
            line: "exec \"$ROLLCALL\" invite people.csv --yes --rate 5/s \(options) 2>\(pipe.path)")
        while try sandbox.invites().count < 3 { usleep(10_000) }
        pipe.fill()
        sleep(seconds)
        running.signal(SIGTERM)
        try expectDrained(running.wait(atMost: 60), sandbox)
    }

    @Test(arguments: ["ndjson", "json"])
    func `a run drains although nobody reads its standard output`(format: String) throws {
        let sandbox = try SandboxProcess(rollcall)
        let pipe = try UnreadPipe(in: rollcall.folder)
        let running = try rollcall.start(
            line: "exec \"$ROLLCALL\" invite people.csv --yes --rate 5/s --output \(format) >\(pipe.path)")
        while try sandbox.invites().count < 3 { usleep(10_000) }
        pipe.fill()
        sleep(2)
        running.signal(SIGTERM)
        let run = try running.wait(atMost: 60)
        try expectDrained(run, sandbox)
        #expect(
            run?.errors.contains("standard output could not be written: no program read the output for 2 s") == true)
    }

    @Test func `a second signal ends a process that waits for a reader`() throws {
        let sandbox = try SandboxProcess(rollcall, "--fault", "slow=1")
        let pipe = try UnreadPipe(in: rollcall.folder)
        let running = try rollcall.start(
            line: "exec \"$ROLLCALL\" invite people.csv --yes --rate none --timeout 200 --log-level trace "
                + "2>\(pipe.path)")
        while try sandbox.requests("inviteUser") == 0 { usleep(10_000) }
        pipe.fill()
        running.signal(SIGINT)
        usleep(1_000_000)
        running.signal(SIGINT)
        #expect(try running.wait(atMost: 40)?.status == 130)
    }

    @Test(arguments: ["stop", "leave"])
    func `a run drains although its terminal is stopped or not read`(how: String) throws {
        let sandbox = try SandboxProcess(rollcall)
        let script = Rollcall.repository.appendingPathComponent("Tests/AcceptanceTests/stalled_terminal.py").path
        let running = try rollcall.start(
            line: "exec /usr/bin/python3 \(script) \(how) \"$ROLLCALL\" invite people.csv --yes --rate 5/s",
            environment: rollcall.environment.merging(["TERM": "xterm"]) { $1 })
        let run = try #require(try running.wait(atMost: 120))
        #expect(run.status == 0, "\(run.errors)")
        try expectDrained(Finished(status: Int32(run.output) ?? -1, output: "", errors: run.output), sandbox)
    }
}

/// A named pipe with a reader that does not read.
private final class UnreadPipe {
    let path: String
    private let descriptor: Int32

    init(in folder: URL) throws {
        path = folder.appendingPathComponent("pipe").path
        try #require(mkfifo(path, 0o600) == 0)
        descriptor = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC)
        try #require(descriptor >= 0)
    }

    func fill() {
        let bytes = [UInt8](repeating: 46, count: 4096)
        while write(descriptor, bytes, bytes.count) > 0 {}
        while write(descriptor, bytes, 1) > 0 {}
    }

    deinit { close(descriptor) }
}
