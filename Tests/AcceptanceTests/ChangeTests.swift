import Foundation
import Testing

/// `set-role`, `disable` and plans that were saved.
@Suite(.waiting) struct ChangeTests {
    private let rollcall: Rollcall
    private let sandbox: SandboxProcess

    init() throws {
        rollcall = try Rollcall()
        sandbox = try SandboxProcess(rollcall)
    }

    @Test func `users are named by address or uid, and every row ends with an outcome`() throws {
        try rollcall.run("review", "--out", "one", "--format", "csv")
        let uid = try #require(try rollcall.accounts("one/review.csv")["dalia.dupont.4@acme.io"]?["uid"])
        let other = try #require(try rollcall.accounts("one/review.csv")["grace@acme.io"]?["uid"])
        try rollcall.write(
            """
            email,uid,role
            Chen.Muller.6@acme.io,,business
            ,\(uid),BUSINESS
            jose.patel.11@acme.io,\(other),BUSINESS
            ,abc,BUSINESS
            pending@acme.io,,BUSINESS
            ,,BUSINESS
            igor.silva.19@acme.io,,BUSINESS
            chen.muller.6@acme.io,,BUSINESS
            keiko.smith.13@acme.io,,ADMIN
            keiko.smith.13@acme.io,,DEVELOPER
            nia.muller.14@acme.io,,BOSS

            """, to: "roles.csv")
        let run = try rollcall.run("set-role", "roles.csv", "--yes", "--rate", "none")
        #expect(run.status == 1)
        #expect(run.errors.contains("2 confirmed") || run.errors.contains("3 confirmed"), "\(run.errors)")
        let rows = try rollcall.rows("roles.results.csv")
        #expect(
            rows.map { $0[5] } == [
                "succeeded", "succeeded", "rejected", "rejected", "rejected", "rejected", "skipped", "skipped",
                "rejected", "rejected", "rejected",
            ])
        for text in [
            "roles.csv:4:2: error: the uid belongs to grace@acme.io, but the address is \"jose.patel.11@acme.io\"",
            "roles.csv:5:2: error: no active user has the uid \"abc\"",
            "roles.csv:6:1: error: no active user has the address \"pending@acme.io\"; there is a pending invitation",
            "roles.csv:7:1: error: the row has neither an email address nor a uid",
            "keiko.smith.13@acme.io is ADMIN here but DEVELOPER in line 11; neither row is sent",
            "BOSS  line 12",
        ] { #expect(run.errors.contains(text), "\(text) in \(run.errors)") }
        #expect(rows[6][6] == "already has account type BUSINESS")
        let undo = try rollcall.accounts("roles.undo-1.csv")
        #expect(undo.keys.sorted() == ["chen.muller.6@acme.io", "dalia.dupont.4@acme.io"])
        #expect(try rollcall.run("set-role", "roles.undo-1.csv", "--yes", "--rate", "none").status == 0)
        try rollcall.run("review", "--review-id", "two", "--out", "two", "--format", "csv")
        #expect(try rollcall.accounts("two/review.csv")["dalia.dupont.4@acme.io"]?["accountType"] == "ANALYST")
    }

    @Test func `what cannot be undone is said before, and what was done is verified after`() throws {
        try rollcall.write("uid or not\nchen.muller.6@acme.io\n", to: "wrong.csv")
        #expect(try rollcall.run("disable", "wrong.csv", "--yes").status == 2)
        try rollcall.write("chen.muller.6@acme.io\nCHEN.muller.6@acme.io\n", to: "leavers.csv")
        let run = try rollcall.run("disable", "leavers.csv", "--yes", "--rate", "none")
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.errors.contains("Cannot be undone: 1 removal (the API cannot enable a user again)"))
        #expect(run.errors.contains("1 confirmed, 0 contradicted"), "\(run.errors)")
        #expect(try !rollcall.run("users").output.contains("chen.muller.6@acme.io"))
        let again = try rollcall.run("disable", "leavers.csv", "--yes")
        #expect(again.status == 1)
        #expect(again.errors.contains("no active user has the address"))
    }

    @Test(arguments: ["lost=0.5", "502=0.5", "500=0.4"])
    func `changes without an answer are settled by asking`(fault: String) throws {
        let flaky = try SandboxProcess(rollcall, "--fault", fault)
        _ = flaky
        let users = [
            "chen.muller.6", "dalia.dupont.4", "jose.patel.11", "keiko.kowalska.17", "keiko.smith.13", "lars.muller.23",
        ]
        let lines = users.map { "\($0)@acme.io" }.joined(separator: "\n")
        try rollcall.write("email\n" + lines, to: "list.csv")
        for arguments in [["set-role", "list.csv", "--account-type", "business"], ["disable", "list.csv"]] {
            let run = try rollcall.start(arguments + ["--yes", "--rate", "none", "--max-attempts", "50"]).wait()
            #expect(run.status == 0, "\(run.errors)")
            #expect(run.errors.contains("6 confirmed, 0 contradicted"), "\(run.errors)")
        }
    }

    @Test func `what was approved is what is sent`() throws {
        try rollcall.write("email,role\nnew@acme.io,ADMIN\nexpired@acme.io,DEVELOPER\nbob@,x\n", to: "people.csv")
        let saved = try rollcall.run("invite", "people.csv", "--save-plan", "plan.json")
        #expect(saved.status == 0, "\(saved.errors)")
        #expect(try sandbox.invites().isEmpty)
        try rollcall.shell("rm people.csv")
        let run = try rollcall.run("apply", "plan.json", "--yes", "--rate", "none")
        #expect(run.status == 1, "\(run.errors)")
        #expect(try sandbox.invites() == ["new@acme.io": 1, "expired@acme.io": 1])
        #expect(try rollcall.rows("plan.results.csv").map { $0[5] } == ["succeeded", "succeeded", "rejected"])
        // A second time the workspace is not what it was.
        let again = try rollcall.run("apply", "plan.json", "--yes")
        #expect(again.status == 2)
        #expect(
            again.errors.contains(
                "line 2  new@acme.io was not in the workspace, is now invited as ADMIN SENT"), "\(again.errors)")
        #expect(again.errors.contains("line 3  expired@acme.io was invited as DEVELOPER EXPIRED, is now invited"))
    }

    @Test func `a plan whose workspace has moved on, or that was edited, is refused`() throws {
        try rollcall.write("email,role\nchen.muller.6@acme.io,BUSINESS\ngrace@acme.io,ANALYST\n", to: "roles.csv")
        try rollcall.run("set-role", "roles.csv", "--save-plan", "plan.json")
        try rollcall.write("email,role\ngrace@acme.io,BUSINESS\n", to: "other.csv")
        try rollcall.run("set-role", "other.csv", "--yes")
        let moved = try rollcall.run("apply", "plan.json", "--yes")
        #expect(moved.status == 2)
        #expect(
            moved.errors.contains("line 3  grace@acme.io was active as DEVELOPER, is now active as BUSINESS"),
            "\(moved.errors)")
        #expect(!moved.errors.contains("chen.muller"))
        try rollcall.shell("sed -i 's/\"BUSINESS\"/\"ADMIN\"/' plan.json")
        let edited = try rollcall.run("apply", "plan.json", "--yes")
        #expect(edited.status == 2)
        #expect(edited.errors.contains("was edited after it was saved"), "\(edited.errors)")
        try rollcall.write("{}", to: "none.json")
        #expect(try rollcall.run("apply", "none.json", "--yes").errors.contains("is not a saved plan"))
    }

    @Test func `a plan of a review keeps its evidence`() throws {
        try rollcall.run("review", "--out", "one")
        try rollcall.fill("one/review.xlsx", to: "filled.xlsx", "default=Approve", "chen.muller.6@acme.io=Revoke")
        let saved = try rollcall.run("apply", "filled.xlsx", "--evidence", "one", "--save-plan", "plan.json")
        #expect(saved.status == 0, "\(saved.errors)")
        #expect(try rollcall.run("apply", "plan.json", "--yes").status == 0)
        #expect(try rollcall.run("verify", "one").status == 0)
        #expect(try rollcall.accounts("one/remediation.csv")["chen.muller.6@acme.io"]?["verified"] == "confirmed")
    }
}
