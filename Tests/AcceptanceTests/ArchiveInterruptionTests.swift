import Foundation
import Testing

/// What ends `review pack` and `verify` before they are done: signals, and a disk that is full.
@Suite(.waiting) struct ArchiveInterruptionTests {
    private let closed: ClosedReview
    private var rollcall: Rollcall { closed.rollcall }

    init() throws {
        closed = try ClosedReview()
        try closed.compareWithPeople()
        // Attachments that cannot be compressed give each step time.
        try closed.close(attaching: "head -c 12000000 /dev/urandom > rev/attachments/log.bin")
        try closed.rollcall.shell("mkdir scratch out")
    }

    private func hashes() throws -> String {
        try rollcall.shell("cd rev && find . -type f | sort | xargs -d '\\n' sha256sum")
    }

    /// The names in the temporary folder, at any depth.
    private func scratch() -> [String] {
        let folder = rollcall.folder.appendingPathComponent("scratch").path
        return FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    }

    private func out() -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: rollcall.folder.path + "/out")) ?? []
    }

    /// A command, and what shows that it is in the middle of its work.
    private static let moments: [(command: String, name: String)] = [
        ("review pack rev --out out/q4.zip", ""), ("review pack rev --out out/q4.zip", "/archive.zip"),
        ("review pack rev --out out/q4.zip", "evidence/closing.csv"),
        ("review pack rev --out out/q4.zip --redact manager", "/review.csv"),
        ("review pack rev --out out/q4.zip --redact manager", "/copy/attachments/log.bin"),
        ("review pack rev --out out/q4.zip --redact manager", "/archive.zip"),
        ("verify q4.zip --no-ledger", "closing.csv"),
    ]

    @Test(arguments: moments.indices, [SIGINT, SIGTERM])
    func `a signal in the middle leaves nothing behind`(place: Int, signal: Int32) throws {
        let (command, name) = Self.moments[place]
        if command.hasPrefix("verify") { try rollcall.run("review", "pack", "rev", "--out", "q4.zip") }
        let before = try hashes()
        let running = try rollcall.start(line: "TMPDIR=$PWD/scratch exec $ROLLCALL \(command)")
        while !scratch().contains(where: { name.isEmpty || $0.hasSuffix(name) }), running.process.isRunning {
            usleep(500)
        }
        running.signal(signal)
        let run = try running.wait()
        #expect(run.signal == signal, "\(command), \(name): \(run.status) \(run.all)")
        #expect(scratch().isEmpty && out().isEmpty, "\(command), \(name): \(scratch()) \(out())")
        #expect(try hashes() == before)
    }

    /// The archive is copied to its place in a moment, which is not always caught.
    @Test func `a signal while the archive is copied to its place leaves no part of it`() throws {
        var caught = 0
        for _ in 0..<8 where caught < 2 {
            let running = try rollcall.start(
                line: "TMPDIR=$PWD/scratch exec $ROLLCALL review pack rev --out out/q4.zip")
            while !scratch().contains(where: { $0.hasSuffix("/evidence/closing.csv") }), running.process.isRunning {
                usleep(500)
            }
            while out().isEmpty, running.process.isRunning { usleep(50) }
            running.signal(SIGTERM)
            let run = try running.wait()
            let left = out()
            if run.signal == SIGTERM, left.isEmpty { caught += 1 }
            #expect(left.isEmpty || left == ["q4.zip"], "\(left)")
            #expect(scratch().isEmpty || run.status == 0, "\(scratch())")
            try rollcall.shell("rm -rf scratch/* out/*")
        }
    }

    @Test(arguments: ["", " --redact manager"])
    func `a full disk is named, and nothing is left behind`(option: String) throws {
        let before = try hashes()
        // By POSIX, a limit is in blocks of 512 bytes: the reports fit, the attachment or the archive does not.
        for blocks in [1, 400, 20_000] {
            let run = try rollcall.start(
                line:
                    "set -o posix; ulimit -f \(blocks); TMPDIR=$PWD/scratch exec $ROLLCALL review pack rev --out out/q4.zip"
                    + option
            ).wait()
            #expect(run.status == 2 && run.signal == nil, "\(blocks): \(run.status) \(run.all)")
            #expect(run.errors.contains("File too large") || run.errors.contains("is full"), "\(blocks): \(run.errors)")
            #expect(scratch().isEmpty && out().isEmpty, "\(blocks): \(scratch()) \(out())")
        }
        #expect(try hashes() == before)
    }
}
