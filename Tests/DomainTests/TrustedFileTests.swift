import Foundation
import Testing

@testable import Domain

/// A folder that is there for one test.
private final class Scratch {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("trust-" + UUID().uuidString).path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func shell(_ line: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-euc", "umask 022; " + line]
        process.currentDirectoryURL = URL(fileURLWithPath: path)
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(line)")
    }
}

@Suite struct TrustedFileTests {
    /// What is set up, the path that is asked for, the entry that is at fault and its fault.
    @Test(
        arguments: [
            ("mkdir d; echo x > d/f", "d/f", nil, nil),
            ("mkdir d; echo x > d/f; chmod 666 d/f", "d/f", "d/f", .writableByEveryone),
            ("mkdir -p d/e; echo x > d/e/f; chmod 777 d/e", "d/e/f", "d/e", .writableByEveryone),
            ("mkdir -p d/e; echo x > d/e/f; chmod 777 d", "d/e/f", "d", .writableByEveryone),
            ("mkdir d; echo x > d/f; chmod 1777 d", "d/f", nil, nil),
            // Whoever can change a link, or a folder that it leads through, decides.
            ("mkdir d e; echo x > d/f; ln -s ../d/f e/l", "e/l", nil, nil),
            ("mkdir d e; echo x > d/f; ln -s ../d/f e/l; chmod 777 e", "e/l", "e", .writableByEveryone),
            ("mkdir d e; echo x > d/f; ln -s ../d/f e/l; chmod 777 d", "e/l", "d", .writableByEveryone),
            ("mkdir d e; echo x > d/f; ln -s \"$PWD/d\" e/l; chmod 777 d", "e/l/f", "d", .writableByEveryone),
            ("mkdir -p d e/i; echo x > d/f; chmod 777 e/i", "e/i/../../d/f", "e/i", .writableByEveryone),
            ("mkdir d; echo x > f; chmod 777 d", "d/../f", "d", .writableByEveryone),
        ] as [(String, String, String?, UntrustedFile.Fault?)])
    func `everything on the way to a file is looked at`(
        setUp: String, asked: String, entry: String?, fault: UntrustedFile.Fault?
    ) throws {
        let scratch = try Scratch()
        try scratch.shell(setUp)
        try expect(scratch, asked, entry, fault)
    }

    @Test(
        .enabled(if: geteuid() == 0),
        arguments: [
            ("mkdir d; echo x > d/f; chown 12345 d/f", "d/f", "d/f"),
            ("mkdir d; echo x > d/f; chown 12345 d", "d/f", "d"),
            ("mkdir d; echo x > d/f; chmod 1777 d; chown 12345 d/f", "d/f", "d/f"),
            ("mkdir d; echo x > f; ln -s ../f d/l; chmod 1777 d; chown -h 12345 d/l", "d/l", "d/l"),
        ])
    func `what belongs to another user is not used`(setUp: String, asked: String, entry: String) throws {
        let scratch = try Scratch()
        try scratch.shell(setUp)
        try expect(scratch, asked, entry, .foreignOwner)
    }

    private func expect(
        _ scratch: Scratch, _ asked: String, _ entry: String?, _ fault: UntrustedFile.Fault?
    ) throws {
        let path = scratch.path + "/" + asked
        do {
            let contents = try TrustedFile.read(path, atMost: 100)
            #expect(contents.bytes == Data("x\n".utf8))
            #expect(fault == nil)
        } catch .untrusted(let file) {
            #expect(file.file == path)
            #expect(file.fault == fault)
            #expect(file.entry == entry.map { scratch.path + "/" + $0 })
        }
    }

    @Test func `what is not there yet is no fault, and its place is known without links`() throws {
        let scratch = try Scratch()
        try scratch.shell("mkdir d; ln -s d/new l; ln -s loop loop")
        for (asked, end) in [("d/e/f", "/d/e/f"), ("l", "/d/new"), ("l/e", "/d/new/e")] {
            let followed = try FileTrust.ofThisProcess.follow(scratch.path + "/" + asked)
            #expect(followed.status == nil)
            #expect(followed.path.hasSuffix(end), "\(followed.path)")
        }
        #expect(try FileTrust.ofThisProcess.follow(scratch.path + "/loop").status == nil)
    }

    @Test func `what can be read is bounded, and a folder is no file`() throws {
        let scratch = try Scratch()
        try scratch.shell("printf 1234 > f")
        #expect(throws: TrustedFile.Failure.tooLong) { try TrustedFile.read(scratch.path + "/f", atMost: 3) }
        #expect(throws: TrustedFile.Failure.unreadable) { try TrustedFile.read(scratch.path, atMost: 3) }
        #expect(throws: TrustedFile.Failure.unreadable) { try TrustedFile.read(scratch.path + "/g", atMost: 3) }
        #expect(try TrustedFile.read("/dev/null", atMost: 3).bytes.isEmpty)
    }

    @Test func `a file that was swapped between the look and the opening is refused`() throws {
        let scratch = try Scratch()
        try scratch.shell("echo x > f; echo y > g")
        let trust = FileTrust.ofThisProcess
        let opened = try #require(FileStatus(path: scratch.path + "/g"))
        let looked = try trust.follow(scratch.path + "/f")
        #expect(TrustedFile.fault(in: opened, false, after: looked, trust) == .replaced)
        let gone = try trust.follow(scratch.path + "/h")
        #expect(TrustedFile.fault(in: opened, false, after: gone, trust) == .replaced)
        var pipe = opened
        pipe.kind = .pipe
        #expect(TrustedFile.fault(in: pipe, false, after: gone, trust) == nil)
    }
}

@Suite struct PartialFileTests {
    @Test func `the file aside is new, private, and has another name each time`() throws {
        let scratch = try Scratch()
        let path = scratch.path + "/r.csv"
        let names = try (0..<2).map { _ in
            let place = try PartialFile(path: path)
            let status = try #require(FileStatus(path: place.partial, followsLinks: false))
            #expect((status.kind, status.permissions) == (.regular, 0o600))
            return place.partial
        }
        #expect(names[0] != names[1])
    }

    @Test func `a file that was put in its place is not published`() throws {
        let scratch = try Scratch()
        let place = try PartialFile(path: scratch.path + "/r.csv")
        try scratch.shell("rm .r.csv.*; echo planted > \(place.partial)")
        #expect(throws: WriteFailure.self) { try place.commit() }
        #expect(FileStatus(path: scratch.path + "/r.csv") == nil)
    }

    @Test(.enabled(if: geteuid() == 0))
    func `what others left under such a name is not taken away`() throws {
        let scratch = try Scratch()
        // No process has such a number (Linux: at most 4,194,304).
        try scratch.shell(
            "touch .r.csv.99999999-a.partial .r.csv.99999998-a.partial; chown 12345 .r.csv.99999999-a.partial")
        _ = try PartialFile(path: scratch.path + "/r.csv")
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: scratch.path) == [".r.csv.99999999-a.partial"])
    }
}
