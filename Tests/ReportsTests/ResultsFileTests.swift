import Domain
import Foundation
import Testing

@testable import Reports

@Suite final class ResultsFileTests {
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("reports-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    private func path(_ name: String) -> String { folder.appendingPathComponent(name).path }
    private func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: folder.appendingPathComponent(name)), as: UTF8.self)
    }
    private func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: folder.path) }

    static let run = RunRecord(
        number: 7,
        header: RunHeader(
            kind: .invite, workspace: "api.acme.io/x", input: "people.csv", inputSHA256: "ab12", version: "0.1.0"),
        state: .finished, startedAt: Date(timeIntervalSince1970: 1_769_850_000),
        finishedAt: Date(timeIntervalSince1970: 1_769_850_060.25), counts: [.succeeded: 1, .rejected: 1])

    static let rows = [
        ResultRow(
            line: 2, kind: .invite, email: "ann@acme.io", uid: "", accountType: "ADMIN", outcome: .succeeded(note: nil),
            attempts: 1, startedAt: Date(timeIntervalSince1970: 1_769_850_001),
            finishedAt: Date(timeIntervalSince1970: 1_769_850_001.5)),
        ResultRow(
            line: 3, kind: .invite, email: "=cmd|' /C calc'!A1", uid: "", accountType: "KING",
            outcome: .rejected(reason: "\"=cmd\" is not an email address,\nnor a name"), attempts: 0, startedAt: nil,
            finishedAt: nil),
    ]

    private func write(_ name: String, _ format: ResultsFormat) throws -> [Outcome.Kind: Int] {
        try ResultsFile(path: path(name), format: format).write(Self.run) { body in try Self.rows.forEach(body) }
    }

    @Test func `a CSV has a line for each row`() throws {
        #expect(try write("r.csv", .csv) == Self.run.counts)
        let lines = [
            "line,operation,email,uid,accountType,outcome,reason,attempts,startedAt,finishedAt",
            "2,invite,ann@acme.io,,ADMIN,succeeded,,1,2026-01-31T09:00:01.000Z,2026-01-31T09:00:01.500Z",
            "3,invite,'=cmd|' /C calc'!A1,,KING,rejected,\"\"\"=cmd\"\" is not an email address,\nnor a name\",0,,",
        ]
        #expect(try text("r.csv") == lines.map { $0 + "\r\n" }.joined())
    }

    @Test func `a JSON document says what ran, and its text has no guard`() throws {
        #expect(try write("r.json", .json) == Self.run.counts)
        let document = try #require(
            try JSONSerialization.jsonObject(with: Data(try text("r.json").utf8)) as? [String: Any])
        #expect(document["schemaVersion"] as? Int == 1)
        #expect(document["run"] as? Int == 7)
        #expect(document["inputSHA256"] as? String == "ab12")
        #expect(
            document["counts"] as? [String: Int] == [
                "succeeded": 1, "rejected": 1, "skipped": 0, "failed": 0, "unknown": 0, "notSent": 0,
            ])
        let rows = try #require(document["rows"] as? [[String: Any]])
        #expect(rows.map { $0["email"] as? String } == ["ann@acme.io", "=cmd|' /C calc'!A1"])
        #expect(rows[0]["reason"] == nil)
        #expect(rows[1]["startedAt"] == nil)
    }

    @Test func `a document without rows is a document`() throws {
        _ = try ResultsFile(path: path("r.json"), format: .json).write(Self.run) { _ in }
        let document = try JSONSerialization.jsonObject(with: Data(try text("r.json").utf8)) as? [String: Any]
        #expect((document?["rows"] as? [Any])?.isEmpty == true)
    }

    struct Broken: Error {}

    @Test func `a failure leaves the earlier file as it was, and nothing beside it`() throws {
        try Data("before".utf8).write(to: folder.appendingPathComponent("r.csv"))
        #expect(throws: Broken.self) {
            try ResultsFile(path: path("r.csv"), format: .csv).write(Self.run) { body in
                try body(Self.rows[0])
                throw Broken()
            }
        }
        #expect(try text("r.csv") == "before")
        #expect(try names() == ["r.csv"])
    }

    @Test func `a full disk is told, and leaves nothing`() throws {
        let full = open("/dev/full", O_WRONLY)
        let file = AtomicFile(path: path("r.csv"), partial: path(".r.csv.partial"), descriptor: full)
        try file.write("x")
        #expect(throws: WriteFailure(path: path("r.csv"), reason: "No space left on device")) { try file.commit() }
        #expect(try names().isEmpty)
    }

    @Test func `only its owner may read it`() throws {
        _ = try write("r.csv", .csv)
        let mode = try FileManager.default.attributesOfItem(atPath: path("r.csv"))[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test func `a probe tells what would go wrong and leaves nothing`() throws {
        try ResultsFile(path: path("r.csv"), format: .csv).probe()
        #expect(try names().isEmpty)
        try FileManager.default.createDirectory(atPath: path("d.csv"), withIntermediateDirectories: false)
        #expect(throws: WriteFailure(path: path("d.csv"), reason: "Is a directory")) {
            try ResultsFile(path: self.path("d.csv"), format: .csv).probe()
        }
        #expect(throws: WriteFailure(path: path("none/r.csv"), reason: "No such file or directory")) {
            try ResultsFile(path: self.path("none/r.csv"), format: .csv).probe()
        }
    }

    @Test(
        arguments: [("a.csv", .csv), ("a.JSON", .json), ("a.txt", nil), ("csv", nil), ("", nil)]
            as [(String, ResultsFormat?)])
    func `the extension chooses the format`(path: String, format: ResultsFormat?) {
        #expect(ResultsFormat(path: path) == format)
    }
}
