import Foundation
import Testing

/// Every command in the README and in `docs` runs, in the order in which a reader meets them.
@Suite(.waiting) struct DocumentationTests {
    private static let pages = [
        "README.md", "docs/inviting.md", "docs/reviewing.md", "docs/changing.md", "docs/people.md",
    ]
    private static let morePages = ["docs/configuring.md", "docs/ledger.md", "docs/scripting.md"]
    /// Other tests run the commands of this page.
    private static let tutorial = ["docs/tutorial.md"]

    /// What stands in a block of code, without comments.
    private static func lines(of page: String) throws -> [String] {
        let text = try String(contentsOf: Rollcall.repository.appendingPathComponent(page), encoding: .utf8)
        return text.split(separator: "\n").filter { $0.hasPrefix("    ") }.map { line in
            line.replacing(#/\s+#\s.*$/#, with: "").trimmingCharacters(in: .whitespaces)
        }
    }

    /// What ends with something else than 0 here, and with what.
    private static let statuses = [
        // Nobody has listed this workspace before today.
        "rollcall users --at": 2,
        // It asks at a terminal.
        "rollcall init": 2,
        // No invitation has been expired for a month, so that the list has no rows.
        "rollcall invite expired.csv": 2,
        // Something would be changed.
        "rollcall sync samples/invites.csv --check": 1,
        // Some have left.
        "rollcall leavers --people hr.csv --disable": 0,
        "rollcall leavers": 1,
        // The hash is that of another review.
        "rollcall verify reviews/2026-Q4 --expect": 1,
        // Nobody has completed the copies.
        "rollcall review status": 1,
        "rollcall apply reviews/2026-Q4/to-fill-in/review.xlsx --close": 1,
    ]

    /// A reader's folder: some files, a workspace to speak to, and some runs behind him.
    private func home() throws -> (Rollcall, SandboxProcess) {
        let rollcall = try Rollcall()
        let sandbox = try SandboxProcess(rollcall)
        try rollcall.shell(
            "cp -R '\(Rollcall.sample(""))' samples && cp samples/invites.csv people.csv && cp samples/people.csv hr.csv"
        )
        try rollcall.write("email,account type\ngrace@acme.io,ANALYST\n", to: "roles.csv")
        try rollcall.write("email\nchen.muller.6@acme.io\n", to: "leavers.csv")
        for _ in 1...3 { try rollcall.run("invite", "people.csv", "--yes", "--rate", "none") }
        return (rollcall, sandbox)
    }

    @Test(arguments: pages + morePages)
    func `every command of a page runs`(page: String) throws {
        let (rollcall, sandbox) = try home()
        for line in try Self.lines(of: page) where line.hasPrefix("rollcall ") {
            if line.contains("filled-in/") {
                try rollcall.shell("mkdir filled-in && cp reviews/????-Q?/to-fill-in/review.xlsx filled-in")
            }
            let run = try rollcall.said(
                as: adapted(line), company: line.contains("--all-workspaces") || line.contains("-Q4-all"))
            // The longest beginning counts.
            let known = Self.statuses.filter { line.hasPrefix($0.key) }
            let expected = known.max { $0.key.count < $1.key.count }?.value ?? 0
            #expect(run.status == expected, "\(line): \(run.status)\n\(run.output)")
        }
        withExtendedLifetime(sandbox) {}
    }

    /// The command as it can run without a person and on any day.
    private func adapted(_ line: String) throws -> String {
        let today = Calendar(identifier: .gregorian).dateComponents(in: .gmt, from: Date())
        let quarter = "\(try #require(today.year))-Q\((try #require(today.month) - 1) / 3 + 1)"
        var line = line.replacing("2026-Q4", with: quarter)
        let asks = ["invite", "set-role", "disable", "sync", "apply", "runs resume", "runs retry"]
        if asks.contains(where: { line.hasPrefix("rollcall \($0) ") }), !line.contains("--yes"),
            !line.contains("--check"),
            !line.contains("|")
        {
            line += " --yes"
        }
        // It serves until somebody ends it.
        guard line.hasPrefix("rollcall sandbox ") else { return line }
        return "timeout --signal INT 1 \(line) --port 0; [ $? = 124 ]"
    }

    @Test(arguments: pages + morePages)
    func `every target of make that a page names is one`(page: String) throws {
        let makefile = try String(
            contentsOf: Rollcall.repository.appendingPathComponent("Makefile"), encoding: .utf8)
        for line in try Self.lines(of: page) {
            guard let match = line.firstMatch(of: #/^(?:sudo )?make ([a-z-]+)/#) else { continue }
            let targets = makefile.split(separator: "\n").filter { $0.contains(":") && !$0.hasPrefix("\t") }
                .flatMap { $0.split(separator: ":")[0].split(separator: " ") }
            #expect(targets.contains(match.output.1), "\(line)")
        }
    }

    @Test(arguments: pages + morePages + tutorial)
    func `every file that a page points to is there`(page: String) throws {
        let place = Rollcall.repository.appendingPathComponent(page)
        let text = try String(contentsOf: place, encoding: .utf8)
        for match in text.matches(of: #/\]\(([^)#]+)\)/#) where !match.output.1.contains("://") {
            let path = place.deletingLastPathComponent().appendingPathComponent(String(match.output.1)).path
            #expect(FileManager.default.fileExists(atPath: path), "\(match.output.1)")
        }
    }
}

extension Rollcall {
    /// What a shell made of a line, with the program on its path: its status, and all that it said.
    fileprivate func said(as line: String, company: Bool) throws -> Finished {
        var environment = environment
        environment["PATH"] = Self.binary.deletingLastPathComponent().path + ":" + (environment["PATH"] ?? "")
        if company {
            environment["PARADIME_API_KEY"] = nil
            environment["PARADIME_API_SECRET"] = "prdm_cmp_sandbox"
        }
        return try start(line: "set -o pipefail; { \(line); } 2>&1", environment: environment).wait()
    }
}
