import Foundation
import Testing

/// Profiles, as people use them: the right workspace, or none.
@Suite(.waiting) struct ProfileTests {
    private let rollcall: Rollcall

    init() throws { rollcall = try Rollcall() }

    /// Two workspaces, and a profile for each; the environment says nothing.
    private func twoWorkspaces(_ settings: String = "") throws -> (one: SandboxProcess, two: SandboxProcess) {
        let (one, two) = (try SandboxProcess(rollcall, "--users", "3"), try SandboxProcess(rollcall, "--users", "5"))
        clearEnvironment()
        try configure(
            """
            profile: one
            profiles:
              one: {endpoint: '\(one.url)', key: sandbox-key, secretFile: ../../secret\(settings)}
              two: {endpoint: '\(two.url)', key: sandbox-key, secretEnv: TWO}
            """)
        try rollcall.write("sandbox-secret\n", to: "secret")
        try rollcall.shell("chmod 600 secret")
        rollcall.environment["TWO"] = "sandbox-secret"
        return (one, two)
    }

    private func clearEnvironment() {
        for name in ["ENDPOINT", "KEY", "SECRET"] { rollcall.environment["PARADIME_API_" + name] = nil }
    }

    private func configure(_ text: String) throws {
        try rollcall.shell("mkdir -p .config/rollcall")
        try rollcall.write(text, to: ".config/rollcall/config.yaml")
    }

    @Test func `each profile is a workspace of its own`() throws {
        let (one, two) = try twoWorkspaces()
        let standard = try rollcall.run("users")
        #expect(standard.errors.contains("3 active users"), "\(standard.errors)")
        rollcall.environment["ROLLCALL_PROFILE"] = "two"
        #expect(try rollcall.run("users").errors.contains("5 active users"))
        #expect(try rollcall.run("users", "--profile", "one").errors.contains("3 active users"))
        // Another workspace's variables do not matter to a profile that is named.
        rollcall.environment["PARADIME_API_ENDPOINT"] = two.url
        rollcall.environment["PARADIME_API_SECRET"] = "somebody-else's"
        #expect(try rollcall.run("users", "--profile", "one").errors.contains("3 active users"))
        #expect(try (one.requests("listUsers"), two.requests("listUsers")) == (3, 1))
    }

    @Test func `two places are never mixed, and nothing is sent`() throws {
        let (one, two) = try twoWorkspaces()
        rollcall.environment["PARADIME_API_ENDPOINT"] = two.url
        let partial = try rollcall.run("users")
        #expect(partial.status == 2)
        #expect(
            partial.errors.contains(
                "PARADIME_API_KEY and PARADIME_API_SECRET are not set; PARADIME_API_ENDPOINT is set in the environment, "
            ))
        rollcall.environment["ROLLCALL_PROFILE"] = "one"
        let both = try rollcall.run("users")
        #expect(both.status == 2)
        #expect(
            both.errors.contains("ROLLCALL_PROFILE is set to one, but PARADIME_API_ENDPOINT is set as well;"))
        #expect(try rollcall.run("users", "--profile", "three").errors.contains("one, two"))
        #expect(try (one.requests("listUsers"), two.requests("listUsers")) == (0, 0))
    }

    @Test func `a command for the secret is run once, by those who connect, and reads nothing away`() throws {
        let sandbox = try SandboxProcess(rollcall)
        clearEnvironment()
        try rollcall.write("#!/bin/sh\necho called >> calls\ncat > rest\necho $SECRET\n", to: "fetch")
        try rollcall.shell("chmod 700 fetch")
        rollcall.environment["SECRET"] = "sandbox-secret"
        try configure(
            "profile: a\nprofiles: {a: {endpoint: '\(sandbox.url)', key: sandbox-key, secretCommand: ./fetch}}")
        for command in [
            ["config", "show"], ["config", "path"], ["runs"], ["users", "--snapshots"], ["users", "--sandbox"],
        ] {
            #expect(try rollcall.start(command).wait().status == 0, "\(command)")
        }
        #expect(throws: (any Error).self) { try rollcall.read("calls") }
        let list = Data("email,account type\nann@acme.io,DEVELOPER\n".utf8)
        let run = try rollcall.run("invite", "-", "--yes", "--verify", input: list)
        #expect(run.status == 0, "\(run.errors)")
        #expect(try sandbox.invites() == ["ann@acme.io": 1])
        #expect(try rollcall.read("calls") == "called\n")
        #expect(try rollcall.run("users", input: list).status == 0)
        #expect(try rollcall.read("rest") == "")
        try rollcall.write("echo marker-93af; printf 'marker-94b0 \\033[2J' >&2; exit 4", to: "fetch")
        let failed = try rollcall.run("users")
        #expect(failed.status == 2)
        #expect(failed.errors.contains("secretCommand of profile a in "))
        #expect(
            failed.errors.contains(": ./fetch ended with status 4; run it at a terminal to see its error message"),
            "\(failed.errors)")
        #expect(!(failed.errors + failed.output).contains("marker") && !failed.errors.contains("\u{1b}"))
    }

    /// Both ways in which programs ask for a password.
    @Test(arguments: ["read answer", "read answer < /dev/tty"])
    func `a command for the secret asks at the terminal`(reading: String) throws {
        let sandbox = try SandboxProcess(rollcall, "--users", "3")
        clearEnvironment()
        try rollcall.write("printf '(the secret): ' >&2\n\(reading)\necho \"$answer\"\n", to: "ask")
        try configure(
            "profile: a\nprofiles: {a: {endpoint: '\(sandbox.url)', key: sandbox-key, secretCommand: sh ./ask}}")
        let script = Rollcall.repository.appendingPathComponent("Tests/AcceptanceTests/on_terminal.py").path
        rollcall.environment["ANSWERS"] = "sandbox-secret"
        let run = try rollcall.start(line: "python3 \(script) 100 \"$ROLLCALL\" users").wait()
        #expect(run.output.contains("3 active users"), "\(run.output)\(run.errors)")
        #expect(run.output.contains("(the secret): "), "\(run.output)")
    }

    @Test func `the configuration may come through a pipe`() throws {
        let show = try rollcall.start(
            line: "ROLLCALL_CONFIG=<(printf 'profile: a\nprofiles: {a: {rate: 7/s}}') \"$ROLLCALL\" config show"
        ).wait()
        #expect(show.output.contains("rate\t7/s\t"), "\(show.errors)")
    }

    @Test func `config show says everything but secrets`() throws {
        _ = try twoWorkspaces(", rate: 7/s, domains: [acme.io]")
        rollcall.environment["ROLLCALL_CONCURRENCY"] = "3"
        rollcall.environment["TWO"] = "marker-secret"
        let file = rollcall.folder.path + "/.config/rollcall/config.yaml"
        let show = try rollcall.run("config", "show", "--ledger", "l.db")
        for line in [
            "profile\tone\tprofile in \(file)", "key\t********\tkey of profile one in \(file)",
            "secret\t********\tsecretFile of profile one in \(file)", "rate\t7/s\trate of profile one in \(file)",
            "concurrency\t3\tenvironment variable ROLLCALL_CONCURRENCY", "ledger\tl.db\toption --ledger",
            "batch\t1\tdefault",
        ] { #expect(show.output.contains(line + "\n"), "\(line) in \(show.output)") }
        let two = try rollcall.run("config", "--profile", "two")
        #expect(two.output.contains("secret\t********\tsecretEnv of profile two in "))
        rollcall.environment["TWO"] = nil
        #expect(try rollcall.run("config", "--profile", "two").output.contains("secret\tnot there\tsecretEnv"))
        for output in [show.output, show.errors, two.output, two.errors] {
            #expect(!output.contains("sandbox-") && !output.contains("marker"))
        }
        rollcall.environment["ROLLCALL_CONCURRENCY"] = "999"
        let wrong = try rollcall.run("runs")
        #expect(wrong.status == 2)
        #expect(wrong.errors.contains("ROLLCALL_CONCURRENCY: 999 is not a whole number between 1 and 256"))
    }

    @Test func `config init writes once, for its owner`() throws {
        let first = try rollcall.run("config", "init")
        #expect(first.status == 0, "\(first.errors)")
        #expect(try rollcall.shell("stat -c %a .config/rollcall/config.yaml") == "600\n")
        try configure("profile: one\nprofiles: {one: {rate: 1/s}}")
        #expect(try rollcall.run("config", "init").status == 2)
        #expect(try rollcall.read(".config/rollcall/config.yaml").hasPrefix("profile: one"))
        #expect(try rollcall.run("config", "path").output == rollcall.folder.path + "/.config/rollcall/config.yaml\n")
    }

    @Test func `what is set holds for runs and reviews, and the command line comes first`() throws {
        try configure(
            """
            profile: acme
            profiles:
              acme:
                privilegedTypes: [analyst]
                maxPrivileged: 1
                domains: [acme.io]
                formats: [csv, json]
                reviewer: Grace Hopper
                approver: grace hopper
            """)
        let rows = (1...2).map { "new\($0)@acme.io,ANALYST\n" }.joined() + "ann@else.io,DEVELOPER\n"
        try rollcall.write("email,account type\n" + rows, to: "people.csv")
        let run = try rollcall.run("invite", "people.csv", "--sandbox", "--yes")
        #expect(run.status == 2)
        #expect(run.errors.contains("2 accounts would get a privileged account type; the limit is 1"), "\(run.errors)")
        #expect(run.errors.contains("ann@else.io"))
        let other = try rollcall.run(
            "invite", "people.csv", "--sandbox", "--yes", "--max-privileged", "2", "--max-outside", "1")
        // A profile's limit is a ceiling.
        #expect(other.status == 2)
        #expect(other.errors.contains("change maxPrivileged of profile acme in "), "\(other.errors)")
        #expect(
            try rollcall.run("review", "--sandbox").errors.contains("the approver and the reviewer are the same person")
        )
        let review = try rollcall.run("review", "--sandbox", "--approver", "Ada", "--out", "r", "--format", "csv,xlsx")
        #expect(review.status == 0, "\(review.errors)")
        #expect(
            try rollcall.shell("ls r")
                == "SHA256SUMS\nanswer.json\nevidence.json\nhistory.json\nreview.csv\nreview.xlsx\nto-fill-in\n")
        #expect(
            try rollcall.read("r/evidence.json").replacing(#/\s/#, with: "").contains(
                #""privilegedTypes":["ADMIN","ANALYST"]"#))
        let accounts = try rollcall.read("r/review.csv").split(separator: "\r\n").filter { $0.hasPrefix("user,") }
        let privileged = accounts.map { $0.contains(",yes,") }
        #expect(accounts.allSatisfy { $0.contains(",yes,") == ($0.contains(",ADMIN,") || $0.contains(",ANALYST,")) })
        #expect(privileged == privileged.sorted { $0 && !$1 })
        let verify = try rollcall.run("verify", "r")
        #expect(verify.status == 0)
        #expect(verify.all.contains("a privileged type (ADMIN, ANALYST"), "\(verify.all)")
    }
}
