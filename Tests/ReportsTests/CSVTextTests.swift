import Testing

@testable import Reports

@Suite struct CSVTextTests {
    @Test(
        arguments: [
            ("plain", "plain"), ("", ""), ("a,b", "\"a,b\""), ("say \"hi\"", "\"say \"\"hi\"\"\""),
            ("two\nlines", "\"two\nlines\""), ("two\r\nlines", "\"two\r\nlines\""), ("jörg@acme.io", "jörg@acme.io"),
            ("semi;colon", "semi;colon"), (" space ", " space "),
        ] as [(String, String)])
    func `quoted where RFC 4180 wants it`(text: String, field: String) {
        #expect(CSVText.field(text) == field)
    }

    /// No reader of CSV takes it; Excel drops what follows.
    @Test(arguments: [("a\u{0}b", "\"a\u{fffd}b\""), ("\u{0}\"\u{0}", "\"\u{fffd}\"\"\u{fffd}\"")])
    func `a NUL shows, and keeps no program from reading the file`(text: String, field: String) {
        #expect(CSVText.field(text) == field)
    }

    @Test(
        arguments: [
            ("=1+1", "'=1+1"), ("+49 30", "'+49 30"), ("-1", "'-1"), ("@SUM(A1)", "'@SUM(A1)"), ("\tx", "'\tx"),
            ("\rx", "\"'\rx\""), ("=HYPERLINK(\"x\",\"y\")", "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\""),
        ] as [(String, String)])
    func `a formula is guarded`(text: String, field: String) {
        #expect(CSVText.field(text) == field)
    }

    @Test(
        arguments: [("'=1", "''=1"), ("''+1", "'''+1"), ("'quoted'", "'quoted'"), ("'", "'")] as [(String, String)])
    func `what looks guarded is guarded once more, so that one guard can be taken off`(text: String, field: String) {
        #expect(CSVText.field(text) == field)
    }
}
