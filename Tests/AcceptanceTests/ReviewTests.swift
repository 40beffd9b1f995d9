import Foundation
import Testing

@Suite(.waiting) struct ReviewTests {
    private func record(_ rollcall: Rollcall, _ folder: String) throws -> [String: Any] {
        let data = Data(try rollcall.read(folder + "/evidence.json").utf8)
        return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    @Test func `a review is a folder that adds up and can be checked`() throws {
        let rollcall = try Rollcall()
        let run = try rollcall.run(
            "review", "--sandbox", "--out", "q4", "--domain", "acme.io", "--reviewer", "Grace", "--approver", "Ada")
        #expect(run.status == 0, "\(run.errors)")
        let names = try FileManager.default.contentsOfDirectory(
            atPath: rollcall.folder.appendingPathComponent("q4").path)
        #expect(
            names.sorted() == [
                "SHA256SUMS", "answer.json", "evidence.json", "history.json", "review.csv", "review.html",
                "review.json",
                "review.xlsx", "to-fill-in",
            ])
        let evidence = try record(rollcall, "q4")
        let files = try #require(evidence["files"] as? [[String: Any]])
        for file in files where (file["name"] as? String)?.hasPrefix("review.") == true {
            let rows = try #require(file["rows"] as? [String: Int])
            #expect(rows["users"] == evidence["users"] as? Int)
            #expect(rows["invites"] == evidence["invites"] as? Int)
        }
        let verified = try rollcall.run("verify", "q4")
        #expect(verified.status == 0, "\(verified.errors)")
        #expect(verified.all.contains("review.csv contains exactly the 30 accounts of the response"))
        #expect(verified.all.contains("review.xlsx contains exactly the 30 accounts of the response"))
    }

    @Test(
        arguments: [
            ("review.csv", "DEVELOPER", "ADMIN"), ("review.json", "ANALYST", "ADMIN"),
            ("answer.json", "SENT", "EXPIRED"),
            ("evidence.json", "\"users\" : 25", "\"users\" : 24"), ("review.html", "Ada Admin", "Bob Admin"),
            ("SHA256SUMS", "a", "b"),
        ] as [(String, String, String)])
    func `any edit is found`(name: String, text: String, other: String) throws {
        let rollcall = try Rollcall()
        try rollcall.run("review", "--sandbox", "--out", "q4")
        let before = try rollcall.read("q4/" + name)
        let after = before.replacingOccurrences(of: text, with: other)
        #expect(before != after)
        try rollcall.write(after, to: "q4/" + name)
        let run = try rollcall.run("verify", "q4")
        #expect(run.status == 1, "\(run.errors)")
        #expect(run.all.contains("FAILED"))
    }

    @Test func `an edit whose hash was mended is found, too`() throws {
        let rollcall = try Rollcall()
        try rollcall.run("review", "--sandbox", "--out", "q4", "--format", "csv")
        let csv = try rollcall.read("q4/review.csv").replacingOccurrences(of: ",ADMIN,", with: ",ANALYST,")
        let oldHash = try #require(
            try rollcall.read("q4/SHA256SUMS").split(separator: "\n").first {
                $0.hasSuffix("review.csv")
            }?.prefix(64))
        try rollcall.write(csv, to: "q4/review.csv")
        let newHash = try rollcall.shell("sha256sum q4/review.csv").prefix(64)
        for name in ["SHA256SUMS", "evidence.json"] {
            try rollcall.write(
                try rollcall.read("q4/" + name).replacingOccurrences(of: oldHash, with: newHash), to: "q4/" + name)
        }
        let run = try rollcall.run("verify", "q4")
        #expect(run.status == 1)
        #expect(run.all.contains("the accounts in review.csv differ from the response"))
    }

    /// What is edited in Python, by somebody who mends every sum and every hash of the record.
    @Test(
        arguments: [
            ("review.csv", "replace(',ADMIN,', ',ANALYST,')", "the accounts in review.csv differ"),
            (
                "review.json", "replace(':\"ADMIN\"', ':\"ANALYST\"')",
                "the accounts in review.json differ"
            ),
            ("review.xlsx", "cell('Account type', 'ANALYST')", "the accounts in review.xlsx differ"),
            ("review.xlsx", "cell('Email', 'eve@acme.io')", "the accounts in review.xlsx differ"),
            ("review-analyst.xlsx", "cell('Uid', 'u')", "together, the parts do not match the accounts"),
            ("review-analyst.xlsx", "cell('Account type', 'ADMIN')", "has 1 account of other parts"),
            ("answer.json", "replace('ANALYST', 'ADMIN')", "differ from the response"),
            (
                "evidence.json", "replace('\"privileged\" : 2', '\"privileged\" : 0')",
                "the number of privileged accounts in the reports differs"
            ),
            ("evidence.json", "replace('\"invites\" : 5', '\"invites\" : 4')", "evidence.json records 25 and 4"),
            (
                "evidence.json", "replace('\"invites\" : 5,\\n', '\"invites\" : 4,\\n', 1)",
                "differ from the response"
            ),
            (
                "evidence.json", "replace(digest('answer.json'), '0' * 64, 1)",
                "the raw response does not match its hash in evidence.json"
            ),
        ])
    func `a report that says otherwise than the raw answer is found, whatever its sums`(
        name: String, edit: String, sentence: String
    ) throws {
        let rollcall = try Rollcall()
        let arguments = [
            "review", "--sandbox", "--out", "q4", "--format", "csv,json,xlsx", "--split-by", "account-type",
        ]
        let review = try rollcall.start(arguments).wait()
        try #require(review.status == 0, "\(review.errors)")
        try #require(try rollcall.run("verify", "q4").status == 0)
        try rollcall.write(
            """
            import hashlib, openpyxl, os
            os.chdir("q4")
            def digest(name): return hashlib.sha256(open(name, "rb").read()).hexdigest()
            def text(name): return open(name, newline="").read()
            def write(name, content): open(name, "w", newline="").write(content)
            def cell(title, value):
                book = openpyxl.load_workbook("\(name)")
                sheet = next(s for s in book if s.title.startswith("Active users"))
                columns = {c.value: c.column for c in sheet[1]}
                sheet.cell(2, columns[title]).value = value
                book.save("\(name)")
            def replace(old, new, times=-1): write("\(name)", text("\(name)").replace(old, new, times))
            before = {name: digest(name) for name in os.listdir() if os.path.isfile(name)}
            \(edit)
            assert digest("\(name)") != before["\(name)"]
            write("evidence.json", text("evidence.json").replace(before["\(name)"], digest("\(name)")))
            for line in text("SHA256SUMS").splitlines():
                name = line[66:]
                write("SHA256SUMS", text("SHA256SUMS").replace(line, digest(name) + "  " + name))
            """, to: "edit.py")
        try #require(try rollcall.shell("/usr/bin/python3 edit.py && echo done") == "done\n")
        let run = try rollcall.run("verify", "q4")
        #expect(run.status == 1)
        #expect(!run.errors.contains("changed after it was written"), "\(run.errors)")
        #expect(run.all.contains(sentence), "\(run.all)")
    }

    @Test func `files that come and go are found, and sha256sum agrees`() throws {
        let rollcall = try Rollcall()
        try rollcall.run("review", "--sandbox", "--out", "q4", "--format", "csv,json")
        #expect(try rollcall.shell("cd q4 && sha256sum -c --quiet SHA256SUMS && echo fine") == "fine\n")
        try rollcall.write("x", to: "q4/more.txt")
        #expect(try rollcall.run("verify", "q4").all.contains("more.txt is not in SHA256SUMS"))
        try FileManager.default.removeItem(at: rollcall.folder.appendingPathComponent("q4/review.json"))
        #expect(try rollcall.run("verify", "q4").all.contains("review.json is missing"))
        #expect(try rollcall.run("verify", "nowhere").status == 2)
    }

    @Test func `a review knows the one before it, and what has changed`() throws {
        let rollcall = try Rollcall()
        try rollcall.startSandbox()
        try rollcall.run("review", "--out", "reviews/one", "--review-id", "one")
        try rollcall.write("email,role\nnew@acme.io,ADMIN\n", to: "p.csv")
        #expect(try rollcall.run("invite", "p.csv", "--yes").status == 0)
        let run = try rollcall.run("review", "--out", "reviews/two", "--review-id", "two")
        #expect(run.errors.contains("since review one: 1 new, 0 changed, 0 gone"), "\(run.errors)")
        #expect((try record(rollcall, "reviews/two")["previous"] as? [String: Any])?["id"] as? String == "one")
        let verified = try rollcall.run("verify", "reviews/two")
        #expect(verified.status == 0)
        #expect(verified.all.contains("is unchanged since this review was written"))
        try rollcall.write(try rollcall.read("reviews/one/SHA256SUMS") + "more\n", to: "reviews/one/SHA256SUMS")
        #expect(try rollcall.run("verify", "reviews/two").all.contains("is not beside this folder"))
        #expect(try rollcall.run("verify", "reviews/two", "--previous", "reviews/one").status == 1)
    }

    @Test func `evidence is never overwritten`() throws {
        let rollcall = try Rollcall()
        #expect(try rollcall.run("review", "--sandbox", "--out", "q4", "--format", "csv").status == 0)
        let before = try rollcall.read("q4/SHA256SUMS")
        let run = try rollcall.run("review", "--sandbox", "--out", "q4", "--format", "csv")
        #expect(run.status == 2)
        #expect(run.errors.contains("evidence is never overwritten"))
        #expect(try rollcall.read("q4/SHA256SUMS") == before)
    }

    @Test(arguments: ["notok", "cut", "500", "html", "error"])
    func `an answer that is not a listing leads to no report`(fault: String) throws {
        let rollcall = try Rollcall()
        try rollcall.startSandbox("--fault", "\(fault)@all=1")
        let run = try rollcall.run("review", "--out", "q4")
        #expect([1, 2, 69].contains(run.status), "\(run.status) \(run.errors)")
        #expect(run.errors.contains("rollcall: error: "))
        #expect(!FileManager.default.fileExists(atPath: rollcall.folder.appendingPathComponent("q4").path))
        let left = try FileManager.default.contentsOfDirectory(atPath: rollcall.folder.path)
        #expect(!left.contains { $0.hasSuffix(".partial") })
    }

    @Test func `an empty list after a full one is refused, unless it is right`() throws {
        let rollcall = try Rollcall()
        var sandbox: SandboxProcess? = try SandboxProcess(rollcall, "--users", "3")
        #expect(try rollcall.run("users", "--quiet").status == 0)
        let port = try #require(sandbox.flatMap { URL(string: $0.url)?.port })
        sandbox = nil
        sandbox = try SandboxProcess(rollcall, "--users", "0", port: port)
        let run = try rollcall.run("review", "--out", "q4")
        #expect(run.status == 2, "\(run.errors)")
        #expect(run.errors.contains("--allow-empty"))
        let allowed = try rollcall.run("review", "--out", "q4", "--allow-empty")
        #expect(allowed.status == 0, "\(allowed.errors)")
        #expect(try rollcall.read("q4/review.html").contains("role=\"alert\""))
        #expect(sandbox != nil)
    }

    @Test func `reviewer and approver are two people`() throws {
        let rollcall = try Rollcall()
        let run = try rollcall.run("review", "--sandbox", "--reviewer", "Ada", "--approver", "ada ")
        #expect(run.status == 64)
    }

    @Test func `what expired is an invite list`() throws {
        let rollcall = try Rollcall()
        let sandbox = try SandboxProcess(rollcall)
        #expect(
            try rollcall.run("expired", "--out", "e.csv", "--out", "e.xlsx", "--out", "e.html", "--out", "e.json")
                .status == 0)
        let count = try rollcall.rows("e.csv").count
        #expect(count == 2)
        let run = try rollcall.run("invite", "e.csv", "--yes")
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.errors.contains("2 re-sent (invitation expired)"))
        #expect(try sandbox.invites().count == count)
        #expect(try rollcall.run("expired").output.isEmpty)
        #expect(try rollcall.run("expired", "--seen-before", "30d").all.contains("0 expired invitations"))
    }

    @Test func `the users of an earlier time come from the ledger`() throws {
        let rollcall = try Rollcall()
        let run = try rollcall.run("users", "--sandbox")
        #expect(run.output.split(separator: "\n").count == 31)
        let later = try rollcall.run("users", "--sandbox", "--at", "2999-01-01")
        #expect(later.output == run.output)
        #expect(try rollcall.run("users", "--sandbox", "--at", "2001-01-01").status == 2)
        #expect(try rollcall.run("users", "--sandbox", "--snapshots").output.split(separator: "\n").count == 2)
    }

    @Test func `results come in all four formats`() throws {
        let rollcall = try Rollcall()
        try rollcall.write("email,role\na@acme.io,DEVELOPER\n", to: "p.csv")
        let run = try rollcall.run(
            "invite", "p.csv", "--sandbox", "--yes", "--results", "r.xlsx", "--results", "r.html", "--results", "r.csv",
            "--results", "r.json")
        #expect(run.status == 0, "\(run.errors)")
        #expect(try rollcall.read("r.html").contains("a@acme.io"))
        #expect(try rollcall.run("runs", "show", "1", "--sandbox", "--out", "again.html").status == 0)
    }
}
