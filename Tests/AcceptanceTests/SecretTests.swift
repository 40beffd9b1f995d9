import Foundation
import Testing

/// A marker in the key, the secret and the token, every command in every failure, and no marker anywhere.
@Suite(.waiting) struct SecretTests {
    private static let markers = ["marker-key-7d1e", "marker-secret-93af", "prdm_wsp_marker-token-41c2"]
    private static let commands = [
        ["invite", "people.csv", "--yes", "--max-attempts", "1"], ["review", "--out", "evidence"],
        ["expired", "--out", "expired.csv"], ["users"], ["users", "--snapshots"], ["runs"], ["runs", "show", "1"],
        ["runs", "resume", "1", "--yes"], ["runs", "retry", "1", "--yes"], ["verify", "evidence"],
        ["set-role", "people.csv", "--yes", "--max-attempts", "1"], ["disable", "people.csv", "--yes"],
        ["apply", "base/review.csv", "--yes", "--max-attempts", "1"], ["config", "show"], ["doctor"],
    ]

    private let rollcall: Rollcall

    init() throws {
        rollcall = try Rollcall()
        try rollcall.write("email,account type\nann@acme.io,DEVELOPER\nbob@,ADMIN\n", to: "people.csv")
    }

    private func hasMarker() throws -> String {
        try rollcall.shell("grep -rlaF \(Self.markers.map { "-e " + $0 }.joined(separator: " ")) . || true")
    }

    private func setMarkers(token: Bool) {
        rollcall.environment["PARADIME_API_KEY"] = Self.markers[0]
        rollcall.environment["PARADIME_API_SECRET"] = token ? Self.markers[2] : Self.markers[1]
    }

    @Test(arguments: [false, true])
    func `no command says a secret, whatever goes wrong`(token: Bool) throws {
        // A run to show, to resume and to retry, made with credentials that work.
        let sandbox = try SandboxProcess(rollcall, "--fault", "notok=1")
        try rollcall.run("invite", "people.csv", "--yes")
        try rollcall.run("review", "--out", "base", "--review-id", "base", "--format", "csv")
        setMarkers(token: token)
        var failures = ["refused", "nobody"]
        failures += HostileServer.Mode.allCases.map(\.rawValue).filter { $0.hasPrefix("echo") }
        failures += ["redirect"]
        for failure in failures {
            var server: HostileServer?
            switch failure {
            case "refused": rollcall.environment["PARADIME_API_ENDPOINT"] = sandbox.url
            case "nobody": rollcall.environment["PARADIME_API_ENDPOINT"] = "http://127.0.0.1:1/"
            default: server = try HostileServer(#require(HostileServer.Mode(rawValue: failure)), for: rollcall)
            }
            for command in Self.commands {
                // Not every command has a log of requests; each that speaks to the API has.
                let traced = ["runs", "verify", "config"].contains(command[0]) && command.count < 4
                let run = try rollcall.start(command + (traced ? [] : ["--log-level", "trace"])).wait()
                #expect(run.signal == nil, "\(failure) \(command)")
                #expect(run.status != 64, "\(failure) \(command): \(run.errors)")
                #expect(try hasMarker() == "", "\(failure) \(command)")
            }
            withExtendedLifetime(server) {}
        }
    }

    @Test func `the log says what was asked and answered`() throws {
        try rollcall.startSandbox()
        let debug = try rollcall.run("invite", "people.csv", "--yes", "--log-level", "debug")
        #expect(debug.errors.contains("debug: listUsers: HTTP 200"), "\(debug.errors)")
        #expect(debug.errors.contains("debug: invite ann@acme.io DEVELOPER: HTTP 200, "), "\(debug.errors)")
        #expect(!debug.errors.contains("trace: "))
        #expect(try rollcall.run("users", "--log-level", "trace").errors.contains("trace: "))
    }

    @Test func `a secret is in no process list`() throws {
        let sandbox = try SandboxProcess(rollcall, "--latency", "10m")
        setMarkers(token: false)
        rollcall.environment["PARADIME_API_ENDPOINT"] = sandbox.url
        let running = try rollcall.start(["users"])
        while try sandbox.refusals() == 0 { usleep(10_000) }
        let list = try rollcall.shell("ps -ww -eo args 2>/dev/null || cat /proc/[0-9]*/cmdline")
        #expect(list.contains("users"))
        for marker in Self.markers { #expect(!list.contains(marker)) }
        running.signal(SIGKILL)
        try running.wait()
    }

    @Test(arguments: [SIGSEGV, SIGABRT, SIGILL])
    func `a crash leaves neither a core nor a backtrace`(signal: Int32) throws {
        let sandbox = try SandboxProcess(rollcall, "--latency", "10m")
        setMarkers(token: false)
        rollcall.environment["PARADIME_API_ENDPOINT"] = sandbox.url
        // As generous with cores as the machine lets anybody be.
        let running = try rollcall.start(line: "ulimit -c unlimited; exec \"$ROLLCALL\" users")
        while try sandbox.refusals() == 0 { usleep(10_000) }
        #expect(try rollcall.shell("cat /proc/\(running.process.processIdentifier)/coredump_filter") == "00000000\n")
        running.signal(signal)
        let end = try running.wait()
        #expect(end.signal == signal)
        #expect(end.errors == "", "\(end.errors)")
        #expect(try hasMarker() == "")
        #expect(try rollcall.shell("ls | grep core || true") == "")
    }

    @Test func `a credentials file that others can read is refused`() throws {
        let sandbox = try SandboxProcess(rollcall)
        let file = """
            PARADIME_API_ENDPOINT=\(sandbox.url)
            PARADIME_API_KEY=sandbox-key
            PARADIME_API_SECRET=sandbox-secret
            """
        for name in ["ENDPOINT", "KEY", "SECRET"] { rollcall.environment["PARADIME_API_" + name] = nil }
        try rollcall.shell("mkdir .paradime")
        try rollcall.write(file, to: ".paradime/credentials")
        try rollcall.shell("chmod 644 .paradime/credentials")
        let open = try rollcall.run("users")
        #expect(open.status == 2, "\(open.errors)")
        #expect(
            open.errors.contains(
                "/.paradime/credentials is not used: it holds a secret that other users of this machine can read; run: "
                    + "chmod 600 "), "\(open.errors)")
        try rollcall.shell("chmod 600 .paradime/credentials")
        let closed = try rollcall.run("users")
        #expect(closed.status == 0, "\(closed.errors)")
        #expect(!closed.errors.contains("warning"))
    }
}
