import Foundation
import Testing

/// A review whose accounts are compared with the company's own list of people.
@Suite(.waiting) struct ReviewPeopleTests {
    private static let list =
        "Name,Email,Personal email,Manager,Department,Status,Start,End date\n"
        + "Ada Admin,ada@acme.io,,,Board,Active,2019-01-01,\n"
        + "Bob Left,bob@acme.io,bob@home.example,ada@acme.io,Data,Terminated,2019-01-01,2026-01-31\n"
        + "Cy Away,cy@acme.io,,ada@acme.io,Data,Suspended,,\nDi Roe,di@acme.io,,bob@acme.io,Data,Active,,2026-12-31\n"
        + "Zoe New,zoe@acme.io,,ada@acme.io,Sales,Active,,\n=Formula,fo@acme.io,,ada@acme.io,Sales,Active,,\n"

    private func workspace(_ rollcall: Rollcall) throws -> WorkspaceServer {
        rollcall.environment["ROLLCALL_TODAY"] = "2026-11-28"
        let server = try WorkspaceServer(
            rollcall,
            users: ["ada@acme.io ADMIN"]
                + ["bob", "cy", "di", "gus", "ci"].map { "\($0)@acme.io DEVELOPER" })
        try rollcall.write(Self.list, to: "hr.csv")
        return server
    }

    private func accounts(_ rollcall: Rollcall, _ folder: String) throws -> [String: [String: Any]] {
        let text = try rollcall.read(folder + "/review.json")
        let document = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:]
        let users = document["users"] as? [[String: Any]] ?? []
        return Dictionary(users.map { ("\($0["email"] ?? "")", $0) }, uniquingKeysWith: { $1 })
    }

    @Test func `each account has its owner, findings and a recommendation, and the folder proves them`() throws {
        let rollcall = try Rollcall()
        let server = try workspace(rollcall)
        rollcall.environment["ROLLCALL_SERVICE_ACCOUNTS"] = "ci@acme.io=ada@acme.io; builds"
        let run = try rollcall.run("review", "--people", "hr.csv", "--out", "r")
        #expect(run.status == 0, "\(run.all)")
        let users = try accounts(rollcall, "r")
        let text = { (email: String, key: String) in users[email]?[key] as? String ?? "" }
        #expect(users["bob@acme.io"]?["recommendation"] as? String == "Revoke: left on 2026-01-31")
        #expect(users["bob@acme.io"]?["findings"] as? String == "LEFT (critical)")
        #expect(users["bob@acme.io"]?["decision"] is NSNull)
        #expect(text("bob@acme.io", "flags").contains("left on 2026-01-31"))
        #expect(text("cy@acme.io", "recommendation").hasPrefix("Ask the manager"))
        #expect(users["di@acme.io"]?["manager"] as? String == "bob@acme.io")
        #expect(text("di@acme.io", "flags").contains("manager has left; ends on 2026-12-31"))
        #expect(users["gus@acme.io"]?["findings"] as? String == "UNKNOWN (high)")
        #expect(users["ci@acme.io"]?["flags"] as? String == "service account of ada@acme.io")
        #expect(users["ada@acme.io"]?["department"] as? String == "Board")
        let stored = try rollcall.read("r/people.csv")
        #expect(!stored.contains("home.example") && stored.contains("'=Formula"))
        #expect(try rollcall.validate("r/review.json", as: "review") == "valid")
        #expect(try rollcall.read("r/review.html").contains("Leavers and unknown"))
        let sheets = try rollcall.shell(
            "/usr/bin/python3 -c 'import openpyxl; print(openpyxl.load_workbook(\"r/review.xlsx\").sheetnames)'")
        #expect(sheets.contains("'Summary', 'Leavers and unknown', 'Privileged'"), "\(sheets)")
        try rollcall.requireIntact("r", "with people")
        withExtendedLifetime(server) {}
    }

    @Test(
        arguments: [
            ("2026-01-31", "2027-01-31"), (",left,", ",active,"), (",Data,", ",Sales,"), ("zoe@acme.io", "gus@acme.io"),
            ("line,email", "row,email"),
        ])
    func `a list that was changed afterwards is detected, even if all hashes are made anew`(
        text: String, other: String
    ) throws {
        let rollcall = try Rollcall()
        let server = try workspace(rollcall)
        try rollcall.run("review", "--people", "hr.csv", "--out", "r")
        try Resealing(rollcall: rollcall, folder: "r").reseal { try $0.replace(text, by: other, in: "people.csv") }
        let run = try rollcall.run("verify", "r")
        #expect(run.status == 1, "\(run.all)")
        withExtendedLifetime(server) {}
    }

    @Test func `a review without a list has no columns and files of one`() throws {
        let rollcall = try Rollcall()
        let server = try workspace(rollcall)
        try rollcall.run("review", "--out", "r")
        #expect(try accounts(rollcall, "r")["bob@acme.io"]?["recommendation"] == nil)
        #expect(try !rollcall.read("r/history.json").contains("\"people\""))
        #expect(!FileManager.default.fileExists(atPath: rollcall.folder.path + "/r/people.csv"))
        withExtendedLifetime(server) {}
    }

    @Test func `managers decide, and the fallback about accounts without one`() throws {
        let rollcall = try Rollcall()
        let server = try workspace(rollcall)
        let run = try rollcall.run(
            "review", "--people", "hr.csv", "--out", "r", "--split-by", "manager", "--fallback", "Grace")
        #expect(run.status == 0, "\(run.all)")
        let users = try accounts(rollcall, "r")
        let reviewer = { (email: String) in users[email]?["proposedReviewer"] as? String }
        #expect(["bob@acme.io", "cy@acme.io"].map(reviewer) == ["ada@acme.io", "ada@acme.io"])
        #expect(["ada@acme.io", "di@acme.io", "gus@acme.io"].map(reviewer) == ["Grace", "Grace", "Grace"])
        try rollcall.requireIntact("r", "split by manager")
        #expect(try rollcall.run("review", "--split-by", "manager", "--out", "x").status == 64)
        withExtendedLifetime(server) {}
    }

    @Test func `the leaver is on the first sheet, goes to the manager, is disabled, and no longer a leaver`() throws {
        let rollcall = try Rollcall()
        let server = try workspace(rollcall)
        try rollcall.run("review", "--people", "hr.csv", "--out", "r", "--split-by", "manager", "--fallback", "Grace")
        try rollcall.fill(
            "r/to-fill-in/review.xlsx", to: "filled.xlsx", "default=Approve", "bob@acme.io=Revoke::left")
        let run = try rollcall.run("apply", "filled.xlsx", "--evidence", "r", "--yes")
        #expect(try server.types()["bob@acme.io"] == nil, "\(run.all)")
        let left = try rollcall.run("leavers", "--people", "hr.csv")
        #expect(!left.output.contains("bob@acme.io") && left.output.contains("cy@acme.io"), "\(left.all)")
        try rollcall.requireIntact("r", "after apply")
    }
}
