import Domain
import Foundation
import Testing

@testable import Reports

@Suite struct MarkdownTests {
    @Test(
        arguments: [
            ("Lena Vogt", "Lena Vogt"), ("lena.vogt@acme.io", "lena.vogt@acme.io"), ("2026-11-27", "2026-11-27"),
            ("a|b", #"a\|b"#), ("*b* _i_ s~s", #"\*b\* \_i\_ s\~s"#), ("~label", "` ~label `"), ("a`b", #"a\`b"#),
            (#"a\b"#, #"a\\b"#),
            ("<b>x</b>", #"\<b\>x\</b\>"#), ("[x](y)", #"\[x\](y)"#), ("&amp;", #"\&amp;"#),
            ("- x", #"\- x"#), ("1. x", #"1\. x"#), ("2) x", #"2\) x"#), ("12 x", "12 x"), ("0.1.0", "0.1.0"),
            ("a\nb\r\u{0}c", "a b  c"),
            // What no backslash stops.
            ("@everyone", "` @everyone `"), ("ask @ada", "` ask @ada `"), ("#12", "` #12 `"),
            ("see https://x.io", "` see https://x.io `"), ("WWW.x.io", "` WWW.x.io `"),
            ("@a|`b``c", "``` @a\\|`b``c ```"),
        ])
    func `text stays text`(text: String, spelled: String) {
        #expect(MarkdownText.spelled(text) == spelled)
    }

    @Test func `a report reads as one in a ticket`() throws {
        let scratch = try Scratch()
        var report = Report(kind: .users, title: "Users of #1", time: Date(timeIntervalSince1970: 0))
        report.warnings = ["An empty answer was allowed."]
        report.facts = [
            FactGroup(
                key: "source", title: "Source",
                facts: [Fact("workspace", "Workspace", .text("acme")), Fact("note", "Note", .empty)])
        ]
        report.tallies = [Tally(key: "t", title: "By type", counts: [("ADMIN", 2)])]
        let columns = [
            Column("email", "Email", width: 30, help: ""), Column("uid", "Uid", width: 66, isPrinted: false, help: ""),
            Column("name", "Name", width: 20, help: ""),
        ]
        report.tables = [
            Table(id: "users", title: "Users", note: "All.", role: .population, columns: columns, count: 1) { body in
                try body([.text("ada@acme.io"), .text("77"), .text("Ada | <b>")])
            }
        ]
        try ReportFile(path: scratch.path("r.md"))?.write(report)
        #expect(
            try scratch.text("r.md") == """
                # ` Users of #1 `

                > **An empty answer was allowed.**

                ## Source

                - Workspace: acme

                ## By type

                | | |
                | --- | ---: |
                | ADMIN | 2 |

                ## Users

                All.

                | Email | Name |
                | --- | --- |
                | ada@acme.io | Ada \\| \\<b\\> |

                """)
    }

    @Test func `Markdown, which nothing reads back, is not filed`() {
        #expect(!ReportFormat.filed.contains(.md))
    }
}
