import Domain
import Foundation
import Testing

@testable import Reports

@Suite struct AtomicFileTests {
    @Test func `a full disk is told, and leaves nothing`() throws {
        let scratch = try Scratch()
        // A device that takes no byte.
        let full = open("/dev/full", O_WRONLY)
        let file = AtomicFile(
            place: PartialFile(path: scratch.path("r.csv"), partial: scratch.path(".r.csv.partial"), descriptor: full))
        try file.write("x")
        #expect(throws: WriteFailure(path: scratch.path("r.csv"), reason: "No space left on device")) {
            try file.commit()
        }
        #expect(try scratch.names().isEmpty)
    }

    @Test func `only its owner may read it`() throws {
        let scratch = try Scratch()
        try CSVWriter().write(.sample(), to: scratch.path("r.csv"))
        let attributes = try FileManager.default.attributesOfItem(atPath: scratch.path("r.csv"))
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test func `what a process that died left behind is taken away, and nothing else`() throws {
        let scratch = try Scratch()
        // No process has such a number (Linux: at most 4,194,304), and one always has the other.
        for name in [
            ".r.csv.99999999.partial", ".r.csv.1.partial", ".other.csv.99999999.partial", ".r.csv.x.partial",
            ".r.csv.99999999-0f3a.partial",
        ] {
            try scratch.write("", to: name)
        }
        try CSVWriter().write(.sample(), to: scratch.path("r.csv"))
        #expect(
            try scratch.names() == [".other.csv.99999999.partial", ".r.csv.1.partial", ".r.csv.x.partial", "r.csv"])
    }

    /// In a container a process has the number of the one that died before it.
    @Test func `a folder that this process seems to have left behind is begun anew`() throws {
        let scratch = try Scratch()
        let left = ".review.\(ProcessInfo.processInfo.processIdentifier)-0f3a.partial"
        try FileManager.default.createDirectory(atPath: scratch.path(left), withIntermediateDirectories: false)
        try scratch.write("half", to: left + "/answer.json")
        let folder = try EvidenceFolder(path: scratch.path("review"))
        #expect(try scratch.shell("ls .review.*.partial | wc -l; [ ! -e \(left) ] && echo gone") == "0\ngone\n")
        folder.discard()
        #expect(try scratch.names().isEmpty)
    }

    @Test func `why a folder cannot be made is told`() throws {
        let scratch = try Scratch()
        try scratch.write("", to: "file")
        let failure = #expect(throws: WriteFailure.self) { _ = try EvidenceFolder(path: scratch.path("file/review")) }
        #expect(failure?.reason == "Not a directory")
    }

    @Test func `a probe tells what would go wrong and leaves nothing`() throws {
        let scratch = try Scratch()
        let file = { (name: String) in try #require(ReportFile(path: scratch.path(name))) }
        try file("r.csv").probe()
        #expect(try scratch.names().isEmpty)
        try FileManager.default.createDirectory(atPath: scratch.path("d.csv"), withIntermediateDirectories: false)
        #expect(throws: WriteFailure(path: scratch.path("d.csv"), reason: "Is a directory")) {
            try file("d.csv").probe()
        }
        #expect(throws: WriteFailure(path: scratch.path("none/r.csv"), reason: "No such file or directory")) {
            try file("none/r.csv").probe()
        }
    }
}
