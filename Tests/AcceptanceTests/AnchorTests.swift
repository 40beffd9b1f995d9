import Foundation
import Testing

/// What a folder cannot prove by itself: hashes in tickets and in the ledger.
@Suite(.waiting) struct AnchorTests {
    private let rollcall: Rollcall
    private let server: WorkspaceServer

    init() throws {
        rollcall = try Rollcall()
        server = try WorkspaceServer(
            rollcall, users: ["ada@acme.io ADMIN", "bob@acme.io DEVELOPER", "cleo@acme.io DEVELOPER"])
    }

    /// The evidence hash that a command prints as its last line about evidence.
    private func hash(_ run: Finished) throws -> String {
        try #require(run.status == 0, "\(run.errors)")
        let hashes = run.errors.matches(of: #/Evidence hash: ([0-9a-f]{64})/#).map { String($0.output.1) }
        return try #require(hashes.last, "\(run.errors)")
    }

    private func review() throws -> String {
        try hash(rollcall.run("review", "--out", "rev", "--review-id", "Q4", "--approver", "Alan Turing"))
    }

    private func apply(_ wishes: String...) throws -> String {
        try rollcall.fill("rev/to-fill-in/review.xlsx", to: "filled.xlsx", wishes: wishes)
        return try hash(
            rollcall.run(
                "apply", "filled.xlsx", "--evidence", "rev", "--yes", "--rate", "none", "--max-removals", "60%"))
    }

    @Test func `every hash that was printed holds, and says what it does not cover`() throws {
        var hashes = [try review()]
        hashes.append(try apply("default=Approve::as before"))
        hashes.append(try apply("bob@acme.io=Revoke"))
        hashes.append(try hash(rollcall.run("review", "close", "rev")))
        #expect(Set(hashes).count == 4)
        for (place, hash) in hashes.enumerated() {
            let check = try rollcall.run("verify", "rev", "--expect", " " + hash.uppercased())
            #expect(check.status == 0, "\(check.all)")
            #expect(check.output.contains("not covered by it") == (place < 3), "\(check.output)")
        }
        // What sha256sum says of the first link is what it always was.
        #expect(try rollcall.shell("sha256sum rev/SHA256SUMS").hasPrefix(hashes[0]))
        #expect(try rollcall.run("verify", "rev", "--expect", String(repeating: "0", count: 64)).status == 1)
        #expect(try rollcall.run("verify", "rev", "--expect", "4711").status == 64)
    }

    @Test func `checksums that mail or PowerShell has rewritten say the same`() throws {
        let first = try review()
        let second = try apply("default=Approve::as before")
        try rollcall.shell(
            "cd rev; for f in *SHA256SUMS; do sed -E 's/^[0-9a-f]{64}/\\U&/; s/$/\\r/' $f > x; mv x $f; done")
        for hash in [first, second] {
            let check = try rollcall.run("verify", "rev", "--expect", hash)
            #expect(check.status == 0, "\(check.all)")
        }
        #expect(try rollcall.run("review", "status", "rev").status == 0)
    }

    @Test func `a huge file and a pipe in the folder are reported and not read`() throws {
        _ = try review()
        try rollcall.shell("truncate -s 20G rev/review.csv")
        let huge = try rollcall.run("verify", "rev")
        #expect(huge.status == 1 && huge.output.contains("review.csv is larger than 8 GiB"), "\(huge.all)")
        try rollcall.shell("rm rev/review.csv; mkfifo rev/review.csv")
        let pipe = try rollcall.run("verify", "rev")
        #expect(pipe.status == 1 && pipe.output.contains("review.csv is not a regular file"), "\(pipe.all)")
    }

    @Test func `the claims say what is established, and what is open`() throws {
        let hash = try review()
        let open = try rollcall.run("verify", "rev", "--output", "json")
        #expect(try rollcall.validate(open.output, against: "output-verify") == "valid")
        #expect(open.output.contains("3 items are open"), "\(open.output)")
        #expect(try rollcall.run("verify", "rev", "--require-closed").status == 1)
        _ = try apply("default=Approve::as before")
        _ = try self.hash(rollcall.run("review", "close", "rev"))
        let closed = try rollcall.run("verify", "rev", "--require-closed", "--expect", hash)
        #expect(closed.status == 0, "\(closed.all)")
        #expect(closed.output.contains(#/yes +Complete: closed on .*, approved by Alan Turing/#), "\(closed.output)")
        #expect(closed.output.contains(#/yes +Anchored by a given hash: up to SHA256SUMS; not covered: /#))
        #expect(closed.output.contains(#/yes +Known to this ledger: /#), "\(closed.output)")
        #expect(closed.output.contains(#/not shown +Not provable from this folder: /#), "\(closed.output)")
        #expect(try rollcall.run("verify", "rev", "--out", "verify.html").status == 0)
        #expect(try rollcall.read("verify.html").contains("What to ask for"))
    }

    @Test func `a ledger that does not know the review, or cannot be read, proves nothing and prevents nothing`() throws
    {
        _ = try review()
        #expect(try rollcall.run("users", "--ledger", "other.db").status == 0)
        let other = try rollcall.run("verify", "rev", "--ledger", "other.db")
        #expect(other.status == 0 && other.output.contains("does not know review Q4"), "\(other.all)")
        try rollcall.write("no database", to: "broken.db")
        let broken = try rollcall.run("verify", "rev", "--ledger", "broken.db")
        #expect(broken.status == 0 && broken.output.contains("the ledger was not asked"), "\(broken.all)")
        let none = try rollcall.run("verify", "rev", "--ledger", "none.db")
        #expect(none.status == 0 && !FileManager.default.fileExists(atPath: rollcall.folder.path + "/none.db"))
    }

    @Test func `a resumed run adds a link and changes none`() throws {
        _ = try review()
        try rollcall.fill("rev/to-fill-in/review.xlsx", to: "filled.xlsx", "bob@acme.io=Revoke", "cleo@acme.io=Revoke")
        let running = try rollcall.start([
            "apply", "filled.xlsx", "--evidence", "rev", "--yes", "--rate", "0.05/s", "--max-removals", "90%",
        ])
        while try server.types()["bob@acme.io"] != nil, running.process.isRunning { usleep(20_000) }
        running.signal(SIGINT)
        running.process.waitUntilExit()
        let first = try rollcall.shell("sha256sum rev/remediation.SHA256SUMS")
        let interrupted = try rollcall.run("verify", "rev", "--expect", String(first.prefix(64)))
        #expect(interrupted.status == 0 && interrupted.output.contains("is not complete"), "\(interrupted.all)")
        let resumed = try rollcall.run("runs", "resume", "1", "--yes", "--rate", "none", "--max-removals", "90%")
        #expect(resumed.status == 0, "\(resumed.errors)")
        #expect(try rollcall.shell("sha256sum rev/remediation.SHA256SUMS") == first)
        let check = try rollcall.run("verify", "rev", "--expect", String(first.prefix(64)))
        #expect(check.status == 0 && check.output.contains("remediation-2 continues it"), "\(check.all)")
        #expect(try rollcall.run("runs", "resume", "1", "--yes").status == 0)
        #expect(try !rollcall.shell("ls rev").contains("remediation-3"))
        #expect(try rollcall.run("review", "status", "rev").output.contains("ada@acme.io: not decided"))
    }
}
