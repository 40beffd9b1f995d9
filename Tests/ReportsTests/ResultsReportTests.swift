import Domain
import Foundation
import Testing

@testable import Reports

@Suite struct ResultsReportTests {
    static let run = RunRecord(
        number: 7,
        header: RunHeader(
            kind: .change(.invite), workspace: "api.acme.io/x", input: "people.csv", inputSHA256: "ab12",
            version: "0.1.0"),
        state: .finished, startedAt: Date(timeIntervalSince1970: 1_769_850_000),
        finishedAt: Date(timeIntervalSince1970: 1_769_850_060.25), counts: [.succeeded: 1, .rejected: 1])

    static let rows = [
        ResultRow(
            line: 2, kind: .invite, email: "ann@acme.io", uid: "", accountType: "ADMIN", outcome: .succeeded(note: nil),
            attempts: 1, startedAt: Date(timeIntervalSince1970: 1_769_850_001),
            finishedAt: Date(timeIntervalSince1970: 1_769_850_001.5), verified: .confirmed),
        ResultRow(
            line: 3, kind: .invite, email: "=cmd|' /C calc'!A1", uid: "", accountType: "KING",
            outcome: .rejected(reason: "\"=cmd\" is not an email address,\nnor a name"), attempts: 0, startedAt: nil,
            finishedAt: nil),
    ]

    private var report: Report { ResultsReport.make(Self.run) { body in try Self.rows.forEach(body) } }

    @Test func `a CSV has a line for each row`() throws {
        let scratch = try Scratch()
        try CSVWriter().write(report, to: scratch.path("r.csv"))
        let stamp = ",\(Self.run.reference),\(Self.run.header.workspace),\(Timestamp.text(report.time))"
        let lines = [
            "line,operation,email,uid,accountType,outcome,reason,attempts,startedAt,finishedAt,verified,run,workspace,runTime",
            "2,invite,ann@acme.io,,ADMIN,succeeded,,1,2026-01-31T09:00:01.000Z,2026-01-31T09:00:01.500Z,confirmed"
                + stamp,
            "3,invite,'=cmd|' /C calc'!A1,,KING,rejected,\"\"\"=cmd\"\" is not an email address,\nnor a name\",0,,,"
                + stamp,
        ]
        #expect(try scratch.text("r.csv") == lines.map { $0 + "\r\n" }.joined())
    }

    @Test func `a JSON document says what ran`() throws {
        let scratch = try Scratch()
        try JSONWriter().write(report, to: scratch.path("r.json"))
        let document = try #require(
            try JSONSerialization.jsonObject(with: Data(try scratch.text("r.json").utf8)) as? [String: Any])
        let run = try #require(document["run"] as? [String: Any])
        #expect(run["number"] as? Int == 7)
        #expect(run["inputSHA256"] as? String == "ab12")
        let counts = (document["counts"] as? [String: [String: Int]])?["outcomes"]
        #expect(
            counts == ["succeeded": 1, "rejected": 1, "skipped": 0, "failed": 0, "unknown": 0, "notSent": 0])
        let rows = try #require(document["rows"] as? [[String: Any]])
        #expect(rows.map { $0["email"] as? String } == ["ann@acme.io", "=cmd|' /C calc'!A1"])
        #expect(rows[0]["reason"] is NSNull)
    }

    @Test func `a run that is not complete says so`() {
        var run = Self.run
        run.counts[.notSent] = 3
        #expect(ResultsReport.make(run) { _ in }.warnings.count == 1)
        #expect(report.warnings.isEmpty)
    }
}
