import Foundation
import Testing

/// `leavers --profiles`: the workspaces of several profiles, searched by one command with one result.
@Suite(.waiting) struct LeaverProfilesTests {
    private let rollcall: Rollcall
    private let one: WorkspaceServer
    private let two: WorkspaceServer

    /// Two workspaces with a profile each; a third profile has no server.
    init() throws {
        rollcall = try Rollcall()
        rollcall.environment["ROLLCALL_TODAY"] = "2026-11-28"
        let other = try Rollcall()
        one = try WorkspaceServer(rollcall, users: ["ada@acme.io ADMIN", "bob@acme.io DEVELOPER"])
        two = try WorkspaceServer(other, users: ["ada@acme.io ADMIN", "cy@acme.io DEVELOPER", "bot@acme.io DEVELOPER"])
        urls = [rollcall.environment["PARADIME_API_ENDPOINT"] ?? "", other.environment["PARADIME_API_ENDPOINT"] ?? ""]
        another = other
        for name in ["ENDPOINT", "KEY", "SECRET"] { rollcall.environment["PARADIME_API_" + name] = nil }
        rollcall.environment["SECRET"] = "s"
        try rollcall.write(
            "Email,Status\nada@acme.io,Active\nbob@acme.io,Left\ncy@acme.io,Left\nbot@acme.io,Left\n", to: "hr.csv")
        try configure()
    }

    private let urls: [String]
    private let another: Rollcall

    private func configure(_ more: String = "", two: String = "") throws {
        try rollcall.shell("mkdir -p .config/rollcall && cp hr.csv .config/rollcall")
        try rollcall.write(
            """
            profiles:
              one: {endpoint: '\(urls[0])', key: k, secretEnv: SECRET, people: hr.csv}
              two: {endpoint: '\(urls[1])', key: k, secretEnv: SECRET, serviceAccounts: ["bot@acme.io=ada@acme.io; x"]\(two)}
            \(more)
            """, to: ".config/rollcall/config.yaml")
    }

    @Test func `all workspaces are in one result, each by the settings of its profile`() throws {
        let run = try rollcall.run("leavers", "--profiles", "all", "--out", "l.csv", "--out", "l.json")
        #expect(run.status == 1, "\(run.all)")
        #expect(
            try rollcall.rows("l.csv").map { [$0[0], $0[2]] } == [["bob@acme.io", "one"], ["cy@acme.io", "two"]],
            "\(run.all)")
        #expect(try rollcall.validate("l.json", as: "leavers") == "valid")
        try one.remove("bob@acme.io")
        try two.remove("cy@acme.io")
        let silent = try rollcall.run("leavers", "--profiles", "one,two")
        #expect(silent.status == 0 && silent.all.isEmpty, "\(silent.all)")
    }

    @Test(arguments: [("http://127.0.0.1:9/", Int32(69)), ("", 1)])
    func `a workspace that cannot be read is named, and never hidden by the status`(endpoint: String, status: Int32)
        throws
    {
        try configure(
            endpoint.isEmpty
                ? "  three: {domains: [acme.io]}" : "  three: {endpoint: '\(endpoint)', key: k, secretEnv: SECRET}")
        try one.remove("bob@acme.io")
        try two.remove("cy@acme.io")
        let run = try rollcall.run("leavers", "--profiles", "all", "--out", "l.html")
        #expect(run.status == status && run.errors.contains("profile three:"), "\(run.all)")
        #expect(try rollcall.read("l.html").contains("three was not searched"))
        let none = try rollcall.run("leavers", "--people", "hr.csv", "--profiles", "three")
        #expect(none.status == (endpoint.isEmpty ? 2 : 69), "\(none.all)")
    }

    @Test func `what is not one search is refused`() throws {
        for options in [["--all-workspaces"], ["--sandbox"], ["--profile", "one"], ["--disable", "--yes"]] {
            let run = try rollcall.start(["leavers", "--profiles", "one,two"] + options).wait()
            #expect(run.status == 64, "\(run.all)")
        }
        #expect(try rollcall.run("leavers", "--profiles", "one,three").status == 2)
        #expect(try rollcall.run("leavers", "--profiles", ",").status == 2)
        try configure(two: ", people: other.csv")
        let lists = try rollcall.run("leavers", "--profiles", "all")
        #expect(lists.status == 2 && lists.errors.contains("there are two lists"), "\(lists.all)")
        try configure("  again: {endpoint: '\(urls[0])', key: k, secretEnv: SECRET}")
        let twice = try rollcall.run("leavers", "--profiles", "one,again", "--out", "l.csv")
        #expect(twice.errors.contains("searched already"), "\(twice.all)")
        #expect(try rollcall.rows("l.csv").count == 1)
        // Without a company token, the message names the way to several workspaces.
        let company = try rollcall.run("leavers", "--profile", "one", "--all-workspaces")
        #expect(company.status == 2 && company.errors.contains("--profiles all"), "\(company.all)")
    }
}
