import Foundation
import Testing

/// Each guard stops a real run, and its option lets it through. The sandbox has 25 users, one of them `ADMIN`.
@Suite(.waiting) struct GuardTests {
    /// A plan that goes too far, and what is said about it.
    struct Case: CustomTestStringConvertible, Sendable {
        var name: String
        var command: String
        var file: String
        var options: [String] = []
        /// The sentence, with its numbers.
        var sentence: String
        /// A row that it names.
        var row: String
        /// What lets it through, as the refusal says.
        var remedy: String
        var testDescription: String { name }
    }

    private static let seven = [
        "chen.muller.6", "dalia.dupont.4", "jose.patel.11", "keiko.kowalska.17", "keiko.smith.13", "lars.muller.23",
        "nia.muller.14",
    ].map { $0 + "@acme.io" }

    static let cases = [
        Case(
            name: "the last administrator is disabled", command: "disable", file: "email\nada.admin@acme.io\n",
            sentence: "0 ADMIN users would be left, of 1 now; at least 1 is required",
            row: "line 2  ada.admin@acme.io  disable, ADMIN", remedy: "--min-admins 0"),
        Case(
            name: "the last administrator is demoted", command: "set-role",
            file: "email,role\nada.admin@acme.io,DEVELOPER\n",
            sentence: "0 ADMIN users would be left", row: "ada.admin@acme.io  ADMIN to DEVELOPER",
            remedy: "--min-admins 0"),
        Case(
            name: "more than a quarter is disabled", command: "disable",
            file: "email\n" + seven.joined(separator: "\n"),
            sentence: "7 users of 25 would lose access or privileges (28 %); the limit is 25 %",
            row: "line 8  nia.muller.14@acme.io  disable, ANALYST", remedy: "--max-removals 7"),
        Case(
            name: "more than a number is disabled", command: "disable",
            file: "email\n" + seven.prefix(3).joined(separator: "\n"), options: ["--max-removals", "2"],
            sentence: "3 users of 25 would lose access or privileges (12 %); the limit is 2",
            row: "line 4  jose.patel.11@acme.io", remedy: "--max-removals 3"),
        Case(
            name: "the credentials' own account is disabled", command: "disable", file: "email\ngrace@acme.io\n",
            options: ["--self", "Grace@acme.io"],
            sentence: "your own account would lose access or privileges",
            row: "grace@acme.io  disable, DEVELOPER", remedy: "--allow-self"),
        Case(
            name: "many become privileged", command: "set-role",
            file: "email,role\n" + seven.map { $0 + ",ADMIN" }.joined(separator: "\n"),
            sentence: "7 accounts would get a privileged account type; the limit is 5",
            row: "chen.muller.6@acme.io  ANALYST to ADMIN", remedy: "--max-privileged 7"),
        Case(
            name: "many are invited with privileges", command: "invite",
            file: "email,role\n" + (1...6).map { "new\($0)@acme.io,ADMIN" }.joined(separator: "\n"),
            sentence: "6 accounts would get a privileged account type; the limit is 5",
            row: "line 2  new1@acme.io  invite as ADMIN", remedy: "--max-privileged 6"),
        Case(
            name: "somebody outside the company is invited", command: "invite",
            file: "email,role\nin@acme.io,DEVELOPER\nin@eu.acme.io,DEVELOPER\nout@evil-acme.io,DEVELOPER\n",
            options: ["--domain", "acme.io"],
            sentence: "1 address is outside acme.io; the limit is 0", row: "line 4  out@evil-acme.io",
            remedy: "--max-outside 1"),
    ]

    @Test(arguments: cases)
    func `a limit stops a run before its first request, and its option lets it through`(limit: Case) throws {
        let rollcall = try Rollcall()
        let sandbox = try SandboxProcess(rollcall)
        try rollcall.write(limit.file, to: "list.csv")
        let arguments = [limit.command, "list.csv", "--yes", "--rate", "none"]
        for option in [[], ["--dry-run"], ["--save-plan", "plan.json"]] {
            let stopped = try rollcall.start(arguments + limit.options + option).wait()
            #expect(stopped.status == 2, "\(stopped.errors)")
            for text in [limit.sentence, limit.row, limit.remedy] {
                #expect(stopped.errors.contains(text), "\(text) in \(stopped.errors)")
            }
        }
        #expect(try sandbox.changes() == 0)
        #expect(!FileManager.default.fileExists(atPath: rollcall.folder.path + "/plan.json"))
        let remedy = limit.remedy.split(separator: " ").map(String.init)
        let options = limit.options.filter { $0 != "--max-removals" && $0 != "2" }
        let through = try rollcall.start(arguments + options + remedy).wait()
        #expect(through.status == 0, "\(through.errors)")
        #expect(try sandbox.changes() > 0)
    }

    @Test(arguments: ["münchen.de", "MU\u{308}NCHEN.DE.", "xn--mnchen-3ya.de", "＠ｍüｎｃｈｅｎ．ｄｅ"])
    func `a domain counts however it is spelled, in an option and in a profile`(domain: String) throws {
        let rollcall = try Rollcall()
        try rollcall.startSandbox()
        let addresses = ["ann@münchen.de", "bea@XN--MNCHEN-3YA.de", "cem@eu.mu\u{308}nchen.de"]
        try rollcall.write("email,role\n" + addresses.map { $0 + ",DEVELOPER\n" }.joined(), to: "list.csv")
        let run = try rollcall.run("invite", "list.csv", "--dry-run", "--domain", domain)
        #expect(run.status == 0, "\(run.errors)")
        rollcall.environment["ROLLCALL_DOMAINS"] = domain
        let other = try rollcall.run("invite", "list.csv", "--dry-run")
        #expect(other.status == 0, "\(other.errors)")
        rollcall.environment["ROLLCALL_DOMAINS"] = nil
        let outside = try rollcall.run("invite", "list.csv", "--dry-run", "--domain", "munchen.de")
        #expect(outside.errors.contains("3 addresses are outside munchen.de"), "\(outside.errors)")
    }

    @Test func `a successor is made before the last administrator goes`() throws {
        let rollcall = try Rollcall()
        try rollcall.startSandbox()
        try rollcall.write("email,role\nada.admin@acme.io,DEVELOPER\ngrace@acme.io,ADMIN\n", to: "swap.csv")
        let run = try rollcall.run("set-role", "swap.csv", "--yes", "--rate", "none")
        #expect(run.status == 0, "\(run.errors)")
        let rows = try rollcall.rows("swap.results.csv")
        #expect(rows[1][8] < rows[0][8], "sent in another order: \(rows)")
    }

    @Test func `where the successor could not be made, the last administrator stays`() throws {
        let rollcall = try Rollcall()
        let first = try SandboxProcess(rollcall, "--fault", "notok=1")
        try rollcall.write("email,role\nada.admin@acme.io,DEVELOPER\ngrace@acme.io,ADMIN\n", to: "swap.csv")
        let run = try rollcall.run("set-role", "swap.csv", "--yes", "--rate", "none")
        #expect(run.status == 1)
        #expect(run.errors.contains("0 ADMIN users would be left, of 1 now"), "\(run.errors)")
        #expect(try rollcall.rows("swap.results.csv").map { $0[5] } == ["notSent", "failed"])
        #expect(try first.changes() == 1)
        // A resume looks again before it sends anything.
        #expect(try rollcall.run("runs", "resume", "1", "--yes").status == 2)
        #expect(try first.changes() == 1)
    }

    @Test func `an interrupt between the turns ends the run before anything is taken away`() throws {
        let rollcall = try Rollcall()
        let sandbox = try SandboxProcess(rollcall, "--latency", "3s")
        try rollcall.write("email,role\nada.admin@acme.io,DEVELOPER\ngrace@acme.io,ADMIN\n", to: "swap.csv")
        let running = try rollcall.start(["set-role", "swap.csv", "--yes"])
        // The first listing is for the plan, the second is the guards' own.
        while try sandbox.requests("listUsers") < 2 { usleep(10_000) }
        running.signal(SIGINT)
        let run = try running.wait()
        #expect(run.status == 130, "\(run.errors)")
        #expect(try sandbox.changes() == 1)
        #expect(try rollcall.rows("swap.results.csv").map { $0[5] } == ["notSent", "succeeded"])
    }
}
