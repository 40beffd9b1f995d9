import Domain
import Foundation
import People
import TestWorkbooks
import Testing

@testable import Readers

/// A company's own list of people as a workbook, as HR systems and spreadsheet programs write it.
@Suite struct PeopleBookTests {
    private static let today = Day(number: 20_785)

    /// A cell: text, a number with `#`, a formula with `=`, a formula and its result with `=…→…`, an error with `!`.
    private static func cell(_ text: String) -> String {
        let escaped = { (text: String) in text.replacing("&", with: "&amp;").replacing("<", with: "&lt;") }
        switch text.first {
        case "#": return "<c><v>\(text.dropFirst())</v></c>"
        case "!": return "<c t=\"e\"><v>#\(text.dropFirst())</v></c>"
        case "=":
            let parts = text.dropFirst().split(separator: "→").map { escaped(String($0)) }
            return parts.count == 2
                ? "<c t=\"str\"><f>\(parts[0])</f><v>\(parts[1])</v></c>" : "<c><f>\(parts[0])</f><v></v></c>"
        default: return text.isEmpty ? "<c/>" : TestWorkbook.text(escaped(text))
        }
    }

    /// The rows are lines of cells, separated by `|`; a hidden one begins with `~`.
    private static func sheet(_ lines: [String]) -> String {
        TestWorkbook.sheet(
            lines.map { line in
                let isHidden = line.hasPrefix("~")
                let cells = line.drop { $0 == "~" }.split(separator: "|", omittingEmptySubsequences: false)
                return "<row\(isHidden ? " hidden=\"1\"" : "")>\(cells.map { cell(String($0)) }.joined())</row>"
            }.joined())
    }

    private static func read(
        _ lines: [String], from1904: Bool = false, _ change: (inout PeopleFileOptions) -> Void = { _ in }
    ) -> String {
        var book = TestWorkbook(sheet: sheet(lines))
        if from1904 {
            book["xl/workbook.xml"] = book["xl/workbook.xml"]?.replacing(
                "<sheets>", with: "<workbookPr date1904=\"1\"/><sheets>")
        }
        var options = PeopleFileOptions(today: today)
        change(&options)
        do {
            return try book.withFile { path in
                let file = try PeopleFileReader.read(ListSource(workbook: path, options), options)
                return file.people.map { person in
                    (person.addresses.first ?? "-") + " " + (person.employment(on: today).words ?? "employed")
                }.joined(separator: "; ") + (file.knowsLeavers ? "" : " (unknown)")
            }
        } catch {
            return (error as? any ReadingError)?.sentence ?? "\(error)"
        }
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var lines: [String]
        var from1904 = false
        var result: String
    }

    private static let header = "Name|Email|Status|End date"
    private static let cases = [
        Case(
            testDescription: "a day as a number", lines: [header, "Bob|bob@acme.io||#46053", "Cy|cy@acme.io||#46418"],
            result: "bob@acme.io left on 2026-01-31; cy@acme.io employed"),
        Case(
            testDescription: "a day with a time", lines: [header, "Bob|bob@acme.io||#46053.72916666666"],
            result: "bob@acme.io left on 2026-01-31"),
        Case(
            testDescription: "days from 1904", lines: [header, "Bob|bob@acme.io||#44591", "Cy|cy@acme.io||#44956"],
            from1904: true, result: "bob@acme.io left on 2026-01-31; cy@acme.io employed"),
        Case(
            testDescription: "a day as text", lines: [header, "Bob|bob@acme.io||31.01.2026"],
            result: "bob@acme.io left on 2026-01-31"),
        Case(
            testDescription: "a formula with its result",
            lines: [header, "Bob|=\"bob@\"&\"acme.io\"→bob@acme.io|=IF(1=1,\"Left\",\"Active\")→Left|"],
            result: "bob@acme.io left"),
        Case(
            testDescription: "titles above the headers",
            lines: ["Employee report", "Printed on 2026-11-01", header, "Bob|bob@acme.io|Left|"],
            result: "bob@acme.io left"),
        Case(
            testDescription: "empty columns at the end",
            lines: [header + "||||", "Bob|bob@acme.io|Left|||||"], result: "bob@acme.io left"),
        Case(testDescription: "only a header", lines: [header], result: "has no rows below its header"),
        Case(testDescription: "no cells at all", lines: [], result: "has a sheet without text"),
        Case(testDescription: "no headers", lines: ["bob@acme.io|Left"], result: "has no row with headers"),
        Case(
            testDescription: "a formula without a result", lines: [header, "Bob|bob@acme.io|=IF(1=1,\"Left\",\"\")|"],
            result: "has a formula without a result on line 2 of column 3 \"Status\"; open it in a spreadsheet program"),
        Case(
            testDescription: "a lookup that found no date", lines: [header, "Bob|bob@acme.io||!N/A"],
            result:
                "has \"#N/A\" on line 2 of column 4 \"End date\", the end date, which is not a date; correct it, or use "
                + "another column or none: --people-column end=none"),
        Case(
            testDescription: "a lookup that found no status", lines: [header, "Bob|bob@acme.io|!N/A|"],
            result: "--map-status '#N/A=suspended'; or ignore the column: --people-column status=none"),
        Case(
            testDescription: "an end that is no date", lines: [header, "Bob|bob@acme.io||soon", "Cy|cy@acme.io||"],
            result: "has \"soon\" on line 2 of column 4 \"End date\""),
        Case(
            testDescription: "statuses that nobody understands",
            lines: ["Name|Email|Status", "Bob|bob@acme.io|#1", "Cy|cy@acme.io|#2"], result: "--map-status 1=suspended"
        ),
        Case(
            testDescription: "codes that nobody understands",
            lines: ["Name|Email|Employment status", "Bob|bob@acme.io|T", "Cy|cy@acme.io|A"],
            result: "--map-status T=suspended --map-status A=suspended"),
        Case(
            testDescription: "a date with another one behind it",
            lines: [header, "Bob|bob@acme.io||31.01.2026 (extended to 31.12.2026)", "Cy|cy@acme.io||2026-12-31"],
            result: "has \"31.01.2026 (extended to 31.12.2026)\" on line 2"),
        Case(
            testDescription: "a period in place of a date",
            lines: [header, "Bob|bob@acme.io||2025-12-01 - 2026-12-31"],
            result: "which is not a date"),
        Case(
            testDescription: "a date that is uncertain", lines: [header, "Bob|bob@acme.io||31.01.2026?"],
            result: "which is not a date"),
        Case(
            testDescription: "two digits of another century", lines: [header, "Bob|bob@acme.io||31.01.99"],
            result: "which is not a date"),
        Case(
            testDescription: "dates with times, and ways to write never",
            lines: [
                header, "A|a@acme.io||2026-01-31T00:00:00.000Z", "B|b@acme.io||01/31/2026 12:00:00 AM",
                "C|c@acme.io||31 January 2026", "D|d@acme.io||31.12.9999 (unlimited)", "E|e@acme.io||00/00/0000",
                "F|f@acme.io||20260131000000.0Z",
            ],
            result:
                "a@acme.io left on 2026-01-31; b@acme.io left on 2026-01-31; c@acme.io left on 2026-01-31; d@acme.io "
                + "employed; e@acme.io employed; f@acme.io left on 2026-01-31"),
        Case(
            testDescription: "a second header with other columns",
            lines: [
                header, "Ada|ada@acme.io|Active|", "Name|Email|End date|Status", "Bob|bob@acme.io|2026-01-31|Left",
            ],
            result: "has a second header on line 3 with other columns than on line 1; split the file in two"),
        Case(
            testDescription: "the same header once more",
            lines: [header, "Ada|ada@acme.io|Active|", header, "Bob|bob@acme.io|Left|"],
            result: "ada@acme.io employed; bob@acme.io left"),
        Case(
            testDescription: "a row that was shifted by a comma in a name",
            lines: [header, "Ada|ada@acme.io|Active|", "Cy|cy@acme.io|Active|", "Roe|Bob|bob@acme.io|Left"],
            result: "is malformed on line 4, column 3: the status is an address"),
        Case(
            testDescription: "hidden rows", lines: [header, "~Bob|bob@acme.io|Left|", "Cy|cy@acme.io|Active|"],
            result:
                "has 1 hidden row in \"S\", the first of them row 2, perhaps because of a filter; show all rows and delete "
                + "those that you do not need, or use them all: --hidden-rows"),
    ]

    @Test(arguments: cases)
    func `a workbook is read correctly or refused with what helps`(one: Case) {
        let result = Self.read(one.lines, from1904: one.from1904)
        #expect(result.contains(one.result), "\(result)")
    }

    @Test func `hidden rows count if that is wanted, and an unclear column can be ignored`() {
        let hidden = ["Name|Email|Status", "~Bob|bob@acme.io|Left"]
        #expect(Self.read(hidden) { $0.takesHiddenRows = true } == "bob@acme.io left")
        let unclear = ["Name|Email|Status", "Bob|bob@acme.io|#1", "Cy|cy@acme.io|#2"]
        #expect(
            Self.read(unclear) { $0.columns[.status] = ColumnChoice.none }
                == "bob@acme.io employed; cy@acme.io employed (unknown)")
    }

    /// The same for lists of people to invite or to disable.
    @Test func `days from 1904 select the rows of any list`() throws {
        var book = TestWorkbook(
            sheet: Self.sheet(["Email|Termination date", "bob@acme.io|#44591", "cy@acme.io|#44956"]))
        book["xl/workbook.xml"] = book["xl/workbook.xml"]?.replacing(
            "<sheets>", with: "<workbookPr date1904=\"1\"/><sheets>")
        var options = ListOptions(.disable)
        options.today = Self.today.number
        options.filters = [try #require(RowFilter("Termination date=past", keeps: true))]
        try book.withFile { path in
            var reader = try PeopleReader(ListSource(workbook: path, options), options)
            var selected: [String] = []
            try reader.forEach { if $0.exclusion == nil { selected.append($0.email) } }
            #expect(selected == ["bob@acme.io"])
        }
    }
}
