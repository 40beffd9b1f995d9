import Domain
import TestWorkbooks
import Testing

@testable import Readers

/// Nobody has looked at a sheet whose tab is hidden.
@Suite struct HiddenSheetTests {
    private static func sheet(_ rows: [[String]]) -> String {
        TestWorkbook.sheet(rows.map { "<row>" + $0.map { TestWorkbook.text($0) }.joined() + "</row>" }.joined())
    }

    /// A visible sheet, and a hidden one.
    private static func book(_ visible: [[String]], hidden: [[String]], state: String = "hidden") -> TestWorkbook {
        var book = TestWorkbook(sheet: sheet(visible))
        book["xl/worksheets/sheet2.xml"] = sheet(hidden)
        let type = TestWorkbook.relations + "/worksheet"
        book["xl/_rels/workbook.xml.rels"] = TestWorkbook.relationships([
            ("r1", type, "worksheets/sheet1.xml"), ("r2", type, "worksheets/sheet2.xml"),
        ])
        book["xl/workbook.xml"] = book["xl/workbook.xml"]?.replacing(
            "<sheets>", with: "<sheets><sheet name=\"Hidden\" sheetId=\"2\" state=\"\(state)\" r:id=\"r2\"/>")
        return book
    }

    private func addresses(_ book: TestWorkbook, sheet: String? = nil) throws -> [String] {
        try book.withFile { path in
            var options = ListOptions(.disable)
            options.sheet = sheet
            var reader = try PeopleReader(ListSource(workbook: path, options), options)
            var found: [String] = []
            try reader.forEach { found.append($0.email) }
            return found
        }
    }

    private static let people = [["Email"], ["ann@acme.io"]]
    private static let others = [["Email"], ["bob@acme.io"]]

    @Test(arguments: ["hidden", "veryHidden"])
    func `people are read from a visible sheet unless a hidden one is named`(state: String) throws {
        let book = Self.book(Self.people, hidden: Self.others, state: state)
        #expect(try addresses(book) == ["ann@acme.io"])
        #expect(try addresses(book, sheet: "Hidden") == ["bob@acme.io"])
        let visible = Self.book(Self.people, hidden: Self.others, state: "visible")
        #expect(throws: ListError.sheets(found: ["Hidden", "S"], all: ["Hidden", "S"])) { try addresses(visible) }
    }

    @Test func `decisions in a hidden sheet stop the reading of a review`() throws {
        let header = ["Email", "Decision", "Row key"]
        let visible = [header, ["ann@acme.io", "Approve", "k1"]]
        let decided = Self.book(visible, hidden: [header, ["bob@acme.io", "Revoke", "k2"]])
        let undecided = Self.book(visible, hidden: [header, ["bob@acme.io", "", "k2"]])
        let rows = { (book: TestWorkbook) in
            try book.withFile { path in
                try FilledReviewReader(file: path).read().rows.map { $0[.email] }
            }
        }
        #expect(throws: FilledReviewError.hiddenSheet("Hidden")) { try rows(decided) }
        #expect(try rows(undecided).sorted() == ["ann@acme.io", "bob@acme.io"])
    }
}
