import Foundation
import Testing

@Suite(.waiting) struct DoctorTests {
    private let rollcall: Rollcall

    init() throws { rollcall = try Rollcall() }

    /// The findings, by subject: `ok: …`.
    private func findings(_ run: Finished) -> [String: [String]] {
        var found: [String: [String]] = [:]
        for line in run.output.split(separator: "\n") {
            // What to do about a finding, and the summary, stand on lines of their own.
            if line.hasPrefix("         To fix: ") || line.hasSuffix("ready.") || line.hasSuffix("ready to use.")
                || line.first?.isNumber == true
            {
                continue
            }
            let words = line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
            let rest = (words.last ?? "").drop { $0 == " " }.split(separator: ":", maxSplits: 1)
            guard ["ok", "note", "warning", "FAILED"].contains(words[0]), rest.count == 2 else {
                Issue.record("\(line)")
                continue
            }
            found[String(rest[0]), default: []].append("\(words[0]):\(rest[1])")
        }
        return found
    }

    @Test func `all is well in the sandbox, and nothing is left behind`() throws {
        let run = try rollcall.run("doctor", "--sandbox")
        #expect(run.status == 0, "\(run.output)\(run.errors)")
        #expect(run.errors == "")
        let subjects = run.output.split(separator: "\n").dropLast().map { $0.dropFirst(9).prefix { $0 != ":" } }
        #expect(
            subjects == [
                "versions", "settings", "connection", "endpoint", "access", "access", "clock", "audit log", "ledger",
                "folder",
                "state",
                "terminal",
            ])
        #expect(!run.output.contains("FAILED") && !run.output.contains("warning"))
        for word in ["rollcall 0", "SQLite 3", "libcurl/", "libxlsxwriter 1", "libzip 1", "expat 2", "25 active users"]
        {
            #expect(run.output.contains(word), "\(word)")
        }
        #expect(try rollcall.shell("find . -name 'ledger*'") == "")
    }

    @Test func `one request, which changes nothing`() throws {
        let sandbox = try SandboxProcess(rollcall)
        let run = try rollcall.run("doctor")
        #expect(run.status == 0, "\(run.output)")
        #expect(try (sandbox.requests("listUsers"), sandbox.changes()) == (1, 0))
        let found = findings(run)
        #expect(
            found["connection"]?.first?.hasSuffix(
                "key from environment variable PARADIME_API_KEY; secret from environment "
                    + "variable PARADIME_API_SECRET") == true)
        #expect(
            found["access"]?.last?.hasPrefix("note: write permission cannot be tested without making a change")
                == true)
        #expect(found["clock"] == ["ok: agrees with the clock of the API"])
    }

    @Test func `it goes on after what is broken, and the first failure is the status`() throws {
        let sandbox = try SandboxProcess(rollcall)
        rollcall.environment["PARADIME_API_SECRET"] = "marker-secret"
        try rollcall.write("this is no ledger, and it is long enough for SQLite to see that it is none", to: "l.db")
        let refused = try rollcall.run("doctor", "--ledger", "l.db")
        #expect(refused.status == 77)
        var found = findings(refused)
        #expect(found["endpoint"]?.first?.hasPrefix("ok:") == true)
        #expect(found["access"]?.first?.hasPrefix("FAILED: the credentials were refused") == true)
        #expect(found["ledger"]?.first?.contains("is not a ledger, or is damaged") == true)
        #expect(found["folder"]?.first?.hasPrefix("ok:") == true)
        #expect(!refused.output.contains("marker"))
        rollcall.environment["PARADIME_API_ENDPOINT"] = "http://127.0.0.1:1/"
        let nobody = try rollcall.run("doctor")
        #expect(nobody.status == 69)
        #expect(
            findings(nobody)["endpoint"]?.first?.contains("connection refused; no proxy is used") == true)
        #expect(nobody.output.contains("To fix: check the URL, the network and HTTPS_PROXY"))
        rollcall.environment["PARADIME_API_SECRET"] = nil
        rollcall.environment["ROLLCALL_RATE"] = "fast"
        let misread = try rollcall.run("doctor")
        #expect(misread.status == 2)
        found = findings(misread)
        #expect(found["settings"]?.first?.contains("ROLLCALL_RATE: fast is not a rate") == true)
        #expect(found["connection"] == nil && found["ledger"] != nil)
        rollcall.environment["ROLLCALL_RATE"] = nil
        let partial = try rollcall.run("doctor")
        #expect(partial.status == 2)
        #expect(findings(partial)["credentials"]?.first?.hasPrefix("FAILED: PARADIME_API_SECRET is not set") == true)
        withExtendedLifetime(sandbox) {}
    }

    @Test func `the folder of the ledger is the one that it is asked about`() throws {
        guard let closed = try rollcall.withClosedFolders("l", "s") else { return }
        rollcall.environment["XDG_STATE_HOME"] = rollcall.folder.appendingPathComponent("s").path
        let doctor = closed + "exec $prefix $ROLLCALL doctor --sandbox"
        let usual = try rollcall.start(line: doctor).wait()
        #expect(usual.status == 2)
        #expect(findings(usual)["state"]?.first?.hasPrefix("FAILED:") == true, "\(usual.output)")
        let given = try rollcall.start(line: doctor + " --ledger l/ledger.db").wait()
        #expect(given.status == 2)
        #expect(findings(given)["state"]?.first?.contains("l is not writable") == true, "\(given.output)")
        let elsewhere = try rollcall.start(line: doctor + " --ledger ledger.db").wait()
        #expect(elsewhere.status == 0, "\(elsewhere.output)")
    }

    @Test func `somebody who never answers is not waited for`() throws {
        let sandbox = try SandboxProcess(rollcall, "--latency", "30s")
        rollcall.environment["ROLLCALL_TIMEOUT"] = "0.2"
        let run = try rollcall.run("doctor")
        #expect(run.status == 69)
        #expect(run.output.contains(#/FAILED   endpoint: 127.0.0.1:\d+: no response/#), "\(run.output)")
        withExtendedLifetime(sandbox) {}
    }

    @Test func `a clock that is wrong is a warning`() throws {
        let server = try HostileServer(.past, for: rollcall)
        rollcall.environment["PARADIME_API_KEY"] = "k"
        rollcall.environment["PARADIME_API_SECRET"] = "s"
        let run = try rollcall.run("doctor")
        #expect(run.status == 0, "\(run.output)")
        let clock = findings(run)["clock"]?.first
        #expect(clock?.hasPrefix("warning: this machine is ") == true)
        #expect(clock?.contains(" seconds ahead of the API") == true)
        withExtendedLifetime(server) {}
    }

    @Test func `a run that was left is named with what takes it up again`() throws {
        let sandbox = try SandboxProcess(rollcall)
        try rollcall.write("email,account type\nann@acme.io,DEVELOPER\nbob@acme.io,DEVELOPER\n", to: "people.csv")
        rollcall.environment["PARADIME_API_ENDPOINT"] = sandbox.url
        for place in 1...40 {
            rollcall.environment["ROLLCALL_CRASH_AT"] = String(place)
            _ = try rollcall.run("invite", "people.csv", "--yes", "--rate", "none")
            rollcall.environment["ROLLCALL_CRASH_AT"] = nil
            if try !rollcall.run("runs").output.isEmpty { break }
        }
        let run = try rollcall.run("doctor")
        #expect(run.status == 0, "\(run.output)")
        #expect(findings(run)["runs"]?.first?.hasSuffix(" left") == true, "\(run.output)")
        #expect(run.output.contains("To fix: rollcall runs resume "))
        #expect(findings(run)["ledger"]?.first?.hasSuffix(", intact") == true)
    }

    @Test func `files that others can read or change are named, and a command is run once`() throws {
        let sandbox = try SandboxProcess(rollcall)
        for name in ["ENDPOINT", "KEY", "SECRET"] { rollcall.environment["PARADIME_API_" + name] = nil }
        try rollcall.shell("mkdir -p .config/rollcall; echo sandbox-key > key; chmod 644 key")
        try rollcall.write(
            """
            profile: a
            profiles:
              a: {endpoint: '\(sandbox.url)', keyFile: ../../key, secretCommand: echo called >> calls; echo sandbox-secret}
            """, to: ".config/rollcall/config.yaml")
        let open = try rollcall.run("doctor")
        #expect(open.status == 2, "\(open.output)")
        #expect(
            findings(open)["credentials"]?.first?.contains("/key is not used: it holds a secret that")
                == true)
        try rollcall.shell("chmod 600 key")
        let run = try rollcall.run("doctor")
        #expect(run.status == 0, "\(run.output)")
        #expect(try rollcall.read("calls") == "called\n")
        #expect(!run.output.contains("sandbox-"))
        try rollcall.shell("chmod 666 .config/rollcall/config.yaml")
        let changeable = try rollcall.run("doctor")
        #expect(changeable.status == 2)
        #expect(
            findings(changeable)["settings"]?.first?.contains(
                "config.yaml is not used: it can be changed by every user of this machine; run: chmod go-w /") == true,
            "\(changeable.output)")
        #expect(try rollcall.read("calls") == "called\n")
    }

    @Test func `certificates and a ledger that others can change are named`() throws {
        for (name, value) in [("ENDPOINT", "https://127.0.0.1:1/"), ("KEY", "k"), ("SECRET", "s")] {
            rollcall.environment["PARADIME_API_" + name] = value
        }
        try rollcall.shell("touch ca.pem; chmod 622 ca.pem; mkdir state; chmod 777 state")
        rollcall.environment["SSL_CERT_FILE"] = rollcall.folder.path + "/ca.pem"
        let run = try rollcall.run("doctor", "--ledger", "state/new.db")
        #expect(
            findings(run)["certificates"]?.first?.contains("SSL_CERT_FILE: /") == true, "\(run.output)")
        #expect(
            findings(run)["ledger"]?.first?.hasPrefix("FAILED: the ledger state/new.db is not used: the folder ")
                == true)
        let users = try rollcall.run("users")
        #expect(users.status == 2)
        #expect(
            users.errors.contains("ca.pem is not used: it can be changed by every user of this machine"),
            "\(users.errors)")
        let runs = try rollcall.run("runs", "--ledger", "state/new.db")
        #expect(runs.status == 2)
        #expect(runs.errors.contains("; run: chmod go-w /"), "\(runs.errors)")
    }
}
