import Foundation
import Testing

/// A ledger that cannot be written to: a sentence, and nothing sent that could not be written down first.
@Suite(.waiting) struct LedgerStressTests {
    private let rollcall: Rollcall
    private let sandbox: SandboxProcess
    private static let invite = ["invite", "people.csv", "--yes", "--rate", "none", "--ledger", "l/ledger.db"]

    init() throws {
        rollcall = try Rollcall()
        sandbox = try SandboxProcess(rollcall)
        let lines = (1...2000).map { "person\($0)@acme.io,DEVELOPER" }
        try rollcall.write((["email,account type"] + lines).joined(separator: "\n"), to: "people.csv")
    }

    /// The binary under a shell that sets something up first.
    private func invite(after setUp: String) throws -> Finished {
        // By POSIX, a limit is in blocks of 512 bytes.
        let command = "set -o posix; \(setUp) exec $prefix \"$ROLLCALL\" " + Self.invite.joined(separator: " ")
        return try rollcall.start(line: command).wait()
    }

    private func isUntouched() throws -> Bool { try sandbox.invites().isEmpty }

    @Test func `a folder that is not there is made, for its owner only`() throws {
        #expect(try invite(after: "").status == 0)
        #expect(
            try rollcall.shell("stat -c '%a %n' l l/*").split(separator: "\n").allSatisfy { line in
                line.hasPrefix("700 l") || line.hasPrefix("600 l/")
            })
    }

    @Test func `a folder that cannot be written to`() throws {
        guard let closed = try rollcall.withClosedFolders("l") else { return }
        let run = try invite(after: closed)
        #expect(run.status == 2, "\(run.errors)")
        #expect(run.errors.contains("cannot open the ledger l/ledger.db: Permission denied"), "\(run.errors)")
        #expect(try isUntouched())
    }

    @Test func `a disk that is full before anything is sent`() throws {
        let run = try invite(after: "ulimit -f 120;")
        #expect(run.status == 2, "\(run.errors)")
        #expect(run.errors.contains("cannot write to the ledger l/ledger.db"), "\(run.errors)")
        #expect(try isUntouched())
    }

    @Test func `a disk that fills up while rows are sent`() throws {
        // The plan and the first claims fit; the outcomes do not.
        #expect(try rollcall.start(["users", "--ledger", "l/ledger.db"]).wait().status == 0)
        var stopped = 0
        for blocks in stride(from: 700, through: 2400, by: 100) {
            try rollcall.shell("rm -rf l")
            let before = try sandbox.invites().count
            let run = try invite(after: "ulimit -f \(blocks);")
            let sent = try sandbox.invites().count - before
            guard run.status == 1, run.errors.contains("sending was stopped") else { continue }
            stopped += 1
            let counts = try rollcall.start(["runs", "show", "1", "--ledger", "l/ledger.db"]).wait()
            #expect(counts.status == 0, "\(counts.errors)")
            let end = try rollcall.start(
                ["runs", "resume", "1", "--yes", "--rate", "none", "--ledger", "l/ledger.db"]
            ).wait()
            #expect(end.status == 0, "\(blocks) blocks, \(sent) sent: \(end.errors)")
            break
        }
        #expect(stopped > 0, "no limit hit the middle of a run")
        #expect(try sandbox.invites().values.allSatisfy { $0 == 1 })
        #expect(try sandbox.invites().count == 2000)
    }

    @Test(arguments: [
        ("b\"\"", "is not a ledger, or is damaged"),
        ("b\"no database at all, only words\" * 400", "is not a ledger, or is damaged"),
    ])
    func `a file that is something else`(content: String, sentence: String) throws {
        try rollcall.shell("mkdir l; python3 -c 'open(\"l/ledger.db\",\"wb\").write(\(content))'")
        let run = try invite(after: "")
        // An empty file is an empty ledger to SQLite.
        guard content != "b\"\"" else { return #expect(run.status == 0) }
        #expect(run.status == 2)
        #expect(run.errors.contains(sentence), "\(run.errors)")
        #expect(try isUntouched())
    }

    @Test func `a ledger that was damaged in its middle`() throws {
        #expect(try invite(after: "").status == 0)
        let before = try sandbox.invites()
        let spoil = """
            import os
            size = os.path.getsize("l/ledger.db")
            f = open("l/ledger.db", "r+b")
            for page in range(2, size // 4096): f.seek(page * 4096); f.write(os.urandom(3000))
            """
        try rollcall.write(spoil, to: "spoil.py")
        try rollcall.shell("rm -f l/*-wal l/*-shm; python3 spoil.py")
        for arguments in [Self.invite, ["runs", "--ledger", "l/ledger.db"]] {
            let run = try rollcall.start(arguments).wait()
            #expect(run.status == 2, "\(run.errors)")
            #expect(run.errors.contains("is not a ledger, or is damaged"), "\(run.errors)")
        }
        #expect(try sandbox.invites() == before)
    }

    @Test func `a ledger of a newer version`() throws {
        #expect(try rollcall.start(["runs", "--ledger", "l/ledger.db"]).wait().status == 0)
        let future = "INSERT INTO grdb_migrations VALUES (\"99 from the future\")"
        try rollcall.shell(
            "python3 -c 'import sqlite3; c = sqlite3.connect(\"l/ledger.db\"); c.execute(\"\"\"\(future)\"\"\"); c.commit()'"
        )
        let run = try invite(after: "")
        #expect(run.status == 2)
        #expect(run.errors.contains("written by a newer version of rollcall"), "\(run.errors)")
        #expect(try isUntouched())
    }

    @Test func `a ledger that somebody else has locked`() throws {
        #expect(try rollcall.start(["runs", "--ledger", "l/ledger.db"]).wait().status == 0)
        let hold = """
            import sqlite3, time
            c = sqlite3.connect("l/ledger.db", isolation_level=None)
            c.execute("BEGIN EXCLUSIVE")
            open("held", "w")
            time.sleep(60)
            """
        try rollcall.write(hold, to: "hold.py")
        let holder = try Running(
            ["hold.py"], of: URL(fileURLWithPath: "/usr/bin/python3"), folder: rollcall.folder,
            environment: rollcall.environment, input: nil)
        defer { holder.signal(SIGKILL) }
        while !FileManager.default.fileExists(atPath: rollcall.folder.path + "/held") { usleep(10_000) }
        let run = try invite(after: "")
        #expect(run.status == 2)
        #expect(run.errors.contains("database is locked"), "\(run.errors)")
        #expect(try isUntouched())
    }
}
