import Foundation
import Testing

/// `rollcall leavers`: the accounts of people who have left, by the company's own list.
@Suite(.waiting) struct LeaversTests {
    private static let header = "Name,Email,Manager,Status,End date\n"
    private static let list =
        header + "Ada,ada@acme.io,,Active,\nBob,bob@acme.io,ada@acme.io,Terminated,2026-01-31\n"
        + "Cy,cy@acme.io,ada@acme.io,Suspended,\nDi,di@acme.io,ada@acme.io,Active,2099-12-31\n"
        + "Eve,eve@acme.io,ada@acme.io,,2026-01-31\nFay,fay@acme.io,ada@acme.io,Left,\n"

    private func workspace(_ rollcall: Rollcall) throws -> WorkspaceServer {
        let server = try WorkspaceServer(
            rollcall,
            users: ["ada@acme.io ADMIN"]
                + ["bob", "cy", "di", "eve+test", "gus", "hal", "ida", "jan", "kim"].map { "\($0)@acme.io DEVELOPER" },
            invites: ["fay@acme.io DEVELOPER SENT", "bob@acme.io DEVELOPER EXPIRED"])
        try rollcall.write(Self.list, to: "hr.csv")
        return server
    }

    @Test func `who has left is listed in every format, and is disabled by the CSV`() throws {
        let rollcall = try Rollcall()
        let server = try workspace(rollcall)
        let out = ["csv", "json", "xlsx", "html", "md"].flatMap { ["--out", "l." + $0] }
        let run = try rollcall.start(["leavers", "--people", "hr.csv"] + out).wait()
        #expect(run.status == 1, "\(run.errors)")
        #expect(
            run.errors.contains("2 active users of people who have left, 1 who have left or are suspended, 1 pending"))
        #expect(try rollcall.rows("l.csv").map { $0[0] } == ["bob@acme.io", "eve+test@acme.io"])
        #expect(try rollcall.validate("l.json", as: "leavers") == "valid")
        #expect(try rollcall.read("l.json").contains("left or suspended (Status: Suspended)"))
        #expect(try rollcall.read("l.html").contains("fay@acme.io"))
        let disable = try rollcall.run("disable", "l.csv", "--yes")
        #expect(disable.status == 0, "\(disable.errors)")
        #expect(try Set(server.types().keys.map { $0.prefix(3) }).isDisjoint(with: ["bob", "eve"]))
    }

    @Test func `nobody has left: nothing is printed`() throws {
        let rollcall = try Rollcall()
        let server = try workspace(rollcall)
        try rollcall.write(
            Self.header + "Ada,ada@acme.io,,Active,\nZoe,zoe@acme.io,,Terminated,2020-01-31\n", to: "hr.csv")
        let run = try rollcall.run("leavers", "--people", "hr.csv")
        #expect(run.status == 0 && run.all.isEmpty, "\(run.all)")
        withExtendedLifetime(server) {}
    }

    @Test func `with --disable they are disabled, except who may be away`() throws {
        let rollcall = try Rollcall()
        let server = try workspace(rollcall)
        let dry = try rollcall.run("leavers", "--people", "hr.csv", "--disable", "--dry-run")
        #expect(dry.status == 0 && dry.output.contains("2  removals"), "\(dry.all)")
        #expect(try server.types().count == 10)
        let run = try rollcall.run("leavers", "--people", "hr.csv", "--disable", "--yes")
        // The suspended user and the invitation are left.
        #expect(run.status == 1, "\(run.all)")
        #expect(run.errors.contains("--include-suspended"))
        #expect(try server.types().count == 8 && server.types()["cy@acme.io"] != nil)
        let rest = try rollcall.run("leavers", "--people", "hr.csv", "--disable", "--include-suspended", "--yes")
        #expect(rest.status == 1, "\(rest.all)")
        #expect(try server.types()["cy@acme.io"] == nil)
        try server.remove("fay@acme.io")
        #expect(try rollcall.run("leavers", "--people", "hr.csv").all.isEmpty)
    }

    @Test func `the limits of removals apply, and without a terminal --yes is needed`() throws {
        let rollcall = try Rollcall()
        let server = try workspace(rollcall)
        let refused = try rollcall.run(
            "leavers", "--people", "hr.csv", "--disable", "--yes", "--max-removals", "1")
        #expect(refused.status == 2 && refused.errors.contains("--max-removals"), "\(refused.all)")
        let asked = try rollcall.run("leavers", "--people", "hr.csv", "--disable")
        #expect(asked.status == 2 && asked.errors.contains("--yes"), "\(asked.all)")
        #expect(try server.types().count == 10)
    }

    @Test(
        arguments: [
            ("Email,Status\nx@other.example,Left\n", "may be the list of another company"),
            ("Email,Status\n", "has no rows below its header"), ("", "is empty"),
            ("Email,Team\nada@acme.io,Data\n", "does not say who has left"),
            ("Email,Status\nada@acme.io,Q\nbob@acme.io,Active\n", "--map-status Q=suspended"),
            ("Email,End date\nada@acme.io,03/02/2026\n", "--date-format D/M/Y"),
        ])
    func `a list that cannot be compared is refused`(text: String, said: String) throws {
        let rollcall = try Rollcall()
        let server = try workspace(rollcall)
        try rollcall.write(text, to: "hr.csv")
        let run = try rollcall.run("leavers", "--people", "hr.csv", "--disable", "--yes")
        #expect(run.status == 2 && run.errors.contains(said), "\(run.all)")
        #expect(try server.types().count == 10)
    }

    @Test func `the profile names the list, service accounts and exceptions`() throws {
        let rollcall = try Rollcall()
        let server = try workspace(rollcall)
        let settings = """
            profiles:
              acme:
                people: hr.csv
                serviceAccounts: ["bob@acme.io=ada@acme.io; builds"]
                exceptions: ["eve*@acme.io=2099-12-31; hand-over", "cy@acme.io=2099-12-31; on leave"]
            """
        try rollcall.shell("mkdir -p .config/rollcall && chmod -R go-w .config && cp hr.csv .config/rollcall")
        try rollcall.write(settings, to: ".config/rollcall/config.yaml")
        try server.remove("fay@acme.io")
        let run = try rollcall.run("leavers")
        #expect(run.status == 0 && run.all.isEmpty, "\(run.all)")
        let command = settings.replacing("people: hr.csv", with: "peopleCommand: cat hr.csv; exit $STATUS")
            .replacing("eve*", with: "x*")
        try rollcall.write(command, to: ".config/rollcall/config.yaml")
        rollcall.environment["STATUS"] = "0"
        let found = try rollcall.run("leavers")
        #expect(found.status == 1 && found.output.contains("eve+test@acme.io"), "\(found.all)")
        rollcall.environment["STATUS"] = "7"
        let failed = try rollcall.run("leavers")
        #expect(failed.status == 2 && failed.errors.contains("ended with status 7"), "\(failed.all)")
        try rollcall.write(
            settings.replacing("; builds", with: ""), to: ".config/rollcall/config.yaml")
        #expect(try rollcall.run("leavers").errors.contains("ACCOUNT=OWNER; REASON"))
    }

    @Test func `all workspaces of a company are searched, and each has its plan`() throws {
        let rollcall = try Rollcall()
        let run = try rollcall.run(
            "leavers", "--people", Rollcall.sample("people.csv"), "--sandbox", "--all-workspaces", "--disable",
            "--dry-run")
        #expect(run.status == 0, "\(run.all)")
        #expect(run.output.contains("Acme Analytics") && run.output.contains("Acme Finance"))
        let json = try rollcall.run(
            "leavers", "--people", Rollcall.sample("people.csv"), "--sandbox", "--output", "json")
        #expect(json.status == 1)
        #expect(try rollcall.validate(json.output, against: "output-leavers") == "valid")
    }

    /// Exports of HR systems and directories, with the options that the messages propose; the workspace is that of the
    /// sandbox.
    @Test(
        arguments: [
            ("workday-workers.csv", "", ["jose.okafor.12@acme.io"]),
            ("bamboohr-employees.csv", "--people-column 'status=Employment Status'", ["jose.okafor.12@acme.io"]),
            ("personio-employees.csv", "--people-column 'end=Last day of work'", ["jose.okafor.12@acme.io"]),
            ("entra-users.csv", "--include-suspended", ["jose.okafor.12@acme.io"]),
            ("google-users.csv", "--include-suspended", ["lars.muller.23@acme.io", "jose.okafor.12@acme.io"]),
            ("okta-people.csv", "--include-suspended", ["jose.okafor.12@acme.io"]),
        ])
    func `exports are read with the options that the messages propose`(
        name: String, options: String, leavers: [String]
    ) throws {
        let rollcall = try Rollcall()
        rollcall.environment["ROLLCALL_TODAY"] = "2026-11-28"
        let path = Rollcall.repository.appendingPathComponent("Tests/PeopleLists/" + name).path
        let line = "$ROLLCALL leavers --people '\(path)' --sandbox --out l.csv "
        if let option = options.firstRange(of: /--(people-column|map-status).*/).map({ String(options[$0]) }) {
            let refused = try rollcall.start(line: line).wait()
            #expect(refused.status == 2 && refused.errors.contains(option), "\(refused.all)")
        }
        let run = try rollcall.start(line: line + options).wait()
        #expect(run.status == 1, "\(run.all)")
        #expect(try rollcall.rows("l.csv").map { $0[0] } == leavers)
    }
}
