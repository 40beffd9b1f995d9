import Testing

@testable import Readers

@Suite struct RowTests {
    @Test(
        arguments: [
            ("a,\"b\"\"c\",d", ["a", "b\"c", "d"]),
            ("\"\"\"\",\"\"\"b\"\"\"", ["\"", "\"b\""]),
            ("a\"b,c", ["a\"b", "c"]),
            ("a\"b\"c,\"d\"", ["a\"b\"c", "d"]),
            ("5\" disk,6'", ["5\" disk", "6'"]),
            ("a,\"b\" ,c", ["a", "b", "c"]),
            ("a, \"b, c\",\t\"d\"", ["a", "b, c", "d"]),
            (" a , b ", [" a ", " b "]),
            ("\"a\r\nb\",c", ["a\r\nb", "c"]),
            ("\" a \",\" \"", [" a ", " "]),
        ])
    func `quotes hold what would otherwise end a field`(text: String, cells: [String]) {
        let reading = Reading(of: text, delimiter: .comma)
        #expect(reading.rows == [Reading.Row(line: 1, cells: cells)])
        #expect(reading.error == nil)
    }

    @Test(
        arguments: [
            (",a", ["", "a"]), ("a,", ["a", ""]), ("a,,b", ["a", "", "b"]), (",,a,,", ["", "", "a", "", ""]),
            ("\"\",a", ["", "a"]), ("a,\"\"", ["a", ""]),
        ])
    func `an empty field is a field`(text: String, cells: [String]) {
        #expect(Reading(of: text).cells == [cells])
        #expect(Reading(of: text + "\r\n").cells == [cells])
    }

    @Test(arguments: [
        ("\"a\"b,c\nd,e\n", 1), ("c,\"a\"b\nd,e\n", 2), ("\"a\" b,c\r\nd,e", 1), ("\"a\"\"b\"c,\nd,e\n", 1),
    ])
    func `text behind a closing quote breaks its row and no other`(text: String, column: Int) {
        let reading = Reading(of: text, delimiter: .comma)
        #expect(reading.rows.map(\.brokenColumn) == [column, nil])
        #expect(reading.rows.last == Reading.Row(line: 2, cells: ["d", "e"]))
    }

    @Test(
        arguments: [
            ("a,\"b", 1, []), ("\"", 1, []), ("a,b\nc,\"d\ne\n", 2, [["a", "b"]]),
            ("a\n\n\"b\nc\"\"", 3, [["a"]]), ("a\r\n\"b\",\"\"\"", 2, [["a"]]),
            ("a,\"b\nc\",\"d\ne", 2, []),
        ])
    func `a quote that is never closed is shown where it opens`(text: String, line: Int, before: [[String]]) {
        let reading = Reading(of: text, delimiter: .comma)
        #expect(reading.error == .unterminatedQuote(line: line))
        #expect(reading.cells == before)
    }

    @Test func `rows have the fields that they have`() {
        let reading = Reading(of: "a,b,c\n1\n1,2,3,4\n1,2,3\n")
        #expect(reading.rows.map(\.cells.count) == [3, 1, 4, 3])
        #expect(reading.rows.allSatisfy { $0.brokenColumn == nil })
    }

    @Test(arguments: ["\n\na,b\n\n\nc,d\n\n", "\r\n \r\na,b\r\n,\r\n\t\r\nc,d\r\n\"\",\"\"\r\n"])
    func `blank rows are passed over and counted as lines`(text: String) {
        let reading = Reading(of: text)
        #expect(reading.rows == [.init(line: 3, cells: ["a", "b"]), .init(line: 6, cells: ["c", "d"])])
    }

    @Test(arguments: ["\n", "\r\n", "\r"], ["", "end"])
    func `every line end is one, with and without the last`(lineEnd: String, last: String) {
        let text = ["a,b", "c,d", ""].joined(separator: lineEnd)
        let reading = Reading(of: last.isEmpty ? text : String(text.dropLast()))
        #expect(reading.rows == [.init(line: 1, cells: ["a", "b"]), .init(line: 2, cells: ["c", "d"])])
        #expect(reading.error == nil)
    }

    @Test(arguments: ["\n", "\r\n", "\r"])
    func `lines in quotes are counted, so that the next row's number is the editor's`(lineEnd: String) {
        let text = ["a,\"b", "", "c\",\"d", "\"", "e,f", "\"g", "h\"", "i"].joined(separator: lineEnd)
        #expect(Reading(of: text).lines == [1, 5, 6, 8])
    }

    @Test func `line ends may be mixed`() {
        let reading = Reading(of: "a\rb\nc\r\nd\n\re\r\r\nf")
        #expect(reading.cells == [["a"], ["b"], ["c"], ["d"], ["e"], ["f"]])
        #expect(reading.lines == [1, 2, 3, 4, 6, 8])
    }

    @Test(arguments: [
        "", "\n", "\r\n\r\n", "  ", ",,,\n,,\n", "\"\"", "\u{feff}", "\u{feff}\r\n", "sep=;", "sep=;\r\n",
    ])
    func `a file without text is empty`(text: String) {
        let reading = Reading(of: text)
        #expect(reading.error == .empty)
        #expect(reading.rows.isEmpty)
    }
}
