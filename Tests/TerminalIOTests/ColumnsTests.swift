import Testing

@testable import TerminalIO

@Suite struct ColumnsTests {
    @Test(arguments: [
        ("", 10, []), ("one two", 7, ["one two"]), ("one two", 6, ["one", "two"]),
        ("a /path/that/is/long b", 5, ["a", "/path/that/is/long", "b"]), ("日本 語", 5, ["日本", "語"]),
        ("日本 語", 7, ["日本 語"]), ("cafe\u{301} x", 6, ["cafe\u{301} x"]),
    ])
    func `lines hold what fits, in whole words`(text: String, columns: Int, lines: [String]) {
        #expect(Columns.wrapped(text, to: columns) == lines)
    }

    @Test func `a table stands in columns whatever its letters are`() {
        let table = TextTable(
            names: ["run", "input", "rows"], rows: [["1", "日本.csv", "5"], ["12", "cafe\u{301}.csv", "7"]])
        #expect(
            table.aligned(in: nil) == """
                run  input     rows
                1    日本.csv  5
                12   cafe\u{301}.csv  7

                """)
    }

    @Test func `a table that is too wide loses the ends of its widest columns`() {
        let table = TextTable(
            names: ["run", "input"], rows: [["1", "a list with a long name.csv"], ["2", "short.csv"]])
        #expect(table.aligned(in: 20) == "run  input\n1    a list with a …\n2    short.csv\n")
        let users = TextTable(
            names: ["Email", "Name"], rows: [["ada.admin@acme.example", "Ada Administrator"]], whole: ["Email"])
        #expect(users.aligned(in: 36) == "Email                   Name\nada.admin@acme.example  Ada Adminis…\n")
        #expect(users.aligned(in: 30) == "Email\nada.admin@acme.example\n")
        #expect(table.aligned(in: 8) == "run\n1\n2\n")
        #expect(table.aligned(in: 20, keepsLast: true) == table.aligned(in: nil))
    }

    @Test func `what the last columns leave when they do not fit goes to the others`() {
        let table = TextTable(
            names: ["Finding", "Manager", "Department"],
            rows: [["left or suspended", "grace.hopper@acme.io", "Engineering and Data"]])
        #expect(
            table.aligned(in: 32) == "Finding          Manager\nleft or suspen…  grace.hopper@a…\n")
    }

    @Test(arguments: [
        ("  one two three", 10, "  one two three"),
        ("go on with: rollcall runs resume 3 --ledger a", 20, "go on with:\nrollcall runs resume 3 --ledger a"),
        ("go on: A='b c' D=e rollcall users --all", 20, "go on:\nA='b c' D=e rollcall users --all"),
        ("short: rollcall users", 40, "short: rollcall users"),
    ])
    func `a long message is wrapped, and a command in it stays whole`(text: String, columns: Int, shown: String) {
        #expect(Columns.fitted(text, in: columns) == shown)
    }

    @Test(arguments: [
        (nil, "  skip  2  already active (1), already invited (1)"),
        (60, "  skip  2  already active (1), already invited (1)"),
        (42, "  skip  2  already active (1), already\n           invited (1)"),
        // No narrower than can be read.
        (12, "  skip  2  already active (1),\n           already invited (1)"),
    ])
    func `further lines stand under the first`(columns: Int?, text: String) {
        #expect(Columns.hanging("already active (1), already invited (1)", behind: "  skip  2  ", in: columns) == text)
    }
}
