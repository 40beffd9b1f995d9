import Foundation
import Testing

/// Workbooks that were made to do harm end in a sentence, soon.
@Suite(.waiting) struct HostileWorkbookTests {
    @Test(
        arguments: [
            ("bomb in a sheet", "whose unpacked size exceeds the limit"),
            ("bomb in the strings", "whose unpacked size exceeds the limit"),
            ("bomb in several sheets", "whose unpacked size exceeds the limit"),
            ("path out of the archive", "the sheet \"Active users\" has no valid definition"),
            ("entities that multiply", "document type declaration"),
            ("entity from a file", "document type declaration"),
            ("a million cells", "\"XFE1\" is not a cell of row 1"),
            ("one cell a million times", "cell A1 comes twice"),
            ("a million empty rows", "is not a review exported by rollcall"),
            ("a cell in the last column of each row", "row 1 comes twice"),
            ("a part that is missing", "there is no such part"), ("half a sheet", "is not well-formed XML"),
            ("a sheet of no part", "the sheet \"Active users\" has no valid definition"),
            ("two sheets of one name", "two sheets are named \"ACTIVE users\""),
            ("text that is not there", "refers to the shared text \"0\""),
            ("strings that cannot be unpacked", "the data cannot be unpacked"),
            ("a checksum that is wrong", "the data cannot be unpacked"), ("in UTF-7", "declared as \"UTF-7\""),
            ("in UCS-4", "declared as \"UCS-4\""), ("in ISO-2022-KR", "declared as \"ISO-2022-KR\""),
            ("names without end", "too long"), ("elements without end", "nested too deeply"),
            ("a text without end", "cell A1 has a text that is too long"),
            ("ten thousand entries", "has more than 10000 entries"),
            ("decisions in a hidden sheet", "has decisions in the hidden sheet \"Active users\""),
            ("a decision under merged cells", "cell B3 has content that the merged cells B2:B3 hide"),
            ("two parts of one name", "has two parts named xl/worksheets/sheet1.xml"),
            ("two parts but for case", "has two parts named xl/worksheets/sheet1.xml"),
            ("two parts but for backslashes", "has two parts named xl/worksheets/sheet1.xml"),
            ("ten names for one part", "entries of the archive overlap"),
            ("a part with a password", "save it without one"),
        ])
    func `a workbook that nobody made in good faith is refused`(kind: String, sentence: String) throws {
        let rollcall = try Rollcall()
        let script = Rollcall.repository.appendingPathComponent("Tests/AcceptanceTests/hostile_workbook.py").path
        try rollcall.shell("/usr/bin/python3 '\(script)' '\(kind)' hostile.xlsx")

        let run = try rollcall.run("apply", "hostile.xlsx", "--sandbox", "--yes")
        #expect(run.status == 2, "\(run.errors)")
        #expect(run.errors.contains(sentence), "\(run.errors)")
        #expect(run.errors.contains("nothing was sent"), "\(run.errors)")
        #expect(!run.errors.contains("root:"))
    }
}
