import Foundation
import Testing

/// The archive of a closed review, in the hands of an auditor: with rollcall, and without it.
@Suite(.waiting) struct AuditingTests {
    private let closed: ClosedReview
    private var rollcall: Rollcall { closed.rollcall }

    init() throws { closed = try ClosedReview() }

    /// The lines of the guide that are commands.
    private static func commands() throws -> [String] {
        let page = Rollcall.repository.appendingPathComponent("docs/auditing.md")
        return try String(contentsOf: page, encoding: .utf8).split(separator: "\n")
            .filter { $0.hasPrefix("    ") }.map { $0.trimmingCharacters(in: .whitespaces) }
    }

    @Test func `every command of the guide for auditors works on an archive`() throws {
        let authority = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
            "tsa_server.py")
        let stamping = try Running(
            [authority.path, "tsa"], of: URL(fileURLWithPath: "/usr/bin/python3"), folder: rollcall.folder,
            environment: ["PATH": rollcall.environment["PATH"] ?? ""], input: nil)
        defer {
            stamping.signal(SIGKILL)
            stamping.process.waitUntilExit()
        }
        let url = "http://127.0.0.1:\(try stamping.firstLine())/good"
        try rollcall.shell(
            "ssh-keygen -q -t ed25519 -N '' -f key && echo \"ada@acme.io $(cat key.pub)\" > allowed_signers")
        try closed.close(["--sign", "key", "--timestamp", url])
        let packed = try rollcall.run("review", "pack", "rev", "--out", "q4.zip")
        try #require(packed.status == 0, "\(packed.errors)")
        try rollcall.shell("cp tsa/ca.pem tsa-ca.pem")
        let commands = try Self.commands()
        #expect(commands.count > 15)
        var folder = "."
        var said: [String: String] = [:]
        for command in commands {
            let place = "cd '\(folder)' && "
            if command.hasPrefix("cd ") {
                folder += "/" + command.dropFirst(3)
                continue
            }
            let run = try rollcall.start(line: place + command).wait()
            #expect(run.status == 0 || command.hasPrefix("grep"), "\(command): \(run.all)")
            said[command] = run.output + run.errors
        }
        let output = { (part: String) in try #require(said.first { $0.key.contains(part) }, "\(part)").value }
        for part in ["--check", "= \"$(jq -r .query", "diff", "comm -12", "select(.decision == null"] {
            let complaint = try output(part)
            #expect(complaint.isEmpty, "\(part): \(complaint)")
        }
        let unnamed = try output("comm -13").split(separator: "\n")
        #expect(unnamed.allSatisfy { $0 == "closing.SHA256SUMS" || $0.hasSuffix(".sig") || $0.hasSuffix(".tsr") })
        let hash = try #require(packed.errors.firstMatch(of: #/Evidence hash: ([0-9a-f]{64})/#)?.output.1)
        #expect(try output("sha256sum closing.SHA256SUMS").contains(hash))
        #expect(try output("-Y verify").contains("Good \"rollcall\" signature"))
        #expect(try output("find-principals").contains("ada@acme.io"))
        #expect(try output("ts -verify").contains("Verification: OK"))
        #expect(try output("| length").filter(\.isNumber).contains("41"))
        let verified = try rollcall.run(
            "verify", "q4.zip", "--expect", String(hash), "--allowed-signers", "allowed_signers", "--tsa-ca",
            "tsa-ca.pem", "--require-closed")
        #expect(verified.status == 0, "\(verified.all)")
        #expect(verified.output.contains("index.csv, index.html: the content follows"), "\(verified.output)")
        // Its own author changes one file; the guide finds it as well.
        try rollcall.shell("echo >> review-2026-q4/evidence/closing.csv")
        let check = try rollcall.start(line: "cd '\(folder)' && " + (commands.first { $0.contains("--check") } ?? ""))
            .wait()
        #expect(check.status == 1 && check.output.contains("closing.csv: FAILED"), "\(check.all)")
    }

    @Test func `the same review gives the same archive, and only a closed one is packed`() throws {
        let made = try rollcall.run("review", "--out", "open", "--review-id", "open", "--approver", "Alan Turing")
        try #require(made.status == 0, "\(made.errors)")
        let refused = try rollcall.run("review", "pack", "open")
        #expect(refused.status == 2 && refused.errors.contains("rollcall review close open"), "\(refused.errors)")
        try closed.close()
        let first = try rollcall.run("review", "pack", "rev", "--out", "one.zip", "--output", "json")
        #expect(first.status == 0, "\(first.all)")
        #expect(try rollcall.validate(first.output, against: "output-review-pack") == "valid")
        // Copies to complete and litter are no evidence; times and zones of files do not count.
        try rollcall.shell("touch -d 2001-01-01 rev/review.csv && touch rev/.DS_Store && rm -r rev/to-fill-in")
        let second = try rollcall.start(line: "TZ=Asia/Tokyo $ROLLCALL review pack rev --out two.zip").wait()
        #expect(second.status == 0, "\(second.all)")
        #expect(try rollcall.shell("cmp one.zip two.zip 2>&1") == "")
        let again = try rollcall.run("review", "pack", "rev", "--out", "two.zip")
        #expect(again.status == 2 && again.errors.contains("already exists"), "\(again.errors)")
        #expect(try rollcall.run("review", "pack", "rev", "--out", "two.zip", "--overwrite").status == 0)
        #expect(try rollcall.run("review", "pack", "rev", "--out", "two.tar").status == 64)
        #expect(try rollcall.run("review", "pack", "rev", "--out", "no/such/two.zip").status == 2)
        #expect(try rollcall.run("review", "pack", "filled.xlsx").status == 2)
        try rollcall.shell("sed -i 's/cleo/clea/' rev/closing.csv")
        let changed = try rollcall.run("review", "pack", "rev", "--out", "three.zip")
        #expect(changed.status == 2 && changed.errors.contains("closing.csv"), "\(changed.errors)")
        #expect(try rollcall.shell("ls -A | grep -c three || true").hasPrefix("0"))
    }

    @Test func `each file and column that the index names is there`() throws {
        try closed.close()
        try #require(try rollcall.run("review", "pack", "rev", "--out", "q4.zip").status == 0)
        try rollcall.shell("unzip -q q4.zip && cp -r review-2026-q4 index")
        let script = """
            import csv, json
            standards = set()
            for row in csv.DictReader(open("index/index.csv")):
                standards.add(row["standard"].split()[0])
                assert row["file"] or row["shows"].startswith("Not shown"), row
                if not row["file"]: continue
                path, columns = "index/" + row["file"], [c for c in row["columns"].split(", ") if c]
                if path.endswith(".csv"): known = csv.DictReader(open(path)).fieldnames
                elif columns: known = json.load(open(path))
                else: open(path).close()
                for column in columns:
                    at = known
                    for part in column.split("."):
                        assert part in at, (path, column)
                        at = at[part] if isinstance(at, dict) else None
            assert standards == {"PCI", "SOC", "ISO/IEC", "SOX"}, standards
            """
        try rollcall.write(script, to: "check.py")
        #expect(try rollcall.shell("/usr/bin/python3 check.py 2>&1") == "")
        let index = try rollcall.read("index/index.csv")
        for figure in ["4 active users, 1 invitation", "5 of 5 accounts decided", "1 carried out", "Alan Turing"] {
            #expect(index.contains(figure), "\(figure): \(index)")
        }
    }

    @Test func `the reviews of a company are one archive, and the previous review may be one`() throws {
        let options = ["--sandbox", "--all-workspaces", "--approver", "Alan Turing"]
        let made = try rollcall.start(["review", "--out", "all"] + options).wait()
        try #require(made.status == 0, "\(made.errors)")
        let parts = try rollcall.shell("cd all && ls -d */ | grep -v to-fill-in").split(separator: "\n")
        try #require(parts.count > 1)
        for (number, part) in parts.enumerated() {
            let open = try rollcall.run("review", "pack", "all", "--out", "all.zip")
            #expect(open.status == 2 && open.errors.contains("is not closed"), "\(number): \(open.errors)")
            let closed = try rollcall.run("review", "close", "all/\(part)", "--sandbox", "--force", "ticket 1")
            try #require(closed.status == 0, "\(closed.errors)")
        }
        let packed = try rollcall.run("review", "pack", "all", "--out", "all.zip")
        #expect(packed.status == 0, "\(packed.all)")
        let hashes = packed.errors.matches(of: #/Evidence hash: ([0-9a-f]{64})/#).map { String($0.output.1) }
        #expect(hashes.count == parts.count)
        let verified = try rollcall.run("verify", "all.zip", "--require-closed", "--expect", hashes[0])
        #expect(verified.status == 0, "\(verified.all)")
        #expect(
            verified.output.contains("Anchored by a given hash: \(parts[0])closing.SHA256SUMS"), "\(verified.output)")
        let index = try rollcall.shell("unzip -p all.zip '*/index.csv'")
        #expect(parts.allSatisfy { index.contains("evidence/\($0)closing.csv") }, "\(index)")
        // The next reviews refer to those in the archive, which are no longer on the disk.
        let next = try rollcall.start(["review", "--review-id", "next", "--out", "next"] + options).wait()
        try #require(next.status == 0, "\(next.errors)")
        try rollcall.shell("rm -r all")
        let alone = try rollcall.run("verify", "next")
        #expect(alone.status == 0 && alone.output.contains("--previous DIR"), "\(alone.all)")
        let linked = try rollcall.run("verify", "next", "--previous", "all.zip")
        #expect(linked.status == 0, "\(linked.all)")
        #expect(!linked.output.contains("--previous DIR"), "\(linked.output)")
    }
}
