import Foundation
import Testing

/// Workbooks that were made to do harm end in a sentence, soon.
@Suite(.waiting) struct HostileWorkbookTests {
    @Test(
        arguments: [
            ("bomb in a sheet", "which unpacks to more than is read"),
            ("bomb in the strings", "which unpacks to more than is read"),
            ("path out of the archive", "is damaged"), ("entities that multiply", "is damaged"),
            ("entity from a file", "is damaged"), ("a million empty cells", "is no review of rollcall's"),
            ("a million empty rows", "is no review of rollcall's"), ("a part that is missing", "is damaged"),
            ("half a sheet", "is damaged"), ("a sheet of no part", "is damaged"),
            ("two sheets of one name", "is damaged"), ("text that is not there", "is damaged"),
            ("strings that cannot be unpacked", "is damaged"),
        ])
    func `a workbook that nobody made in good faith is refused`(kind: String, sentence: String) throws {
        let rollcall = try Rollcall()
        let script = Rollcall.repository.appendingPathComponent("Tests/AcceptanceTests/hostile_workbook.py").path
        try rollcall.shell("/usr/bin/python3 '\(script)' '\(kind)' hostile.xlsx")

        let run = try rollcall.run("apply", "hostile.xlsx", "--sandbox", "--yes")
        #expect(run.status == 2, "\(run.errors)")
        #expect(run.errors.contains(sentence), "\(run.errors)")
        #expect(!run.errors.contains("root:"))
    }
}
