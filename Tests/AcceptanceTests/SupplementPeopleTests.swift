import Foundation
import Testing

/// Accounts that are added to a review which was compared with the company's own list of people.
@Suite(.waiting) struct SupplementPeopleTests {
    private let rollcall: Rollcall
    private let server: WorkspaceServer

    private static let list =
        "Name,Email,Manager,Department,Employment type,Status,End date\n"
        + "Ada Admin,ada@acme.io,,Boardroom,Employee,Active,\n"
        + "Bob Roe,bob@acme.io,Ada@acme.io,Observatory,Employee,Active,\n"
        + "Cy Left,cy@acme.io,ada@acme.io,Observatory,Freelancer,Terminated,2026-01-31\n"
        + "Di Soon,di@acme.io,bob@acme.io,Observatory,Employee,,2026-11-29\n"
        + "Eve Roe,eve@acme.io,di@acme.io,Observatory,Employee,Active,\n"
        + "Flo Roe,flo@acme.io,zoltan@acme.io,Observatory,Employee,Active,\n"

    init() throws {
        rollcall = try Rollcall()
        server = try WorkspaceServer(
            rollcall, users: ["ada@acme.io ADMIN", "bob@acme.io DEVELOPER"], invites: ["di@acme.io DEVELOPER SENT"])
        rollcall.environment["ROLLCALL_TODAY"] = "2026-11-28"
        try rollcall.write(Self.list, to: "hr.csv")
    }

    private func review(_ options: String...) throws {
        let run = try rollcall.start(
            ["review", "--people", "hr.csv", "--out", "rev", "--approver", "Alan Turing"] + options
        ).wait()
        try #require(run.status == 0, "\(run.errors)")
    }

    /// Adds accounts of every kind, and writes the supplement.
    @discardableResult
    private func add(_ number: Int = 1) throws -> String {
        if number == 1 {
            for user in ["cy", "eve", "flo", "ci", "gus"] { try server.add("\(user)@acme.io DEVELOPER") }
            try server.add("bob@acme.io ADMIN")
        }
        rollcall.environment["ROLLCALL_SERVICE_ACCOUNTS"] = "ci@acme.io=ada@acme.io; builds"
        let added = try rollcall.run("review", "add", "rev", "--all-changes")
        try #require(added.status == 0, "\(added.all)")
        return added.errors
    }

    private func accounts(_ file: String) throws -> [String: [String: Any]] {
        let text = try rollcall.read(file)
        let document = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:]
        let rows = (document["users"] as? [[String: Any]] ?? []) + (document["invites"] as? [[String: Any]] ?? [])
        return Dictionary(rows.map { ("\($0["email"] ?? "")", $0) }, uniquingKeysWith: { $1 })
    }

    @Test func `a supplement has the findings of the day on which it is added, and the folder proves them`() throws {
        try review()
        // Di's last day has passed by then.
        rollcall.environment["ROLLCALL_TODAY"] = "2026-12-15"
        let said = try add()
        #expect(said.contains("Findings by people.csv: 1 LEFT, 1 UNKNOWN, 1 MANAGER_LEFT"), "\(said)")
        let users = try accounts("rev/supplement.json")
        let text = { (email: String, key: String) in users["\(email)@acme.io"]?[key] as? String ?? "" }
        #expect(Set(users.keys) == Set(["bob", "ci", "cy", "eve", "flo", "gus"].map { $0 + "@acme.io" }))
        #expect(
            text("cy", "findings") == "LEFT (critical)" && text("cy", "recommendation").hasPrefix("Revoke: left on"))
        #expect(text("gus", "findings") == "UNKNOWN (high)")
        #expect(text("eve", "flags").contains("manager has left") && text("eve", "manager") == "di@acme.io")
        #expect(text("ci", "flags").contains("service account of ada@acme.io") && text("ci", "findings").isEmpty)
        #expect(text("bob", "department") == "Observatory")
        #expect(try rollcall.validate("rev/supplement.json", as: "review") == "valid")
        #expect(try rollcall.read("rev/supplement.html").contains("Leavers and unknown"))
        let sheets = try rollcall.shell(
            "/usr/bin/python3 -c 'import openpyxl; print(openpyxl.load_workbook(\"rev/supplement.xlsx\").sheetnames)'")
        #expect(sheets.contains("'Leavers and unknown', 'Privileged'"), "\(sheets)")
        // Everybody of the review would be without an account here.
        #expect(!sheets.contains("without"), "\(sheets)")
        let check = try rollcall.run("verify", "rev")
        #expect(check.status == 0, "\(check.all)")
        #expect(check.all.contains("compared with people.csv on 2026-12-15"), "\(check.all)")
        try rollcall.requireIntact("rev", "with a supplement")
    }

    @Test func `a review without a list gets supplements without one`() throws {
        let run = try rollcall.run("review", "--out", "rev", "--approver", "Alan Turing")
        try #require(run.status == 0, "\(run.errors)")
        try add()
        #expect(try accounts("rev/supplement.json")["cy@acme.io"]?["findings"] == nil)
        #expect(try !rollcall.read("rev/supplement.history.json").contains("\"people\""))
        try rollcall.requireIntact("rev", "without a list")
    }

    @Test func `the list that is compared is the sealed one`() throws {
        try review()
        try server.add("cy@acme.io DEVELOPER")
        try rollcall.shell("cp -r rev copy && sed -i s/Terminated,left/Active,active/ rev/people.csv")
        let refused = try rollcall.run("review", "add", "rev", "--all-changes")
        #expect(
            refused.status == 2 && refused.errors.contains("people.csv is missing, or was changed"), "\(refused.all)")
        #expect(try rollcall.shell("ls rev | grep supplement").isEmpty)
    }

    @Test func `added accounts go to their managers, and reviewed accounts stay where they are`() throws {
        try review("--split-by", "manager", "--fallback", "Grace")
        rollcall.environment["ROLLCALL_TODAY"] = "2026-12-15"
        try add()
        // Bob's manager keeps the spelling of the review; Eve's and Flo's managers cannot decide.
        let users = try accounts("rev/supplement.json")
        let reviewers = users.mapValues { $0["proposedReviewer"] as? String ?? "" }
        #expect(
            reviewers == [
                "bob@acme.io": "Ada@acme.io", "cy@acme.io": "Ada@acme.io", "ci@acme.io": "Ada@acme.io",
                "eve@acme.io": "Grace", "flo@acme.io": "Grace", "gus@acme.io": "Grace",
            ])
        try server.add("zoe@acme.io DEVELOPER")
        try add(2)
        #expect(try accounts("rev/supplement-2.json")["zoe@acme.io"]?["proposedReviewer"] as? String == "Grace")
        try rollcall.requireIntact("rev", "with two supplements")
        let status = try rollcall.run("review", "status", "rev")
        #expect(status.output.contains("cy@acme.io: not decided (Ada@acme.io)"), "\(status.output)")
        // Each reviewer gets a workbook.
        let copies = try rollcall.shell("ls rev/to-fill-in | grep '^supplement.*xlsx'").split(separator: "\n")
        #expect(
            copies == [
                "supplement-2-grace.xlsx", "supplement-2.xlsx", "supplement-ada-acme-io.xlsx", "supplement-grace.xlsx",
                "supplement.xlsx",
            ], "\(copies)")
        try rollcall.fill("rev/to-fill-in/supplement-ada-acme-io.xlsx", to: "filled.xlsx", wishes: ["default=Revoke"])
        let run = try rollcall.run(
            "apply", "filled.xlsx", "--evidence", "rev", "--yes", "--rate", "none", "--max-removals", "90%",
            "--settle-wait", "1s")
        #expect(try server.types()["cy@acme.io"] == nil, "\(run.all)")
        try rollcall.requireIntact("rev", "after apply")
    }

    @Test func `what was falsified is found`() throws {
        try review("--split-by", "manager", "--fallback", "Grace")
        try add()
        let edit = { (record: inout [String: Any], body: (inout [String: Any]) -> Void) in
            var people = record["people"] as? [String: Any] ?? [:]
            body(&people)
            record["people"] = people
        }
        let forgeries: [(String, (Resealing) throws -> Void)] = [
            ("supplement.html differs", { try $0.replace("left on 2026-01-31", by: "hired", in: "supplement.html") }),
            (
                "supplement.history.json differs",
                { try $0.editRecord("supplement.history.json") { edit(&$0) { $0["name"] = "other.csv" } } }
            ),
            (
                "compared with another list",
                { try $0.editRecord("supplement.history.json") { edit(&$0) { $0["sha256"] = "00" } } }
            ),
            (
                "differs from what follows",
                { try $0.editRecord("supplement.history.json") { edit(&$0) { $0["day"] = "2025-12-01" } } }
            ),
            (
                "the reviewers in its record differ",
                { folder in
                    try folder.editRecord("supplement.record.json") { record in
                        var reviewers = record["reviewers"] as? [String: String] ?? [:]
                        for key in reviewers.keys { reviewers[key] = "Mallory" }
                        record["reviewers"] = reviewers
                    }
                }
            ),
            (
                "the reviewers in its record differ",
                { try $0.editRecord("supplement.record.json") { $0["reviewers"] = nil } }
            ),
            (
                "assignments.csv differs from what follows",
                { try $0.replace("bob@acme.io", by: "bot@acme.io", in: "assignments.csv") }
            ),
        ]
        for (sentence, forge) in forgeries {
            try rollcall.shell("rm -rf copy && cp -r rev copy")
            try Resealing(rollcall: rollcall, folder: "copy").reseal(forge)
            let run = try rollcall.run("verify", "copy", "--no-ledger")
            let words = run.all.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            #expect(run.status == 1 && words.contains(sentence), "\(sentence): \(run.all.suffix(2000))")
        }
    }

    @Test func `a redacted archive has redacted supplements`() throws {
        try review()
        rollcall.environment["ROLLCALL_TODAY"] = "2026-12-15"
        try add()
        let closed = try rollcall.run("review", "close", "rev", "--force", "ticket 4711")
        try #require(closed.status == 0, "\(closed.all)")
        let packed = try rollcall.run(
            "review", "pack", "rev", "--out", "q4.zip", "--redact", "manager,department,employmentType")
        try #require(packed.status == 0, "\(packed.all)")
        try rollcall.shell(
            "unzip -q q4.zip && mv review-20* copy && cd copy/evidence && mkdir x && cd x && unzip -q ../supplement.xlsx"
        )
        for text in ["Observatory", "zoltan@acme.io", "Freelancer"] {
            #expect(try rollcall.shell("grep -rl '\(text)' copy/evidence || true") == "", "\(text)")
        }
        try rollcall.shell("rm -r copy/evidence/x")
        let users = try accounts("copy/evidence/supplement.json")
        #expect(users["eve@acme.io"]?["manager"] as? String == "[redacted]")
        // That the manager has left by then is a finding, and no name.
        let flags = users["eve@acme.io"]?["flags"] as? String
        #expect(flags?.contains("manager has left") == true)
        let run = try rollcall.run("verify", "q4.zip", "--no-ledger", "--require-closed")
        #expect(run.status == 0, "\(run.all)")
        let words = run.all.replacing(#/\s+/#, with: " ")
        #expect(words.contains("unchanged, 4 files were written once more"), "\(run.all)")
        // Nothing seals redaction.json, so a forger can make its hashes fit.
        try rollcall.write(
            """
            import hashlib, json
            path = 'copy/evidence/supplement.csv'
            text = open(path, newline='').read()
            open(path, 'w', newline='').write(text.replace('UNKNOWN', 'LEFT'))
            record = json.load(open('copy/evidence/redaction.json'))
            for file in record['rewritten']:
                if file['name'] == 'supplement.csv':
                    file['sha256'] = hashlib.sha256(open(path, 'rb').read()).hexdigest()
            json.dump(record, open('copy/evidence/redaction.json', 'w'))
            """, to: "forge.py")
        try rollcall.shell("/usr/bin/python3 forge.py")
        let forged = try rollcall.run("verify", "copy/evidence", "--no-ledger")
        #expect(forged.status == 1 && forged.all.contains("supplement.csv differs from what follows"), "\(forged.all)")
    }

    @Test func `supplements of versions without the comparison are verified, and said to lack it`() throws {
        let run = try rollcall.run("review", "--out", "plain", "--approver", "Alan Turing")
        try #require(run.status == 0, "\(run.errors)")
        try review()
        try server.add("cy@acme.io DEVELOPER")
        try #require(try rollcall.run("review", "add", "rev", "--all-changes").status == 0)
        let folder = Resealing(rollcall: rollcall, folder: "rev")
        // As such a version wrote them: its reports have no columns about people.
        try folder.reseal { folder in
            try folder.delete("supplement.history.json")
            try folder.dropSum(of: "supplement.history.json", in: "supplement.SHA256SUMS")
            try folder.editRecord("supplement.record.json") { $0["query"] = nil }
        }
        let check = try rollcall.run("verify", "rev", "--no-ledger")
        #expect(check.status == 0 && check.all.contains("its reports were not"), "\(check.all)")
    }
}
