import Foundation
import Testing

/// `rollcall init`: a profile that works, or none.
@Suite(.waiting) struct InitTests {
    private let rollcall: Rollcall
    private let sandbox: SandboxProcess

    init() throws {
        rollcall = try Rollcall()
        sandbox = try SandboxProcess(rollcall, "--users", "3")
        for name in ["ENDPOINT", "KEY", "SECRET"] { rollcall.environment["PARADIME_API_" + name] = nil }
    }

    private let file = ".config/rollcall/config.yaml"

    private func mode(_ name: String) throws -> Int? {
        let path = rollcall.folder.appendingPathComponent(name).path
        return try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    @Test func `a person answers, and the profile works without an option`() throws {
        let drawn = try rollcall.onTerminal(
            answers: ["", sandbox.url, "sandbox-key", "wrong", "sandbox-key", "sandbox-secret"], "init")
        #expect(drawn.contains("the credentials were refused") && drawn.contains("Try again."), "\(drawn)")
        #expect(drawn.contains("3 active users") && drawn.contains("Profile default added"))
        #expect(!drawn.contains("sandbox-secret") && !drawn.contains("sandbox-key") && !drawn.contains("wrong"))
        #expect(try (mode(file), mode(".config/rollcall/secrets/default")) == (0o600, 0o600))
        #expect(try !rollcall.read(file).contains("sandbox-secret"))
        let users = try rollcall.run("users")
        #expect(users.status == 0, "\(users.errors)")
        #expect(try rollcall.run("config", "show").output.contains("the only profile in "))
    }

    @Test func `options answer in advance, and other profiles and comments stay`() throws {
        try rollcall.shell("mkdir -p .config/rollcall")
        let before = "# mine\nprofiles:\n    one:   # the first\n        rate: 20/s\nprofile: one\n"
        try rollcall.write(before, to: file)
        rollcall.environment["TOKEN"] = "sandbox-secret"
        let options = ["--endpoint", sandbox.url, "--key", "sandbox-key", "--secret-env", "TOKEN"]
        let run = try rollcall.start(["init", "--profile", "two", "--output", "json"] + options).wait()
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("\"users\":3"))
        #expect(run.errors.contains("  rollcall doctor --profile two"))
        let after = try rollcall.read(file)
        let added = after.replacing(#/    two:\n(      .*\n)+/#, with: "")
        #expect(added == before)
        #expect(try rollcall.run("users", "--profile", "two").status == 0)
        // A second profile of that name would leave it open which one is meant.
        let again = try rollcall.start(["init", "--profile", "two"] + options).wait()
        #expect(again.status == 2 && again.errors.contains("profile two already exists"))
        #expect(try rollcall.read(file) == after)
    }

    @Test func `an existing profile gets another endpoint and other credentials, and keeps its settings`() throws {
        try rollcall.shell("mkdir -p .config/rollcall")
        let kept = "        rate: 20/s # slow\n    two:\n        rate: 5/s\n"
        let old = "        endpoint: https://old.example.com/\n        secretEnv: OLD\n"
        try rollcall.write("# mine\nprofile: one\nprofiles:\n    one:\n" + old + kept, to: file)
        let answers = ["one", "y", sandbox.url, "sandbox-key", "sandbox-secret"]
        let drawn = try rollcall.onTerminal(answers: answers, "init")
        #expect(drawn.contains("Existing profiles: one, two"), "\(drawn)")
        #expect(drawn.contains("Profile one already exists. Replace its endpoint and credentials? [y/N]"))
        #expect(drawn.contains("Profile one replaced in") && drawn.contains("  rollcall doctor\r\n"))
        let text = try rollcall.read(file)
        #expect(
            text.hasPrefix("# mine\nprofile: one\nprofiles:\n    one:\n        endpoint: \"\(sandbox.url)\"\n"),
            "\(text)")
        #expect(text.hasSuffix("secrets/one\"\n" + kept) && !text.contains("OLD"), "\(text)")
        #expect(try rollcall.run("users").status == 0)
        // The secret that was typed before is replaced as well.
        let path = ".config/rollcall/secrets/one"
        try rollcall.write("gone", to: path)
        #expect(try rollcall.onTerminal(answers: answers, "init").contains("replaced in"))
        #expect(try rollcall.read(path) == "sandbox-secret\n" && mode(path) == 0o600)
        let cancelled = try rollcall.onTerminal(answers: ["one", "n"], "init")
        #expect(cancelled.contains("Cancelled. Nothing was written."))
        rollcall.environment["TOKEN"] = "sandbox-secret"
        let options = ["--profile", "one", "--overwrite", "--endpoint", sandbox.url, "--key", "sandbox-key"]
        let run = try rollcall.start(["init"] + options + ["--secret-env", "TOKEN"]).wait()
        #expect(run.status == 0, "\(run.errors)")
        #expect(try rollcall.read(file).contains("        secretEnv: \"TOKEN\"\n        rate: 20/s # slow\n"))
    }

    @Test func `input that is piped in is not answered at the terminal`() throws {
        let drawn = try rollcall.onTerminal(answers: ["x"], "init", input: "/dev/null")
        #expect(drawn.contains("--endpoint is missing, and there is no terminal to ask for it"), "\(drawn)")
    }

    @Test func `a second profile leaves the first one in use, and none in use is said to be so`() throws {
        rollcall.environment["TOKEN"] = "sandbox-secret"
        let options = ["--endpoint", sandbox.url, "--key", "sandbox-key", "--secret-env", "TOKEN"]
        for name in ["one", "two"] {
            #expect(try rollcall.start(["init", "--profile", name] + options).wait().status == 0)
            #expect(try rollcall.run("users").status == 0, "after \(name)")
        }
        #expect(try rollcall.read(file).contains("\nprofile: one\nprofiles:\n"))
        try rollcall.write(rollcall.read(file).replacing("profile: one\n", with: ""), to: file)
        let run = try rollcall.run("users")
        #expect(run.errors.contains("no profile is selected; select one with --profile: one, two"), "\(run.errors)")
        let doctor = try rollcall.run("doctor")
        #expect(doctor.output.contains("First: rollcall doctor --profile one"), "\(doctor.output)")
        #expect(try rollcall.run("doctor", "--profile", "one").status == 0)
    }

    /// The terminal's own Ctrl-C, at each of the two hidden questions.
    @Test(arguments: [["", "URL", "\u{3}"], ["", "URL", "sandbox-key", "\u{3}"]])
    func `Ctrl-C at a hidden question ends the command, and nothing is written`(answers: [String]) throws {
        let typed = answers.map { $0 == "URL" ? sandbox.url : $0 } + ["typed afterwards"]
        let drawn = try rollcall.onTerminal(answers: typed, "init")
        #expect(!drawn.contains("typed afterwards") && !drawn.contains("credentials work"), "\(drawn)")
        #expect(try rollcall.shell("ls -A .config 2>/dev/null").isEmpty)
    }

    @Test(arguments: [
        (["--key", "k", "--secret-env", "TOKEN"], 2, "--endpoint is missing"),
        (["--endpoint", "SANDBOX", "--key", "k"], 2, "a secret (--secret-command, --secret-file or --secret-env)"),
        (["--endpoint", "http://example.com", "--key", "k", "--secret-env", "TOKEN"], 2, "use https://"),
        (
            ["--endpoint", "SANDBOX", "--key", "sandbox-key", "--secret-env", "TOKEN"], 77,
            "the credentials were refused"
        ),
        (["--endpoint", "SANDBOX", "--secret-env", "TOKEN"], 2, "is not set"),
        (["--endpoint", "SANDBOX", "--key", "k", "--secret-command", "false"], 2, "ended with status 1"),
        (["--profile", "a b"], 64, "use letters, digits, - and _"),
        (["--secret-env", "A", "--secret-file", "b"], 64, "Use only one of "),
    ])
    func `what does not work is not written`(options: [String], status: Int32, sentence: String) throws {
        rollcall.environment["TOKEN"] = "wrong"
        let run = try rollcall.start(["init"] + options.map { $0 == "SANDBOX" ? sandbox.url : $0 }).wait()
        #expect(run.status == status)
        #expect(run.errors.contains(sentence), "\(run.errors)")
        #expect(try rollcall.shell("ls -A .config 2>/dev/null").isEmpty)
    }

    @Test func `a company token is answered with the workspaces that it reaches`() throws {
        rollcall.environment["PARADIME_API_ENDPOINT"] = sandbox.url
        rollcall.environment["PARADIME_API_SECRET"] = "prdm_cmp_sandbox"
        let users = try rollcall.run("users", "--output", "json")
        #expect(users.status == 2)
        #expect(users.errors.contains("set PARADIME_WORKSPACE_UID to one of these uids:\n  "), "\(users.errors)")
        #expect(users.errors.contains("Acme Finance"))
        #expect(users.output.contains("\"code\":\"credentialsMissing\""))
        let run = try rollcall.run("init", "--workspace", "Acme Finance", "--secret-env", "PARADIME_API_SECRET")
        #expect(run.status == 0, "\(run.errors)")
        #expect(try rollcall.read(file).contains("workspaceUid: "))
        #expect(run.errors.contains("are set in the environment and used instead"))
    }

    @Test(arguments: ["users", "review", "expired", "invite people.csv"])
    func `all that is missing is said at once, with the command that sets it up`(command: String) throws {
        try rollcall.write("email,role\na@acme.io,DEVELOPER\n", to: "people.csv")
        let run = try rollcall.start(command.split(separator: " ").map(String.init)).wait()
        #expect(run.status == 2)
        #expect(
            run.errors.hasPrefix(
                "rollcall: error: PARADIME_API_ENDPOINT, PARADIME_API_KEY and PARADIME_API_SECRET are not set; "))
        for command in ["rollcall init", "rollcall doctor", "rollcall help credentials", "--sandbox"] {
            #expect(run.errors.contains(command), "\(command)")
        }
        let doctor = try rollcall.run("doctor")
        #expect(doctor.output.hasSuffix("1 check failed. First: rollcall init\n"), "\(doctor.output)")
    }
}
