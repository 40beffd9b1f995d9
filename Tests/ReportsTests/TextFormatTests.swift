import Foundation
import Testing

@testable import Reports

/// The two formats that other programs read: what they hold, to the letter.
@Suite struct TextFormatTests {
    static let names = ["Ann, \"the boss\"", "=HYPERLINK(\"http://x\")", "<script>alert(1)</script>", "two\nlines"]

    @Test func `CSV holds the populations, one after the other`() throws {
        let scratch = try Scratch()
        try CSVWriter().write(.sample(users: Self.names), to: scratch.path("r.csv"))
        let lines = [
            "email,status,name,privileged,decision", "u0@acme.io,,\"Ann, \"\"the boss\"\"\",yes,",
            "u1@acme.io,,\"'=HYPERLINK(\"\"http://x\"\")\",no,", "u2@acme.io,,<script>alert(1)</script>,no,",
            "u3@acme.io,,\"two\nlines\",no,", "new@acme.io,BOUNCED,,,",
        ]
        #expect(try scratch.text("r.csv") == lines.map { $0 + "\r\n" }.joined())
    }

    @Test func `CSV for Excel begins with a byte order mark`() throws {
        let scratch = try Scratch()
        try CSVWriter(hasByteOrderMark: true).write(.sample(), to: scratch.path("r.csv"))
        let bytes = try Data(contentsOf: URL(fileURLWithPath: scratch.path("r.csv")))
        #expect(Array(bytes.prefix(5)) == [0xef, 0xbb, 0xbf, 0x65, 0x6d])
    }

    @Test func `a column goes behind the one that it follows in its own table`() {
        let column = { (key: String) in Column(key, key, width: 8, help: "") }
        let tables = [["a", "b", "z"], ["a", "c", "d", "z", "e"], []].map { $0.map(column) }
        #expect(CSVWriter.union(of: tables) == ["a", "c", "d", "b", "z", "e"])
    }

    @Test func `JSON holds text as it is, and null where there is nothing`() throws {
        let scratch = try Scratch()
        let names = Self.names + ["a\u{1}\u{1f}\t\\b", "Zoë 🦊", "\u{202e}drow"]
        try JSONWriter().write(.sample(users: names), to: scratch.path("r.json"))
        let document = try #require(
            try JSONSerialization.jsonObject(with: Data(try scratch.text("r.json").utf8)) as? [String: Any])
        #expect(document["schemaVersion"] as? Int == 1)
        #expect(document["report"] as? String == "review")
        #expect(Set(document.keys).isSuperset(of: ["users", "invites", "changes", "counts", "source", "warnings"]))
        #expect(document["privileged"] == nil)
        let users = try #require(document["users"] as? [[String: Any]])
        #expect(users.map { $0["name"] as? String } == names)
        #expect(users.map { $0["privileged"] as? Bool }.prefix(2) == [true, false])
        #expect(users.allSatisfy { $0["decision"] is NSNull })
        let source = try #require(document["source"] as? [String: Any])
        #expect(source["takenAt"] as? String == "2026-01-31T09:00:00.250Z")
        #expect(source["due"] is NSNull)
        #expect((document["counts"] as? [String: [String: Int]])?["usersByAccountType"] == ["ADMIN": 1, "OWNER": 6])
    }
}
