import Foundation
import Testing

/// A folder of evidence that somebody made who knows how: verify does not wait for it, leave it, or believe it.
@Suite struct HostileFolderTests {
    private let rollcall: Rollcall

    init() throws { rollcall = try Rollcall() }

    /// Makes a review, and does something to it.
    private func review(_ formats: String = "csv,html", _ arguments: String...) throws {
        let run = try rollcall.start(["review", "--sandbox", "--out", "q4", "--format", formats] + arguments).wait()
        try #require(run.status == 0, "\(run.errors)")
    }

    /// Edits a record in Python, where it is `r`, and mends its sum.
    private func edit(_ record: String, in folder: String = "q4", sums: String = "SHA256SUMS", _ lines: String) throws {
        try rollcall.write(
            """
            import hashlib, json, os
            os.chdir("\(folder)")
            def digest(name): return hashlib.sha256(open(name, "rb").read()).hexdigest()
            r = json.load(open("\(record)"))
            \(lines)
            json.dump(r, open("\(record)", "w"))
            entries = [line.rstrip("\\n").split("  ", 1) for line in open("\(sums)")]
            names = [name for _, name in entries if os.path.exists(name)]
            open("\(sums)", "w").writelines(f"{digest(name)}  {name}\\n" for name in names)
            """, to: "edit.py")
        #expect(try rollcall.shell("python3 edit.py && echo done") == "done\n")
    }

    /// Runs the program under a watch; a program that waits for ever is killed.
    private func watched(_ line: String) throws -> Finished {
        try rollcall.start(line: "timeout -s KILL 30 \"$ROLLCALL\" \(line)").wait()
    }

    @Test(arguments: ["mkfifo", "ln -s /dev/zero"], ["review.csv", "SHA256SUMS", "evidence.json", "answer.json"])
    func `a pipe or a device is not waited for`(make: String, name: String) throws {
        try review()
        try rollcall.shell("cp q4/review.csv filled.csv; rm q4/\(name); \(make) q4/\(name)")
        let run = try watched("verify q4")
        #expect(run.status == 1, "\(run.errors)")
        #expect(run.all.contains("\(name) is not a regular file"), "\(run.all)")
        if name != "review.csv" {
            #expect(try watched("apply filled.csv --evidence q4 --sandbox --dry-run").status == 2)
        }
    }

    /// `JSONDecoder` takes the first of two members with the same name, most other programs take the last.
    @Test(arguments: ["evidence.json", "review.json"])
    func `a record in which a name occurs twice is refused`(name: String) throws {
        try review("csv,html,json")
        try edit(
            name,
            """
            name = next(iter(r))
            true = json.dumps({name: r[name]})
            r[name] = None
            json.dump = lambda record, file: file.write(true[:-1] + ", " + json.dumps(record)[1:])
            """)
        let run = try rollcall.run("verify", "q4")
        #expect(run.status == 1, "\(run.errors)")
        // The other file is written once more, and has another hash than the record says.
        let problem =
            name == "evidence.json"
            ? "evidence.json cannot be read: it is JSON in which" : "differ from SHA256SUMS: \(name)"
        #expect(run.all.contains(problem), "\(run.all)")
    }

    @Test func `a report outside the folder is none of it`() throws {
        try review()
        try rollcall.shell("mkdir other; cp q4/review.csv other; sed -i s/ANALYST/ADMIN/ q4/review.csv")
        try edit(
            "evidence.json",
            "f = next(f for f in r['files'] if f['name'] == 'review.csv'); f['name'] = '../other/review.csv'")
        let run = try rollcall.run("verify", "q4")
        #expect(run.status == 1, "\(run.errors)")
        #expect(run.all.contains("the files or hashes in evidence.json differ from SHA256SUMS"), "\(run.all)")
        #expect(!run.all.contains("../other/review.csv contains"))
    }

    @Test func `a report that the record leaves out is not passed over`() throws {
        try review()
        try rollcall.shell("sed -i s/ANALYST/ADMIN/ q4/review.csv")
        try edit("evidence.json", "r['files'] = [f for f in r['files'] if f['name'] != 'review.csv']")
        #expect(try rollcall.run("verify", "q4").status == 1)
    }

    @Test func `counts beyond all numbers are wrong counts`() throws {
        try review("csv,vanta")
        try edit(
            "evidence.json",
            "next(f for f in r['files'] if f['name'] == 'vanta.csv')['rows'] = {'users': 2**63 - 1, 'more': 1}")
        let run = try rollcall.run("verify", "q4")
        #expect(run.signal == nil && run.status == 1)
        #expect(run.all.contains("the number of accounts in vanta.csv differs"), "\(run.all)")
    }

    /// A review whose decisions were carried out.
    private func applied() throws -> SandboxProcess {
        let sandbox = try SandboxProcess(rollcall)
        try rollcall.run("review", "--out", "q4", "--format", "csv,html")
        try rollcall.fillCSV("q4/review.csv", to: "filled.csv", "chen.muller.6@acme.io", "Revoke")
        let run = try rollcall.run("apply", "filled.csv", "--evidence", "q4", "--yes")
        try #require(run.status == 0, "\(run.errors)")
        try #require(try rollcall.run("verify", "q4").status == 0)
        return sandbox
    }

    @Test(
        arguments: [
            (
                "open('review.html', 'a').write(' '); r['decisions'].append({'name': 'review.html', 'source': 'x', "
                    + "'sha256': digest('review.html')})", "review.html was changed after it was written"
            ),
            (
                "open('../after.json', 'w').write(open('remediation.answer.json').read()); "
                    + "r['after']['file'] = '../after.json'", "remediation: the files or hashes in its record differ"
            ),
            (
                "open('../d.csv', 'w').write(open('remediation.decisions-1.csv').read()); "
                    + "r['decisions'][0]['name'] = '../d.csv'", "remediation: the files or hashes in its record differ"
            ),
        ])
    func `a remediation excuses no edit and leads nowhere else`(lines: String, sentence: String) throws {
        let sandbox = try applied()
        try edit("remediation.record.json", sums: "remediation.SHA256SUMS", lines)
        let run = try rollcall.run("verify", "q4")
        #expect(run.status == 1)
        #expect(run.all.contains(sentence), "\(run.all)")
        withExtendedLifetime(sandbox) {}
    }

    @Test func `a workspace outside the folder was not reviewed in it`() throws {
        let made = try rollcall.run(
            "review", "--sandbox", "--all-workspaces", "--out", "q4", "--review-id", "q4", "--format", "json")
        try #require(made.status == 0)
        let whole = try rollcall.run("verify", "q4")
        #expect(whole.status == 0)
        #expect(whole.all.contains("the summary: 1 report has the content"), "\(whole.all)")
        try rollcall.shell("mv q4/acme-finance outside")
        try edit("company.json", "r['workspaces'][1]['folder'] = '../outside'")
        let run = try rollcall.run("verify", "q4")
        #expect(run.status == 1)
        #expect(run.all.contains("Acme Finance: its evidence folder is not inside this folder"), "\(run.all)")
    }

    @Test func `a record of a newer version is not carried out by this one`() throws {
        try review()
        try rollcall.shell("cp q4/review.csv filled.csv")
        try edit("evidence.json", "r['schemaVersion'] = 99")
        let run = try rollcall.run(
            "apply", "filled.csv", "--evidence", "q4", "--sandbox", "--dry-run", "--ledger", "other.db")
        #expect(run.status == 2)
        #expect(run.errors.contains("newer version"), "\(run.errors)")
    }

    @Test func `a saved plan is not filed in another review's folder`() throws {
        let sandbox = try SandboxProcess(rollcall)
        try rollcall.run("review", "--out", "one", "--review-id", "one", "--format", "csv")
        try rollcall.fillCSV("one/review.csv", to: "filled.csv", "chen.muller.6@acme.io", "Revoke")
        let saved = try rollcall.run("apply", "filled.csv", "--evidence", "one", "--save-plan", "plan.json")
        try #require(saved.status == 0, "\(saved.errors)")
        try rollcall.shell("mv one kept")
        try rollcall.run("review", "--out", "one", "--review-id", "other", "--format", "csv")
        let run = try rollcall.run("apply", "plan.json", "--yes")
        #expect(run.status == 2)
        #expect(run.errors.contains("one is not the folder of review one"), "\(run.errors)")
        #expect(try sandbox.changes() == 0)
        #expect(try rollcall.shell("ls one | grep remediation") == "")
    }

    @Test func `results that are written again leave the remediation whole`() throws {
        let sandbox = try applied()
        #expect(try rollcall.run("runs", "resume", "1", "--yes").status == 0)
        let run = try rollcall.run("verify", "q4")
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.all.contains("shows the 1 change marked as confirmed"), "\(run.all)")
        withExtendedLifetime(sandbox) {}
    }
}
