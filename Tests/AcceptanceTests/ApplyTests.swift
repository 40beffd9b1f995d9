import Foundation
import Testing

/// From decision to done, with nobody's hand in it.
@Suite(.waiting) struct ApplyTests {
    private let rollcall: Rollcall

    init() throws { rollcall = try Rollcall() }

    /// What somebody decides about the sandbox's workspace: one of everything.
    private let wishes = [
        "default=Approve", "ada.admin@acme.io=Approve::runs the platform", "chen.muller.6@acme.io=Revoke",
        "dalia.dupont.4@acme.io=Change role:BUSINESS:moved to sales", "jose.patel.11@acme.io=Don't know",
        "keiko.kowalska.17@acme.io=Exception::until March", "expired@acme.io=Re-invite", "pending@acme.io=Remove",
    ]

    private func fill(_ review: String, to file: String) throws {
        try rollcall.fill(
            review, to: file, wishes[0], wishes[1], wishes[2], wishes[3], wishes[4], wishes[5], wishes[6], wishes[7])
    }

    @Test(arguments: ["openpyxl", "LibreOffice", "CSV"])
    func `the second review shows exactly what was decided, and verify accepts both folders`(program: String) throws {
        try rollcall.startSandbox()
        try rollcall.run("review", "--review-id", "one", "--out", "one", "--reviewer", "Rev Iewer")
        try fill("one/review.xlsx", to: "filled.xlsx")
        var file = "filled.xlsx"
        if program == "LibreOffice" {
            try rollcall.saveWithLibreOffice(file, in: "saved")
            file = "saved/filled.xlsx"
        }
        if program == "CSV" {
            // The CSV of the same review, with the decisions put in.
            let csv = try rollcall.read("one/review.csv").split(separator: "\r\n").map { line in
                var cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
                if cells[0] != "kind" { cells[13] = try decision(for: cells[1], &cells[14]) }
                return cells.joined(separator: ";")
            }
            file = "filled.csv"
            try rollcall.write(csv.joined(separator: "\n"), to: file)
        }
        let run = try rollcall.run("apply", file, "--evidence", "one", "--yes", "--rate", "none")
        #expect(run.status == 1, "A step by hand is left: \(run.errors)")
        #expect(run.errors.contains("3 confirmed, 0 contradicted"), "\(run.errors)")
        #expect(try rollcall.run("review", "--review-id", "two", "--out", "two").status == 0)
        let two = try rollcall.accounts("two/review.csv")
        let one = try rollcall.accounts("one/review.csv")
        #expect(Set(one.keys).subtracting(two.keys) == ["chen.muller.6@acme.io"])
        #expect(Set(two.keys).subtracting(one.keys).isEmpty)
        let changed = two.values.filter { $0["change"] == "changed" }.compactMap { $0["email"] }
        #expect(Set(changed) == ["dalia.dupont.4@acme.io", "expired@acme.io"])
        #expect(two["dalia.dupont.4@acme.io"]?["accountType"] == "BUSINESS")
        #expect(two["expired@acme.io"]?["status"] == "SENT")
        for folder in ["one", "two"] {
            let verified = try rollcall.run("verify", folder)
            #expect(verified.status == 0, "\(folder): \(verified.errors)")
        }
        try expectRemediation()
    }

    private func decision(for email: String, _ newType: inout String) throws -> String {
        let wish = wishes.first { $0.hasPrefix(email + "=") } ?? wishes[0]
        let parts = wish[wish.index(after: try #require(wish.firstIndex(of: "=")))...].split(separator: ":")
        if parts.count > 1 && parts[0] == "Change role" { newType = String(parts[1]) }
        return String(parts[0])
    }

    /// Decision, what was sent, outcome, and what confirms it, for every account.
    private func expectRemediation() throws {
        let rows = try rollcall.accounts("one/remediation.csv")
        #expect(rows.count == 30)
        let seen = { (email: String) in
            ["decision", "operation", "outcome", "verified"].map { rows[email]?[$0] ?? "" }
        }
        #expect(seen("chen.muller.6@acme.io") == ["Revoke", "disable", "succeeded", "confirmed"])
        #expect(seen("dalia.dupont.4@acme.io") == ["Change role", "changeRole", "succeeded", "confirmed"])
        #expect(seen("expired@acme.io") == ["Re-invite", "invite", "succeeded", "confirmed"])
        #expect(seen("pending@acme.io") == ["Remove", "", "rejected", ""])
        #expect(seen("jose.patel.11@acme.io") == ["Don't know", "", "skipped", ""])
        #expect(seen("ada.admin@acme.io") == ["Approve", "", "skipped", ""])
        let names = try FileManager.default.contentsOfDirectory(
            atPath: rollcall.folder.appendingPathComponent("one").path)
        #expect(
            Set(["xlsx", "html", "json", "csv", "SHA256SUMS", "undo.csv"].map { "remediation." + $0 })
                .isSubset(of: names))
        #expect(try rollcall.shell("cd one && sha256sum -c remediation.SHA256SUMS").contains("SHA256SUMS: OK"))
    }

    @Test func `role changes can be taken back with the list that is left`() throws {
        try rollcall.startSandbox()
        try rollcall.run("review", "--out", "one")
        try fill("one/review.xlsx", to: "filled.xlsx")
        try rollcall.run("apply", "filled.xlsx", "--evidence", "one", "--yes", "--rate", "none")
        #expect(try rollcall.run("set-role", "one/remediation.undo.csv", "--yes").status == 0)
        try rollcall.run("review", "--review-id", "two", "--out", "two")
        #expect(try rollcall.accounts("two/review.csv")["dalia.dupont.4@acme.io"]?["accountType"] == "ANALYST")
    }

    @Test(
        arguments: [
            ("sheet('Active users').cell(3, column('Active users', 'Email')).value = 'evil@acme.io'", "was edited"),
            ("sheet('Active users').cell(3, column('Active users', 'Uid')).value = 'abc'", "was edited"),
            ("sheet('Active users').cell(3, column('Active users', 'Name')).value = 'Eve'", "its name is"),
            ("sheet('Invites').cell(2, column('Invites', 'Account type')).value = 'ADMIN'", "was edited"),
            (
                "s = sheet('Active users'); s.append([cell.value for cell in s[5]]); "
                    + "s.cell(27, column('Active users', 'Decision')).value = 'Revoke'",
                "has different decisions: Revoke here, Approve in row 5"
            ),
            (
                "s = sheet('Active users'); s.cell(27, column('Active users', 'Email')).value = 'new@acme.io'; "
                    + "s.cell(27, column('Active users', 'Decision')).value = 'Revoke'",
                "was added"
            ),
            (
                "s = sheet('Active users'); c = column('Active users', 'Row key'); "
                    + "s.cell(3, c).value, s.cell(4, c).value = s.cell(4, c).value, s.cell(3, c).value", "was edited"
            ),
        ])
    func `a row that is not as it was reviewed is refused by name`(edit: String, sentence: String) throws {
        let sandbox = try SandboxProcess(rollcall)
        try rollcall.run("review", "--out", "one")
        try rollcall.fill(
            "one/review.xlsx", to: "filled.xlsx", "default=Approve", "chen.muller.6@acme.io=Revoke", "!" + edit)
        let run = try rollcall.run("apply", "filled.xlsx", "--evidence", "one", "--yes")
        #expect(run.status == 2)
        #expect(run.all.contains(sentence), "\(run.all)")
        #expect(try sandbox.requests("disableUser") == 0)
    }

    @Test func `a word that may mean two things stops all of the decisions`() throws {
        let sandbox = try SandboxProcess(rollcall)
        try rollcall.run("review", "--out", "one")
        try rollcall.fill(
            "one/review.xlsx", to: "filled.xlsx", "default=Approve", "chen.muller.6@acme.io=Cancel",
            "jose.patel.11@acme.io=Revoke")
        let run = try rollcall.run("apply", "filled.xlsx", "--evidence", "one", "--yes")
        #expect(run.status == 2)
        #expect(run.errors.contains("\"Cancel\" is not a clear decision about an active user"), "\(run.errors)")
        #expect(run.errors.contains("1 row without a clear decision; nothing was sent"), "\(run.errors)")
        #expect(try sandbox.requests("disableUser") == 0)
    }

    @Test func `moved columns, sorted rows, notes and sheets of their own do no harm`() throws {
        try rollcall.startSandbox()
        try rollcall.run("review", "--out", "one")
        let edit = """
            !s = sheet('Active users')
            s.move_range(f'B1:B{s.max_row}', cols=40)
            rows = [[c.value for c in row] for row in s.iter_rows(min_row=2)]
            for at, row in enumerate(reversed(rows)):
                for place, value in enumerate(row): s.cell(at + 2, place + 1).value = value
            s.insert_rows(1, 2); s['A1'] = 'Seen on Friday'
            book.create_sheet('My notes')['A1'] = 'Email'
            book.move_sheet('Invites', -5); book['Active users'].column_dimensions['A'].hidden = True
            """
        try rollcall.fill("one/review.xlsx", to: "filled.xlsx", "chen.muller.6@acme.io=revoked", edit)
        let run = try rollcall.run("apply", "filled.xlsx", "--evidence", "one", "--dry-run")
        #expect(run.all.contains("send              1  removal"), "\(run.all)")
        #expect(run.all.contains("not decided (29)"))
    }

    @Test func `several reviewers answer in several files, and have to agree`() throws {
        try rollcall.startSandbox()
        try rollcall.write(
            "email,reviewer\nada.admin@acme.io,Grace Hopper\nchen.muller.6@acme.io,Alan Turing\n"
                + "dalia.dupont.4@acme.io,Alan Turing\n", to: "who.csv")
        #expect(try rollcall.run("review", "--out", "one", "--split-by", "who.csv").status == 0)
        #expect(try rollcall.run("verify", "one").status == 0)
        try rollcall.fill("one/review-alan-turing.xlsx", to: "alan.xlsx", "chen.muller.6@acme.io=Revoke")
        try rollcall.fill("one/review-grace-hopper.xlsx", to: "grace.xlsx", "default=Approve::runs it")
        let both = try rollcall.run("apply", "alan.xlsx", "grace.xlsx", "--evidence", "one", "--dry-run")
        #expect(both.all.contains("Plan for 3 rows"), "\(both.all)")
        // The whole says otherwise about one of them.
        try rollcall.fill("one/review.xlsx", to: "whole.xlsx", "chen.muller.6@acme.io=Approve")
        let conflict = try rollcall.run("apply", "alan.xlsx", "whole.xlsx", "--evidence", "one", "--dry-run")
        #expect(conflict.status == 2)
        #expect(conflict.errors.contains("has different decisions: Approve here,"))
        // Some rows of a part may be handed in.
        try rollcall.fill("one/review-alan-turing.xlsx", to: "less.xlsx", "!sheet('Active users').delete_rows(3)")
        let less = try rollcall.run("apply", "less.xlsx", "--evidence", "one", "--dry-run")
        #expect(less.all.contains("Plan for 1 row"), "\(less.all)")
        // A row cannot be moved to another part.
        try rollcall.fill(
            "one/review-alan-turing.xlsx", to: "moved.xlsx",
            "!sheet('Active users').cell(2, column('Active users', 'Part')).value = 'Grace Hopper'")
        let moved = try rollcall.run("apply", "moved.xlsx", "--evidence", "one", "--dry-run")
        #expect(moved.status == 2)
        #expect(moved.errors.contains("its part is \"Alan Turing\" in the review"), "\(moved.errors)")
    }

    @Test func `what moved on since the review is skipped with that reason`() throws {
        try rollcall.startSandbox()
        try rollcall.run("review", "--out", "one")
        try fill("one/review.xlsx", to: "filled.xlsx")
        try rollcall.write("email,role\nchen.muller.6@acme.io\n", to: "gone.csv")
        try rollcall.write(
            "email,role\ndalia.dupont.4@acme.io,DEVELOPER\nkeiko.kowalska.17@acme.io,BUSINESS\n", to: "roles.csv")
        try rollcall.run("disable", "gone.csv", "--yes")
        try rollcall.run("set-role", "roles.csv", "--yes")
        try rollcall.run("apply", "filled.xlsx", "--evidence", "one", "--yes")
        let rows = try rollcall.accounts("one/remediation.csv")
        #expect(rows["chen.muller.6@acme.io"]?["reason"] == "the user is no longer active")
        #expect(
            rows["dalia.dupont.4@acme.io"]?["reason"]?.contains("is now DEVELOPER; decide Revoke") == true)
        #expect(
            rows["keiko.kowalska.17@acme.io"]?["reason"]
                == "Exception; was ANALYST in the review and is now BUSINESS")
    }

    @Test func `a review is carried out in its own workspace, and as it was written`() throws {
        var sandbox: SandboxProcess? = try SandboxProcess(rollcall)
        try rollcall.run("review", "--out", "one")
        try rollcall.fill("one/review.xlsx", to: "filled.xlsx", "default=Approve", "chen.muller.6@acme.io=Revoke")
        let arguments = ["apply", "filled.xlsx", "--evidence", "one", "--yes"]
        // Another answer, with its sums mended and not.
        try rollcall.shell("cp -r one kept; sed -i 's/chen.muller.6/eve/' one/answer.json")
        let changed = try rollcall.start(arguments).wait()
        #expect(changed.status == 2)
        #expect(changed.errors.contains("one/answer.json is missing, or was changed after it was written"))
        try rollcall.shell(
            "cd one; sum=$(sha256sum answer.json | cut -c1-64); sed -i \"s/^.*  answer.json/$sum  answer.json/\" SHA256SUMS"
        )
        let mended = try rollcall.start(arguments).wait()
        #expect(mended.status == 2)
        #expect(mended.errors.contains("is not the folder that was exported for review"), "\(mended.errors)")
        try rollcall.shell("rm -r one; mv kept one")
        let port = try #require(sandbox.flatMap { URL(string: $0.url)?.port })
        sandbox = nil
        let other = try SandboxProcess(rollcall)
        #expect(URL(string: other.url)?.port != port)
        let elsewhere = try rollcall.start(arguments).wait()
        #expect(elsewhere.status == 2)
        #expect(elsewhere.errors.contains("belongs to http://localhost:\(port), but these credentials are for"))
        #expect(try other.requests("disableUser") == 0)
    }

    @Test(arguments: ["apply - < one/review.csv", "apply <(cat one/review.csv)"])
    func `a review that can be read only once is refused`(command: String) throws {
        let sandbox = try SandboxProcess(rollcall)
        try rollcall.run("review", "--out", "one", "--format", "csv")
        let run = try rollcall.start(line: "$ROLLCALL \(command) --evidence one --yes").wait()
        #expect(run.status == 2)
        #expect(
            run.errors.contains("is not a regular file, and a review is read more than once; save it to a file first"),
            "\(run.errors)")
        #expect(try sandbox.requests("disableUser") == 0)
    }

    @Test func `a review that is not complete, or not well made, can be refused`() throws {
        try rollcall.startSandbox()
        try rollcall.run("review", "--out", "one", "--reviewer", "Ada Admin")
        try rollcall.fill(
            "one/review.xlsx", to: "filled.xlsx", "default=Approve", "jose.patel.11@acme.io=Don't know",
            "!sheet('Active users').cell(2, column('Active users', 'Reviewer')).value = 'Ada Admin'")
        let incomplete = try rollcall.run(
            "apply", "filled.xlsx", "--evidence", "one", "--yes", "--require-complete")
        #expect(incomplete.status == 2)
        #expect(incomplete.errors.contains("jose.patel.11@acme.io: Don't know"))
        let doubtful = try rollcall.run("apply", "filled.xlsx", "--evidence", "one", "--yes", "--strict")
        #expect(doubtful.status == 2)
        #expect(doubtful.errors.contains("ada.admin@acme.io reviewed their own access"), "\(doubtful.errors)")
        #expect(doubtful.errors.contains("is ADMIN and was approved without a justification"))
        try rollcall.fill("one/review.xlsx", to: "all.xlsx", "default=Approve::")
        let unanimous = try rollcall.run("apply", "all.xlsx", "--evidence", "one", "--yes")
        #expect(unanimous.status == 0)
        #expect(unanimous.errors.contains("all 25 accounts were approved, "), "\(unanimous.errors)")
    }

    @Test func `a run that was killed is resumed, and its remediation is whole`() throws {
        let sandbox = try SandboxProcess(rollcall, "--latency", "200ms")
        try rollcall.run("review", "--out", "one")
        try fill("one/review.xlsx", to: "filled.xlsx")
        let first = try rollcall.start(
            ["apply", "filled.xlsx", "--evidence", "one", "--yes", "--concurrency", "1", "--rate", "6/m"])
        while try sandbox.requests("updateUserAccountType") + sandbox.requests("inviteUser") == 0 { usleep(10_000) }
        first.signal(SIGKILL)
        try first.wait()
        let killed = try rollcall.run("verify", "one")
        #expect(killed.status == 0 && killed.output.contains("has not stored its results here"), "\(killed.all)")
        #expect(try rollcall.run("runs", "resume", "1", "--yes", "--rate", "none").status == 1)
        let verified = try rollcall.run("verify", "one")
        #expect(verified.status == 0, "\(verified.errors)")
        try expectRemediation()
    }

    @Test(arguments: [
        "remediation.csv", "remediation.record.json", "remediation.decisions-1.xlsx", "remediation.answer.json",
    ])
    func `an edit of a remediation is found`(name: String) throws {
        try rollcall.startSandbox()
        try rollcall.run("review", "--out", "one")
        try fill("one/review.xlsx", to: "filled.xlsx")
        try rollcall.run("apply", "filled.xlsx", "--evidence", "one", "--yes", "--rate", "none")
        #expect(try rollcall.run("verify", "one").status == 0)
        let edit =
            name.hasSuffix("xlsx")
            ? "printf x >> one/\(name)" : "sed -i 's/Revoke/Approve/; s/DEVELOPER/ADMIN/' one/\(name)"
        try rollcall.shell(edit)
        #expect(try rollcall.run("verify", "one").status == 1)
        // Its sum is mended as well; what the other files say is not.
        try rollcall.shell(
            "cd one; sum=$(sha256sum \(name) | cut -c1-64); sed -i \"s/^.*  \(name)$/$sum  \(name)/\" remediation.SHA256SUMS"
        )
        let mended = try rollcall.run("verify", "one")
        #expect(mended.status == 1, "\(mended.errors)")
    }
}
