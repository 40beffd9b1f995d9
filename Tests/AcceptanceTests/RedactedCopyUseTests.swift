import Foundation
import Testing

/// A redacted copy wherever a folder is compared with another one, or something would be added to it.
@Suite(.waiting) struct RedactedCopyUseTests {
    private let closed: ClosedReview
    private var rollcall: Rollcall { closed.rollcall }

    /// `rev` is closed, `q4.zip` is its redacted archive, `copy` is the folder in that, and `next` the next review.
    init() throws {
        closed = try ClosedReview()
        try closed.compareWithPeople()
        try closed.close()
        let packed = try closed.rollcall.run("review", "pack", "rev", "--out", "q4.zip", "--redact", "manager")
        try #require(packed.status == 0, "\(packed.all)")
        try closed.rollcall.shell("unzip -q q4.zip && mv review-2026-q4/evidence copy && rm -r review-2026-q4")
    }

    private func next(_ name: String = "next") throws -> Finished {
        let run = try rollcall.run("review", "--out", name, "--review-id", name, "--approver", "Alan Turing")
        try #require(run.status == 0, "\(run.all)")
        return run
    }

    private func verified(_ folder: String, _ options: String...) throws -> (status: Int32, words: String) {
        let run = try rollcall.start(["verify", folder, "--no-ledger"] + options).wait()
        return (run.status, run.all.replacing(#/\s+/#, with: " "))
    }

    private static let unchanged = "is unchanged since this review was written: "
    private static let redacted = "is a redacted copy without manager: "

    @Test func `a redacted previous review is compared as far as it goes`() throws {
        _ = try next()
        for place in ["copy", "q4.zip"] {
            let (status, words) = try verified("next", "--previous", place)
            #expect(status == 0 && words.contains(Self.redacted) && !words.contains(Self.unchanged), "\(words)")
            for name in ["people.csv", "people.salts.json", "review.csv", "remediation.decisions-1.xlsx"] {
                #expect(
                    words.firstMatch(of: #/not at all: ([^;]*); name/#)?.1.contains(name) == true, "\(name): \(words)")
            }
        }
        let whole = try verified("next", "--previous", "rev")
        #expect(whole.status == 0 && whole.words.contains(Self.unchanged), "\(whole.words)")
        // Beside the review, the original counts.
        try rollcall.shell("mkdir both && cp -r copy both/a && cp -r rev both/b && cp -r next both/next")
        let both = try verified("both/next")
        #expect(both.status == 0 && both.words.contains(Self.unchanged), "\(both.words)")
    }

    @Test func `files of the previous review that were changed are named, also in a redacted copy`() throws {
        _ = try next()
        for (change, name) in [
            ("echo >> X/remediation.csv", "remediation.csv"), ("rm X/answer.json", "answer.json"),
            ("echo >> 'X/attachments/mail of ada.txt'", "attachments/mail of ada.txt"),
            ("echo > X/closing.html", "closing.html"),
        ] {
            for folder in ["rev", "copy"] {
                try rollcall.shell(
                    "rm -rf changed && cp -r \(folder) changed && \(change.replacing("X", with: "changed"))")
                let (status, words) = try verified("next", "--previous", "changed")
                #expect(
                    status == 1 && words.contains("these were changed or removed since it was written: \(name)"),
                    "\(change): \(words)")
            }
        }
        try rollcall.shell("rm -rf changed && cp -r copy changed && echo '{' > changed/redaction.json")
        let (status, words) = try verified("next", "--previous", "changed")
        #expect(status == 1 && words.contains("redaction.json cannot be read"), "\(words)")
        // A completed workbook that lies in the folder is no change.
        try rollcall.shell("rm -rf changed && cp -r rev changed && cp filled.xlsx changed/review.xlsx")
        #expect(try verified("next", "--previous", "changed").words.contains(Self.unchanged))
    }

    @Test func `a redacted copy at the place of the previous review has all decisions`() throws {
        try rollcall.shell("mv rev original && cp -r copy rev")
        let run = try next("later")
        #expect(!run.errors.contains("gone or was changed"), "\(run.errors)")
        let previous = try rollcall.shell(
            "jq -r .previous.lastLink.file later/evidence.json; grep -c ',Approve' later/review.csv")
        #expect(previous == "closing.SHA256SUMS\n4\n")
        let (status, words) = try verified("later", "--previous", "original")
        #expect(status == 0 && words.contains("the same evidence up to closing.SHA256SUMS"), "\(words)")
    }

    @Test func `nothing is added to a redacted copy, and it is packed as what it is`() throws {
        try rollcall.shell("ssh-keygen -q -t ed25519 -N '' -f key && rm -rf rev")
        let before = try rollcall.shell("cd copy && find . -type f | sort | xargs -d '\\n' sha256sum")
        for arguments in [
            ["review", "add", "copy"], ["review", "close", "copy"], ["review", "seal", "copy", "--sign", "key"],
            ["apply", "filled.xlsx", "--evidence", "copy", "--yes"],
        ] {
            let run = try rollcall.start(arguments).wait()
            #expect(
                run.status == 2 && run.errors.contains("copy is a redacted copy of a review"),
                "\(arguments): \(run.all)")
            #expect(run.errors.contains("use the original; nothing was "), "\(arguments): \(run.all)")
        }
        let status = try rollcall.run("review", "status", "copy")
        #expect(status.status == 0 && status.errors.contains("is a redacted copy without manager"), "\(status.all)")
        let packed = try rollcall.run("review", "pack", "copy", "--out", "again.zip")
        #expect(
            packed.status == 0 && packed.errors.contains("a redacted copy without manager, and so is"), "\(packed.all)")
        #expect(try rollcall.shell("cmp q4.zip again.zip 2>&1") == "")
        #expect(try rollcall.shell("cd copy && find . -type f | sort | xargs -d '\\n' sha256sum") == before)
    }

    /// Each line of an index is true of the archive that contains it.
    @Test func `the index of a redacted archive names what it lacks`() throws {
        let packed = try rollcall.run("review", "pack", "rev", "--out", "whole.zip")
        try #require(packed.status == 0)
        let index = { (archive: String) in try rollcall.shell("unzip -p \(archive) '*/index.csv' '*/index.html'") }
        let (whole, redacted) = (try index("whole.zip"), try index("q4.zip"))
        let lacks = "which this redacted copy leaves out"
        #expect(redacted.contains(lacks) && !whole.contains(lacks))
        #expect(redacted.contains("written once more without manager") && !whole.contains("written once more"))
        #expect(redacted.contains("Every file of this redacted copy. Left out of it") && !whole.contains("redacted"))
        for name in ["people.salts.json", "remediation.decisions-1.xlsx"] {
            #expect(redacted.contains("evidence/" + name), "\(name)")
        }
        // Every file that a line names is in the archive.
        for archive in ["whole.zip", "q4.zip"] {
            let wrong = try rollcall.shell(
                """
                /usr/bin/python3 - <<'E'
                import csv, io, re, zipfile
                archive = zipfile.ZipFile("\(archive)")
                names = archive.namelist()
                root = names[0].split("/")[0] + "/"
                text = archive.read(root + "index.csv").decode("utf-8-sig")
                for row in csv.reader(io.StringIO(text)):
                    for cell in row:
                        if cell.startswith("evidence/") and root + cell not in names: print(cell)
                page = archive.read(root + "index.html").decode()
                for name in re.findall("evidence/[^<]*", page.split("Left out of it")[0]):
                    if root + name not in names: print(name)
                E
                """)
            #expect(wrong == "", "\(archive): \(wrong)")
        }
    }
}
