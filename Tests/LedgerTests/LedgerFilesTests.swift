import Domain
import Foundation
import Testing

@testable import Ledger

@Suite struct LedgerFilesTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private var path: String { folder.file("d/ledger.db") }

    private func shell(_ line: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-euc", line]
        process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(line)")
    }

    /// What is done to a ledger, the entry that is at fault and its fault.
    @Test(
        arguments: [
            ("chmod 666 d/ledger.db", "d/ledger.db", .writableByEveryone),
            ("touch d/ledger.db-wal; chmod 622 d/ledger.db-wal", "d/ledger.db-wal", .writableByEveryone),
            ("touch d/ledger.db-shm; chmod 622 d/ledger.db-shm", "d/ledger.db-shm", .writableByEveryone),
            ("touch d/ledger.db-journal; chmod 622 d/ledger.db-journal", "d/ledger.db-journal", .writableByEveryone),
            ("touch d/ledger.db-1.lock; chmod 622 d/ledger.db-1.lock", "d/ledger.db-1.lock", .writableByEveryone),
            ("touch w; ln -s ../w d/ledger.db-wal", "d/ledger.db-wal", .notOrdinary),
            ("mkfifo d/ledger.db-wal", "d/ledger.db-wal", .notOrdinary),
            ("ln d/ledger.db other.db", "d/ledger.db", .severalNames),
            ("chmod 777 d", "d", .writableByEveryone), ("chmod 1777 d", "d", .openToNewFiles),
        ] as [(String, String, UntrustedFile.Fault)])
    func `a ledger that someone else can change is refused, however it is opened`(
        change: String, entry: String, fault: UntrustedFile.Fault
    ) throws {
        _ = try Ledger.open(at: path)
        try shell(change)
        try expectRefusal(entry, fault)
    }

    @Test(
        .enabled(if: geteuid() == 0),
        arguments: [
            ("chown 12345 d/ledger.db", "d/ledger.db"), ("chown 12345 d", "d"),
            ("touch d/ledger.db-wal; chown 12345 d/ledger.db-wal", "d/ledger.db-wal"),
            ("mv d/ledger.db l.db; ln -s ../l.db d/ledger.db; chown -h 12345 d/ledger.db", "d/ledger.db"),
        ])
    func `a ledger of another user is refused`(change: String, entry: String) throws {
        _ = try Ledger.open(at: path)
        try shell(change)
        try expectRefusal(entry, .foreignOwner)
    }

    @Test func `no folder is made and no file where someone else could put one`() throws {
        try shell("mkdir d; chmod 777 d")
        #expect(throws: LedgerError.self) { try Ledger.open(at: folder.file("d/e/ledger.db")) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.file("d")) == [])
    }

    @Test func `a ledger may be a symbolic link, and what it is to be is made for its owner only`() throws {
        try shell("mkdir d; umask 077; touch real.db; ln -s ../real.db d/ledger.db; ln -s d e")
        _ = try Ledger.open(at: path)
        _ = try Ledger.openToLook(at: path)
        _ = try Ledger.open(at: folder.file("e/new.db"))
        #expect(FileStatus(path: folder.file("d/new.db"), followsLinks: false)?.permissions == 0o600)
    }

    @Test(arguments: ["ln -s ../new.db d/ledger.db", "ln -s other.db d/ledger.db; ln -s ../new.db d/other.db"])
    func `a symbolic link to nothing is no ledger, and nothing is made there`(links: String) throws {
        try shell("mkdir d; \(links)")
        for changes in [true, false] {
            let failure = #expect(throws: LedgerError.self) {
                changes ? try Ledger.open(at: path) : try Ledger.openToLook(at: path)
            }
            #expect(failure?.sentence.contains("it is a symbolic link to \(folder.file("new.db"))") == true)
        }
        #expect(FileStatus(path: folder.file("new.db"), followsLinks: false) == nil)
    }

    @Test func `a lock that someone else can take is refused`() throws {
        let ledger = try Ledger.open(at: path)
        try ledger.lock("sandbox").release()
        try shell("chmod 666 d/*.lock")
        let failure = #expect(throws: LedgerError.self) { try ledger.lock("sandbox") }
        guard case .untrusted(let file)? = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect(file.fault == .writableByEveryone)
    }

    private func expectRefusal(_ entry: String, _ fault: UntrustedFile.Fault) throws {
        for changes in [true, false] {
            let failure = #expect(throws: LedgerError.self) {
                changes ? try Ledger.open(at: path) : try Ledger.openToLook(at: path)
            }
            guard case .untrusted(let file)? = failure else {
                Issue.record("\(String(describing: failure))")
                continue
            }
            #expect((file.file, file.entry, file.fault) == (path, folder.file(entry), fault))
        }
    }
}
