import Foundation
import Reports
import Testing

@testable import rollcall

/// Where requested output goes, and in which format.
@Suite(.waiting) struct ReportOutputTests {
    private let rollcall: Rollcall

    init() throws { rollcall = try Rollcall() }

    @Test(arguments: ["users", "expired", "runs", "verify practice-reviews/r"])
    func `a report is printed or written in every format, and replaces nothing`(command: String) throws {
        try rollcall.write("email,role\na@acme.io,DEVELOPER\n", to: "people.csv")
        try rollcall.run("invite", "people.csv", "--sandbox", "--yes")
        try rollcall.run("review", "--sandbox", "--out", "practice-reviews/r")
        let words = command.split(separator: " ").map(String.init) + (command.hasPrefix("verify") ? [] : ["--sandbox"])
        let start = { (options: [String]) in try rollcall.start(words + options).wait() }
        let markdown = try start(["--format", "md", "--quiet"])
        #expect(markdown.status == 0 && markdown.output.contains("| --- |") || markdown.output.contains("| :-"))
        #expect(markdown.errors.isEmpty, "\(markdown.errors)")
        #expect(try start(["--format", "csv"]).output.contains("\r\n"))
        #expect(try JSONSerialization.jsonObject(with: Data(start(["--format", "json"]).output.utf8)) is [String: Any])
        #expect(try start(["--out", "a.csv", "--out", "b.xlsx", "--out", "c", "--format", "md"]).status == 0)
        #expect(try rollcall.read("c").hasPrefix("# "))
        let again = try start(["--out", "a.csv"])
        #expect(again.status == 2 && again.errors.contains("already exists"), "\(again.errors)")
        #expect(try start(["--out", "a.csv", "--overwrite"]).status == 0)
    }

    @Test(arguments: [
        (["--out", "json"], "--out takes a file. Did you mean '--output json'?"),
        (["--out", "md"], "--out takes a file. Did you mean '--format md'?"),
        (["--output", "users.csv"], "Did you mean '--out users.csv'?"),
        (["--out", "a.csv", "--format", "md"], "--out a.csv ends in .csv, and --format is md."),
        (["--format", "xlsx"], "--format xlsx needs --out FILE."),
        (["--open"], "--open needs --out FILE."),
    ])
    func `options that are confused get the right one`(options: [String], sentence: String) throws {
        let run = try rollcall.start(["users", "--sandbox"] + options).wait()
        #expect(run.status == 64)
        #expect(run.errors.contains(sentence), "\(run.errors)")
    }

    @Test(arguments: [
        ("review --sandbox --out r", "r/review.html"),
        ("review --sandbox --out r --format xlsx", "r/to-fill-in/review.xlsx"),
        ("review --sandbox --out r --all-workspaces", "r/access.html"),
        ("users --sandbox --out a.csv --out b.xlsx", "b.xlsx"),
    ])
    func `--open opens the file for a person`(arguments: String, file: String) throws {
        // In place of the desktop's own program, whatever it is called.
        for name in ["open", "xdg-open"] { try rollcall.write("#!/bin/sh\necho \"$1\" > opened\n", to: name) }
        try rollcall.shell("chmod +x open xdg-open")
        rollcall.environment["PATH"] = rollcall.folder.path + ":" + (rollcall.environment["PATH"] ?? "")
        let words = arguments.split(separator: " ").map(String.init) + ["--open"]
        let run = try rollcall.start(words).wait()
        #expect(run.status == 0, "\(run.errors)")
        #expect(try rollcall.read("opened").hasSuffix("/\(file)\n"))
    }

    /// A pager that reads keys from the terminal, as less does: it is stopped unless it is in the terminal's group.
    @Test func `long output goes through the pager, which may read the terminal`() throws {
        try rollcall.write("#!/bin/sh\nstty -F /dev/tty sane && head -n 2 && echo PAGED\n", to: "pager")
        try rollcall.shell("chmod +x pager")
        rollcall.environment["PAGER"] = rollcall.folder.path + "/pager"
        let drawn = try rollcall.onTerminal("users --sandbox")
        #expect(drawn.contains("PAGED") && drawn.contains("ada.admin@acme.io"), "\(drawn)")
        rollcall.environment["PAGER"] = "no-such-pager"
        #expect(try rollcall.onTerminal("users --sandbox").contains("lars.obrien"))
    }

    @Test func `the document of a run that is written to two files names both, once`() throws {
        try rollcall.write("email,role\na@acme.io,DEVELOPER\n", to: "people.csv")
        try rollcall.run("invite", "people.csv", "--sandbox", "--yes")
        let run = try rollcall.run(
            "runs", "show", "last", "--sandbox", "--out", "a.csv", "--out", "b.json", "--output", "json")
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.components(separatedBy: "\"files\":").count == 2, "\(run.output)")
        #expect(run.output.contains("a.csv") && run.output.contains("b.json"))
    }

    @Test func `wrong usage is a document where one is asked for`() throws {
        let run = try rollcall.run("users", "--bogus", "--output", "json")
        #expect(run.status == 64)
        let document = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
        #expect((document?["error"] as? [String: Any])?["code"] as? String == "usage")
        #expect(document?["status"] as? Int == 64)
    }

    @Test func `requested output is on standard output, also when quiet`() throws {
        try rollcall.write("email,role\na@acme.io,DEVELOPER\n", to: "people.csv")
        let plan = try rollcall.run("invite", "people.csv", "--sandbox", "--dry-run", "--quiet")
        #expect(plan.output.contains("Plan for 1 row") && plan.errors.isEmpty, "\(plan.errors)")
        try rollcall.run("review", "--sandbox", "--out", "r")
        let verify = try rollcall.run("verify", "r", "--quiet")
        #expect(verify.output.contains("ok       ") && verify.errors.isEmpty, "\(verify.errors)")
        #expect(try rollcall.run("doctor", "--sandbox", "--quiet").output.contains("ready"))
    }

    @Test func `standard output that is closed is an error`() throws {
        let run = try rollcall.start(line: "$ROLLCALL users --sandbox >&-").wait()
        #expect(run.status == 2)
        #expect(run.errors.contains("standard output could not be written"), "\(run.errors)")
    }

    @Test(arguments: ["email,role\n", "\u{feff}email;role\r\n", "email,role\n\n\n"])
    func `a list with only a header is no success`(list: String) throws {
        try rollcall.write(list, to: "people.csv")
        let run = try rollcall.run("invite", "people.csv", "--sandbox", "--yes")
        #expect(run.status == 2)
        #expect(run.errors.contains("people.csv has no rows below its header; nothing was sent"), "\(run.errors)")
        #expect(try !rollcall.run("runs", "--sandbox").output.contains("invite"))
    }

    @Test func `a problem in every row is a few lines`() throws {
        let rows = (0..<500).map { "p\($0)@,DEVELOPER\n" }.joined()
        try rollcall.write("email,role\n" + rows, to: "people.csv")
        let run = try rollcall.run("invite", "people.csv", "--sandbox", "--dry-run")
        #expect(run.errors.split(separator: "\n").count < 15, "\(run.errors.count)")
        #expect(run.errors.contains("people.csv: 490 more rows: not an email address"))
    }

    @Test func `a port that is in use is a clear message`() throws {
        let sandbox = try SandboxProcess(rollcall)
        let port = try #require(URL(string: sandbox.url)?.port)
        let run = try rollcall.run("sandbox", "--port", String(port))
        #expect(run.status == 2)
        #expect(run.errors.contains("port \(port) cannot be used: "), "\(run.errors)")
    }

    @Test(
        arguments: [
            ("users --sandbox --at 2026-02-30", 64), ("users --sandbox --at 2026-02-30T10:00:00Z", 64),
            ("review --sandbox --due 2020-01-01", 2), ("review --sandbox --due 2026-02-30", 64),
            ("review --sandbox --period 2026-Q5", 64), ("review --sandbox --period 2099-Q1", 2),
        ] as [(String, Int32)])
    func `dates that do not exist or are past are refused`(arguments: String, status: Int32) throws {
        let run = try rollcall.start(arguments.split(separator: " ").map(String.init)).wait()
        #expect(run.status == status, "\(run.errors)")
        #expect(try rollcall.shell("ls").contains("reviews") == false)
    }

    @Test(arguments: [
        ("2026-Q4", true), ("2026Q4", true), ("2026-H2", true), ("2026-11", true), ("2026-W53", true), ("2026", true),
        ("FY26 second half", true), ("2026-10-01/2026-12-31", true), ("2026-02-28", true), ("2026-Q5", false),
        ("2026-Q0", false), ("2026-H3", false), ("2026-13", false), ("2026-W54", false), ("2026-02-30", false),
        ("2026-12-31/2026-10-01", false), (" ", false), ("a\u{202e}b", false),
    ])
    func `a period that looks like one of the calendar exists`(period: String, isAccepted: Bool) {
        #expect((ReviewPeriod.problem(with: period) == nil) == isAccepted)
    }
}
