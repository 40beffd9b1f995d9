import Foundation
import Testing

/// People complete copies; the evidence beside them stays as it was written.
@Suite(.waiting) struct FillingInTests {
    private let rollcall: Rollcall

    init() throws { rollcall = try Rollcall() }

    /// The evidence is as it was written, for `sha256sum` and for `verify`.
    private func expectSealed(_ folder: String) throws {
        #expect(try rollcall.shell("cd \(folder) && sha256sum -c --quiet SHA256SUMS && echo fine") == "fine\n")
        let verified = try rollcall.run("verify", folder)
        #expect(verified.status == 0, "\(verified.all)")
    }

    @Test func `a copy is completed and applied where it is, and the evidence does not change`() throws {
        try rollcall.startSandbox()
        let review = try rollcall.run("review", "--out", "one", "--split-by", "accountType")
        #expect(review.errors.contains("To be completed: one/to-fill-in/review.xlsx"), "\(review.errors)")
        #expect(review.errors.contains("apply one/to-fill-in/review.xlsx"), "\(review.errors)")
        #expect(review.errors.contains("6 workbooks with the parts, in one/to-fill-in"), "\(review.errors)")
        let copies = try rollcall.shell(
            "cd one && for f in to-fill-in/*; do cmp $f $(basename $f) && stat -c '%a %n' $f; done")
        #expect(
            copies.split(separator: "\n").map { $0.replacing("to-fill-in/review", with: "") } == [
                "600 -admin.xlsx", "600 -analyst.xlsx", "600 -business.xlsx", "600 -developer.xlsx",
                "600 -sandbox-user.xlsx", "600 -security-admin.xlsx", "600 .csv", "600 .xlsx",
            ])
        try expectSealed("one")
        let copy = "moved/to-fill-in/review.xlsx"
        // The ledger knows another path.
        try rollcall.shell("mv one moved")
        try rollcall.fill(copy, to: copy, "default=Approve", "chen.muller.6@acme.io=Revoke")
        try expectSealed("moved")
        let applied = try rollcall.run("apply", copy, "--yes", "--rate", "none")
        #expect(applied.status == 0, "\(applied.errors)")
        #expect(try rollcall.accounts("moved/remediation.csv")["chen.muller.6@acme.io"]?["outcome"] == "succeeded")
        try expectSealed("moved")
        #expect(try rollcall.shell("rm -r moved </dev/null && echo gone") == "gone\n")
    }

    /// The decisions stay with their accounts, on the sheet that shows them a second time as well.
    @Test func `a sheet may be sorted before it is applied`() throws {
        try rollcall.startSandbox()
        try rollcall.run("review", "--out", "one", "--format", "xlsx")
        let sort = """
            s = sheet('Active users'); rows = [[c.value for c in r] for r in s.iter_rows(min_row=2)][::-1]
            for number, row in enumerate(rows): [s.cell(number + 2, place + 1, value) for place, value in enumerate(row)]
            """
        try rollcall.fill(
            "one/to-fill-in/review.xlsx", to: "sorted.xlsx", "default=Approve", "chen.muller.6@acme.io=Revoke",
            "ada.admin@acme.io=Exception::until spring", "!" + sort)
        try rollcall.saveWithLibreOffice("sorted.xlsx", in: "saved")
        let shown = try rollcall.shell(
            "/usr/bin/python3 -c \"import openpyxl; s = openpyxl.load_workbook('saved/sorted.xlsx', data_only=True)['Privileged']; "
                + "print([c.value for c in s[2]][:3])\"")
        #expect(shown == "['ada.admin@acme.io', 'Ada Admin', 'Exception']\n")
        let applied = try rollcall.run("apply", "saved/sorted.xlsx", "--evidence", "one", "--yes", "--rate", "none")
        #expect(applied.status == 0, "\(applied.errors)")
        #expect(try rollcall.accounts("one/remediation.csv")["chen.muller.6@acme.io"]?["outcome"] == "succeeded")
        try expectSealed("one")
    }

    @Test func `a file that was completed in place of its copy is verified as before`() throws {
        try rollcall.startSandbox()
        try rollcall.run("review", "--out", "one", "--format", "csv,xlsx")
        try rollcall.fill("one/review.xlsx", to: "one/review.xlsx", "default=Approve", "chen.muller.6@acme.io=Revoke")
        #expect(try rollcall.run("verify", "one").status == 1)
        #expect(try rollcall.run("apply", "one/review.xlsx", "--yes", "--rate", "none").status == 0)
        let verified = try rollcall.run("verify", "one")
        #expect(verified.status == 0, "\(verified.all)")
        #expect(verified.all.contains("review.xlsx was completed in this folder; a remediation applied it"))
    }

    @Test func `what programs leave in a folder is neither evidence nor a failure, and everything else is`() throws {
        try rollcall.run("review", "--sandbox", "--out", "one", "--format", "csv")
        let litter = [
            ".DS_Store", "._review.csv", "Thumbs.db", "desktop.ini", "~$review.xlsx", ".~lock.review.csv#",
            ".Trash-1000/", "__MACOSX/",
        ]
        for name in litter {
            let make = name.hasSuffix("/") ? "mkdir" : "touch"
            try rollcall.shell("\(make) 'one/\(name)'; touch 'one/to-fill-in/my notes.txt'")
        }
        let verified = try rollcall.run("verify", "one")
        #expect(verified.status == 0, "\(verified.all)")
        let note = try #require(
            verified.all.split(separator: "\n").first { $0.contains("not evidence, and not checked") })
        for name in litter { #expect(note.contains(name.replacing("/", with: "")), "\(note)") }
        #expect(note.contains("to-fill-in"))
        for name in ["notes.txt", "DS_Store", "review.xlsx~", "Thumbs.db.exe", ".~lock.x", "to-fill-in-2"] {
            try rollcall.shell("touch 'one/\(name)'")
            let run = try rollcall.run("verify", "one")
            #expect(run.status == 1 && run.all.contains("\(name) is not in SHA256SUMS"), "\(run.all)")
            try rollcall.shell("rm 'one/\(name)'")
        }
        try rollcall.shell("rm one/.DS_Store; mkfifo one/.DS_Store")
        #expect(try rollcall.run("verify", "one").all.contains(".DS_Store is not a regular file"))
        try rollcall.shell("rm one/.DS_Store; rm -r one/to-fill-in; touch one/to-fill-in")
        #expect(try rollcall.run("verify", "one").all.contains("to-fill-in is not in SHA256SUMS"))
    }

    @Test func `litter among the reviews of a company is no failure either`() throws {
        try rollcall.run("review", "--sandbox", "--all-workspaces", "--out", "q4", "--format", "csv")
        try rollcall.shell("touch q4/.DS_Store q4/*/.DS_Store q4/*/to-fill-in/.DS_Store")
        let verified = try rollcall.run("verify", "q4")
        #expect(verified.status == 0, "\(verified.all)")
        #expect(verified.all.split(separator: "\n").count { $0.contains("not evidence, and not checked: ") } > 2)
    }

    @Test func `attachments are named until the closing seals them, and checked from then on`() throws {
        try rollcall.run("review", "--sandbox", "--out", "one", "--format", "csv", "--approver", "Ada")
        try rollcall.shell(
            "cd one; mkdir -p attachments/mail; echo a >attachments/a.png; echo b >attachments/mail/b.eml")
        try rollcall.shell("touch one/attachments/.DS_Store")
        let open = try rollcall.run("verify", "one")
        #expect(open.status == 0 && open.all.contains("attachments: 2 files are not sealed yet"), "\(open.all)")
        let close = ["review", "close", "one", "--sandbox", "--force", "practice"]
        let folders = try rollcall.start(close).wait()
        #expect(folders.status == 2 && folders.errors.contains("attachments/mail is not a regular file"))
        try rollcall.shell("rm -r one/attachments/mail")
        #expect(try rollcall.start(close).wait().status == 0)
        try expectSealed("one")
        #expect(try rollcall.read("one/closing.SHA256SUMS").contains("  attachments/a.png\n"))
        try rollcall.shell("echo b >one/attachments/b.png")
        let more = try rollcall.run("verify", "one")
        #expect(
            more.status == 1 && more.all.contains("attachments: 1 file is not in closing.SHA256SUMS"), "\(more.all)")
        try rollcall.shell("rm one/attachments/b.png")
        for edit in ["echo c >>attachments/a.png", "rm attachments/a.png"] {
            try rollcall.shell("cp -r one two; cd two; \(edit)")
            let run = try rollcall.run("verify", "two")
            #expect(run.all.contains("closing.SHA256SUMS: missing or changed: attachments/a.png"), "\(run.all)")
            try rollcall.shell("rm -r two")
        }
        for name in ["attachments/mail/b.eml", "attachments/../../x", "attachments/..", "other/a.png", "/etc/hosts"] {
            try rollcall.shell("cd one; echo \"$(sha256sum </dev/null | cut -c1-64)  \(name)\" >closing.SHA256SUMS")
            let run = try rollcall.run("verify", "one")
            #expect(run.status == 1 && run.all.contains("closing.SHA256SUMS is not in SHA256SUMS"), "\(run.all)")
        }
    }
}
