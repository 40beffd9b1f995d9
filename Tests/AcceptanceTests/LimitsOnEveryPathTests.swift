import Foundation
import Testing

/// The safety limits are checked before the first request of every command that sends, and the strictest of command
/// line, plan and profile applies.
@Suite(.waiting) struct LimitsOnEveryPathTests {
    private let rollcall: Rollcall
    private let sandbox: SandboxProcess

    init() throws {
        rollcall = try Rollcall()
        sandbox = try SandboxProcess(rollcall)
    }

    private func refused(_ arguments: [String], _ sentence: String) throws {
        let before = try sandbox.changes()
        let run = try rollcall.start(arguments + ["--yes", "--rate", "none"]).wait()
        #expect(run.status == 2, "\(run.errors)")
        #expect(run.errors.contains(sentence), "\(sentence) in \(run.errors)")
        #expect(try sandbox.changes() == before)
    }

    @Test func `a saved plan is held against the limits of the command line and of the profile`() throws {
        try rollcall.write("email\ngrace@acme.io\n", to: "list.csv")
        #expect(try rollcall.run("disable", "list.csv", "--save-plan", "plan.json").status == 0)
        try refused(["apply", "plan.json", "--max-removals", "0"], "1 user of 25 would lose access or privileges")
        try refused(["apply", "plan.json", "--self", "GRACE@acme.io"], "your own account")
        try rollcall.profile("maxRemovals: 0")
        try refused(["apply", "plan.json", "--max-removals", "9"], "(maxRemovals of profile p in ")
    }

    @Test func `a plan's own limits stay as strict as they were approved`() throws {
        try rollcall.write("email\ngrace@acme.io\n", to: "list.csv")
        let saved = try rollcall.run("disable", "list.csv", "--max-removals", "1", "--save-plan", "plan.json")
        #expect(saved.status == 0, "\(saved.errors)")
        #expect(try rollcall.run("apply", "plan.json", "--yes", "--max-removals", "50%").status == 0)
    }

    @Test func `a plan keeps its own limits when the workspace changes around it`() throws {
        try rollcall.write("email,role\ngrace@acme.io,ADMIN\nchen.muller.6@acme.io,ADMIN\n", to: "more.csv")
        #expect(try rollcall.run("set-role", "more.csv", "--yes").status == 0)
        try rollcall.write("email\nchen.muller.6@acme.io\n", to: "list.csv")
        let saved = try rollcall.run("disable", "list.csv", "--min-admins", "2", "--save-plan", "plan.json")
        #expect(saved.status == 0, "\(saved.errors)")
        try rollcall.write("email,role\ngrace@acme.io,DEVELOPER\n", to: "less.csv")
        #expect(try rollcall.run("set-role", "less.csv", "--yes").status == 0)
        try refused(["apply", "plan.json"], "at least 2 are required (set by plan.json)")
    }

    @Test(arguments: [["--domain", "other.io"], ["--max-privileged", "0"]])
    func `a resume is held against the limits`(options: [String]) throws {
        try rollcall.write(
            "email,account type\na@acme.io,DEVELOPER\nb@acme.io,ADMIN\n", to: "list.csv")
        #expect(try rollcall.run("invite", "list.csv", "--first", "1", "--yes").status == 1)
        try refused(["runs", "resume", "1"] + options, "the rows left in run 1 exceed 1 limit")
        try refused(["runs", "resume", "1", "--self", "typo@acme.io"], "no active user is typo@acme.io")
    }

    @Test func `a resume keeps the limits that were agreed to`() throws {
        try rollcall.write("email,account type\na@acme.io,DEVELOPER\nb@acme.io,DEVELOPER\n", to: "list.csv")
        let first = try rollcall.run("invite", "list.csv", "--first", "1", "--yes", "--domain", "acme.io")
        #expect(first.status == 1, "\(first.errors)")
        try refused(
            ["runs", "resume", "1", "--domain", "other.io"], "1 address is not inside each of: other.io; acme.io")
        #expect(try rollcall.run("runs", "resume", "1", "--yes").status == 0)
    }

    @Test func `a run whose limits cannot be read is not resumed`() throws {
        try rollcall.write("email,account type\na@acme.io,DEVELOPER\nb@acme.io,DEVELOPER\n", to: "list.csv")
        #expect(try rollcall.run("invite", "list.csv", "--first", "1", "--yes", "--domain", "acme.io").status == 1)
        try rollcall.shell(
            "python3 -c \"import sqlite3; d = sqlite3.connect('.local/state/rollcall/ledger.db'); "
                + "d.execute(\\\"UPDATE runs SET limits = '{}'\\\"); d.commit()\"")
        try refused(["runs", "resume", "1"], "the limits of run 1, which this version of rollcall does not support")
    }

    @Test func `rows without an answer are held against the limits before they are sent again`() throws {
        try rollcall.write("email,account type\na@acme.io,DEVELOPER\nb@acme.io,ADMIN\n", to: "list.csv")
        #expect(try rollcall.run("invite", "list.csv", "--first", "1", "--yes").status == 1)
        // As if the second request had left and its process had died.
        try rollcall.shell(
            "python3 -c \"import sqlite3; d = sqlite3.connect('.local/state/rollcall/ledger.db'); "
                + "d.execute(\\\"UPDATE rows SET state = 'unknown', attempts = 1 WHERE state = 'planned'\\\"); d.commit()\""
        )
        try refused(
            ["runs", "resume", "1", "--resend-unknown", "--max-privileged", "0"],
            "the rows left in run 1 exceed 1 limit")
    }

    @Test func `a dry run of a resume checks what the resume would, and changes nothing`() throws {
        try rollcall.write("email,account type\na@acme.io,DEVELOPER\nb@acme.io,ADMIN\n", to: "list.csv")
        #expect(try rollcall.run("invite", "list.csv", "--first", "1", "--yes").status == 1)
        let query = "SELECT group_concat(state), (SELECT count(*) FROM snapshots) FROM rows"
        try rollcall.write(
            """
            import sqlite3, sys
            d = sqlite3.connect(".local/state/rollcall/ledger.db")
            # As if the second request had left and its process had died.
            if len(sys.argv) > 1: d.execute("UPDATE rows SET state = 'sending', attempts = 1 WHERE state = 'planned'")
            d.commit()
            print(d.execute("\(query)").fetchall())
            """, to: "look.py")
        let before = try rollcall.shell("python3 look.py sending")
        #expect(before.contains("sending"))
        let resume = ["runs", "resume", "1", "--dry-run"]
        try refused(resume + ["--max-privileged", "0"], "the rows left in run 1 exceed 1 limit")
        try refused(resume + ["--self", "typo@acme.io"], "no active user is typo@acme.io")
        let run = try rollcall.start(resume).wait()
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.all.contains("1 row to check") && run.all.contains("Dry run: nothing was sent."))
        let endpoint = rollcall.environment["PARADIME_API_ENDPOINT"] ?? ""
        rollcall.environment["PARADIME_API_ENDPOINT"] = endpoint + "/?ws=other"
        try refused(resume, "confirm at a terminal that")
        rollcall.environment["PARADIME_API_ENDPOINT"] = endpoint
        #expect(try rollcall.shell("python3 look.py") == before)
        #expect(try sandbox.changes() == 1)
    }

    @Test(arguments: [
        ("maxRemovals: 1", "MAX_REMOVALS", "9", "disable", "change maxRemovals of profile p in "),
        ("minAdmins: 1", "MIN_ADMINS", "0", "disable", "change minAdmins of profile p in "),
        ("maxPrivileged: 0", "MAX_PRIVILEGED", "9", "invite", "change maxPrivileged of profile p in "),
        ("domains: [other.io]", "DOMAINS", "acme.io", "invite", "not inside each of: acme.io; other.io"),
        ("self: grace@acme.io", "SELF", "chen.muller.6@acme.io", "disable", "your own account"),
    ])
    func `the environment cannot hide the limit of a profile, nor the profile that of the environment`(
        setting: String, variable: String, value: String, command: String, sentence: String
    ) throws {
        try rollcall.profile(setting)
        rollcall.environment["ROLLCALL_" + variable] = value
        try rollcall.write("email\ngrace@acme.io\nada.admin@acme.io\n", to: "disable.csv")
        try rollcall.write("email,account type\na@acme.io,ADMIN\n", to: "invite.csv")
        try refused([command, "\(command).csv"], sentence)
        // The other way round.
        let loose = setting.replacing("1", with: "9").replacing("minAdmins: 9", with: "minAdmins: 0")
        guard variable.hasPrefix("M"), loose != setting else { return }
        try rollcall.profile(loose)
        rollcall.environment["ROLLCALL_" + variable] = "1"
        try refused([command, "\(command).csv"], "ROLLCALL_\(variable)")
    }

    @Test func `a plan that has waited is not sent before another look at the workspace`() throws {
        try rollcall.write("email,account type\na@acme.io,DEVELOPER\n", to: "list.csv")
        #expect(try rollcall.run("invite", "list.csv", "--save-plan", "plan.json").status == 0)
        for (seconds, listings) in [("3600", 1), ("0", 2)] {
            rollcall.environment["ROLLCALL_PLAN_FRESHNESS"] = seconds
            try rollcall.write("email,account type\n\(listings)@acme.io,DEVELOPER\n", to: "list.csv")
            let before = try sandbox.requests("listUsers")
            #expect(try rollcall.run("invite", "list.csv", "--yes").status == 0)
            #expect(try sandbox.requests("listUsers") == before + listings)
        }
        let before = try sandbox.requests("listUsers")
        #expect(try rollcall.run("apply", "plan.json", "--yes").status == 0)
        #expect(try sandbox.requests("listUsers") == before + 2)
    }

    @Test func `an option cannot loosen the limit of a profile`() throws {
        try rollcall.profile("maxRemovals: 1\n    minAdmins: 1")
        try rollcall.write("email\ngrace@acme.io\nchen.muller.6@acme.io\n", to: "list.csv")
        try refused(["disable", "list.csv", "--max-removals", "9"], "change maxRemovals of profile p in ")
        #expect(
            try rollcall.run("disable", "list.csv", "--max-removals", "9", "--dry-run").errors.contains(
                "config.yaml to 2"))
    }

    @Test func `an account of one's own that nobody has protects nothing`() throws {
        try rollcall.write("email,account type\na@acme.io,DEVELOPER\n", to: "invite.csv")
        try rollcall.write("email\ngrace@acme.io\n", to: "disable.csv")
        let sentence = "no active user is typo@acme.io"
        try refused(["invite", "invite.csv", "--self", "typo@acme.io"], sentence)
        try rollcall.profile("self: typo@acme.io")
        try refused(["disable", "disable.csv"], sentence)
        #expect(try rollcall.run("invite", "invite.csv", "--yes").status == 0)
    }

    @Test func `a limit that a command cannot exceed is no error`() throws {
        try rollcall.write("email,account type\na@acme.io,DEVELOPER\n", to: "list.csv")
        let run = try rollcall.run(
            "invite", "list.csv", "--yes", "--min-admins", "9", "--max-removals", "0", "--max-outside", "0")
        #expect(run.status == 0, "\(run.errors)")
    }

    @Test func `a plan is bound to the digest that was approved`() throws {
        try rollcall.write("email\ngrace@acme.io\n", to: "list.csv")
        let saved = try rollcall.run("disable", "list.csv", "--save-plan", "plan.json")
        let digest = try #require(saved.errors.firstMatch(of: #/approval\): ([0-9a-f]{64})/#)?.1)
        // Another plan whose own digest fits.
        try rollcall.write("email\nada.admin@acme.io\n", to: "other.csv")
        #expect(try rollcall.run("disable", "other.csv", "--min-admins", "0", "--save-plan", "other.json").status == 0)
        try refused(["apply", "other.json", "--digest", String(digest)], "other.json is not the plan with the digest")
        #expect(try rollcall.run("apply", "plan.json", "--digest", String(digest), "--yes").status == 0)
    }
}

extension Rollcall {
    /// Writes a profile `p` that holds settings, and makes it the default; the connection stays in the environment.
    func profile(_ settings: String) throws {
        try shell("mkdir -p .config/rollcall")
        try write("profile: p\nprofiles:\n  p:\n    \(settings)\n", to: ".config/rollcall/config.yaml")
    }
}
