import Foundation
import Testing

/// Archives without some fields of the company's own list.
@Suite(.waiting) struct RedactionTests {
    private let closed: ClosedReview
    private var rollcall: Rollcall { closed.rollcall }

    private static let list =
        "Name,Email,Manager,Department,Employment type,Status,End date\n"
        + "Ada Admin,ada@acme.io,,Boardroom,Employee,Active,\n"
        + "Bob Left,bob@acme.io,ada@acme.io,Observatory,Employee,Terminated,2026-01-31\n"
        + "Cleo Roe,cleo@acme.io,bob@acme.io,Observatory,Freelancer,Active,\n"
        + "Eve None,eve@acme.io,zoltan@acme.io,Observatory,Employee,Active,\n"

    init() throws {
        closed = try ClosedReview()
        rollcall.environment["ROLLCALL_TODAY"] = "2026-11-28"
        try rollcall.write(Self.list, to: "hr.csv")
    }

    private func close() throws {
        rollcall.environment["ROLLCALL_PEOPLE"] = rollcall.folder.appendingPathComponent("hr.csv").path
        try closed.close()
    }

    /// Packs without fields, and unpacks into `copy`; the evidence is in `copy/evidence`.
    private func pack(_ fields: String) throws {
        let packed = try rollcall.run("review", "pack", "rev", "--out", "q4.zip", "--overwrite", "--redact", fields)
        try #require(packed.status == 0, "\(packed.all)")
        try rollcall.shell("rm -rf copy && unzip -q q4.zip && mv review-2026-q4 copy")
    }

    /// The files of the copy in which a text occurs, also in the parts of workbooks.
    private func files(with text: String) throws -> String {
        try rollcall.shell(
            """
            rm -rf parts && cp -r copy parts && cd parts && find . -name '*.xlsx' | while read f; do
              mkdir "$f.d" && unzip -q "$f" -d "$f.d" && rm "$f"; done
            grep -rli '\(text)' . || true
            """)
    }

    @Test func `a redacted archive lacks the fields, keeps the evidence hash, and is verified without them`() throws {
        try close()
        let whole = try rollcall.run("review", "pack", "rev", "--out", "whole.zip")
        let hash = try #require(whole.all.firstMatch(of: #/Evidence hash: ([0-9a-f]{64})/#)?.1)
        try pack("manager,department")
        #expect(try files(with: "Observatory") == "")
        #expect(try files(with: "zoltan@acme.io") == "")
        #expect(try files(with: "Freelancer").contains("people.csv"))
        let rows = try rollcall.read("copy/evidence/people.csv").split(separator: "\r\n")
        #expect(rows[2].contains("bob@acme.io,,Bob Left,[redacted],[redacted],Terminated,left"), "\(rows[2])")
        let review = try rollcall.read("copy/evidence/review.csv")
        // That the manager has left is a finding, and no name.
        #expect(review.contains("manager has left") && review.contains("[redacted]"))
        let run = try rollcall.run("verify", "q4.zip", "--expect", String(hash), "--no-ledger", "--require-closed")
        #expect(run.status == 0, "\(run.all)")
        let words = run.all.replacing(#/\s+/#, with: " ")
        for text in [
            "redacted copy without department and manager", "people.salts.json is left out",
            "review.csv was written once more without",
            "the completed reviews are left out", "and 2 files are left out", ", 1 file is left out",
            "as a copy without department and manager",
            "completed files, which this redacted copy leaves out", "byte for byte",
        ] {
            #expect(words.contains(text), "\(text): \(run.all)")
        }
        #expect(try rollcall.run("verify", "rev", "--no-ledger").status == 0)
    }

    /// Whoever forges a copy can write any hashes into `redaction.json`, which nothing seals.
    @Test func `what was forged in a redacted copy is found from the sealed files`() throws {
        try close()
        try pack("manager")
        try rollcall.write(Self.forger, to: "forge.py")
        let cases: [(change: String, says: String)] = [
            ("text('review.csv', 'LEFT (critical)', '')", "review.csv differs from what follows"),
            ("text('review.html', 'left on 2026-01-31', 'ends on 2036-01-31')", "review.html differs"),
            ("text('people.csv', 'Terminated,left', 'Active,active')", "Status and Meaning was changed"),
            ("text('people.csv', 'Observatory', 'Sales')", "Department was changed"),
            ("text('people.csv', '[redacted]', 'ada@acme.io')", "people.csv differs"),
            ("withhold('remediation.csv')", "remediation.csv is left out, which a redacted copy never leaves out"),
            ("withhold('answer.json')", "answer.json"),
            ("withhold('closing.json')", "closing.json is left out, which"),
            (
                "text('closing.csv', 'Revoke', 'Approve')",
                "closing.csv is named as rewritten, which a redacted copy never rewrites"
            ),
            ("record['fields'].append('department')", "does not follow from the sealed files"),
            ("record['fields'].append('manager')", "names no field, or one twice"),
            ("record['fields'] = []", "names no field, or one twice"),
            // What the reports follow from counts only with its sealed hash.
            ("text('history.json', 'Alan Turing', 'Ann Turing')", "history.json was changed after it was written"),
            ("text('evidence.json', 'Alan Turing', 'Ann Turing')", "evidence.json was changed after it was written"),
            (
                "record['withheld'].append({'name': 'remediation.decisions-9.xlsx', 'sha256': '0' * 64})",
                "as left out, which no"
            ),
            ("record['withheld'] *= 2", "as left out, which no"),
            ("record['salts']['status'] = 'x'", "Status was changed"),
            ("record['schemaVersion'] = 9", "newer version"), ("record.pop('fields')", "redaction.json cannot be read"),
            ("record['fields'] = ['status']", "redaction.json cannot be read"),
            ("record['rewritten'] = []", "was changed after it was written"),
        ]
        for (change, says) in cases {
            try rollcall.shell("rm -rf forged && cp -r copy/evidence forged")
            let made = try rollcall.shell("/usr/bin/python3 forge.py \"\(change)\" 2>&1")
            try #require(made == "", "\(change): \(made)")
            let run = try rollcall.run("verify", "forged", "--no-ledger")
            #expect(run.status == 1, "\(change): \(run.all.suffix(800))")
            #expect(run.all.replacing(#/\s+/#, with: " ").contains(says), "\(change): \(run.all.suffix(1500))")
        }
    }

    private static let forger = """
        import hashlib, json, os, sys
        record = json.load(open('forged/redaction.json'))
        sha = lambda path: hashlib.sha256(open(path, 'rb').read()).hexdigest()
        def sealed(name):
            for sums in os.listdir('forged'):
                if sums.endswith('SHA256SUMS'):
                    for line in open('forged/' + sums):
                        if line.split()[1] == name: return line.split()[0]
        def text(name, old, new):
            path = 'forged/' + name
            before = open(path, newline='').read()
            assert old in before, name
            open(path, 'w', newline='').write(before.replace(old, new))
            record['rewritten'] = [r for r in record['rewritten'] if r['name'] != name] + [
                {'name': name, 'originalSHA256': sealed(name), 'sha256': sha(path)}]
        def withhold(name):
            record['withheld'].append({'name': name, 'sha256': sealed(name)})
            os.remove('forged/' + name)
        exec(sys.argv[1])
        json.dump(record, open('forged/redaction.json', 'w'))
        """

    @Test func `what cannot be redacted is refused, and says why`() throws {
        try close()
        let pack = { (options: [String]) in
            try rollcall.start(["review", "pack", "rev", "--out", "no.zip", "--redact"] + options).wait()
        }
        let unknown = try pack(["status"])
        #expect(unknown.status == 64 && unknown.all.contains("manager, department, employmentType"), "\(unknown.all)")
        #expect(try pack([","]).status == 64)
        try self.pack("department")
        try rollcall.shell("mv rev original && cp -r copy/evidence rev")
        let again = try pack(["manager"])
        #expect(again.status == 2 && again.all.contains("is a redacted copy already"), "\(again.all)")
        try Resealing(rollcall: rollcall, folder: "original").editRecord("history.json") { record in
            var people = record["people"] as? [String: Any]
            people?["proof"] = nil
            record["people"] = people
        }
        try rollcall.shell("rm -r rev && mv original rev")
        let earlier = try pack(["manager"])
        #expect(earlier.status == 2 && earlier.all.contains("did not prepare it for a redacted copy"), "\(earlier.all)")
        #expect(!FileManager.default.fileExists(atPath: rollcall.folder.appendingPathComponent("no.zip").path))
    }

    @Test func `a review without a list of people has nothing to redact`() throws {
        try closed.close()
        let run = try rollcall.run("review", "pack", "rev", "--redact", "manager")
        #expect(run.status == 2 && run.all.contains("it has nothing to leave out"), "\(run.all)")
    }
}
