import Domain
import Foundation
import Testing

@testable import Reports

/// What every format owes: all rows or no file.
@Suite struct ConformanceTests {
    private func file(_ scratch: Scratch, _ format: ReportFormat) throws -> ReportFile {
        try #require(ReportFile(path: scratch.path("r.\(format.rawValue)")))
    }

    @Test(arguments: ReportFormat.allCases)
    func `every row is counted while it is written`(format: ReportFormat) throws {
        let scratch = try Scratch()
        let written = try file(scratch, format).write(.sample(users: (0..<1000).map { "User \($0)" }))
        #expect(written["users"] == 1000)
        #expect(written["invites"] == 1)
        #expect(try scratch.names() == ["r.\(format.rawValue)"])
    }

    @Test(arguments: ReportFormat.allCases, [1, 3])
    func `one row more or less than promised, and there is no file`(format: ReportFormat, promised: Int) throws {
        let scratch = try Scratch()
        #expect(throws: RowCountMismatch(table: "Active users", promised: promised, written: 2)) {
            try self.file(scratch, format).write(.sample(promised: promised))
        }
        #expect(try scratch.names().isEmpty)
    }

    @Test(arguments: ReportFormat.allCases)
    func `a failure in the middle leaves the earlier file as it was`(format: ReportFormat) throws {
        let scratch = try Scratch()
        try scratch.write("before", to: "r.\(format.rawValue)")
        #expect(throws: Broken.self) {
            try self.file(scratch, format).write(.sample(users: (0..<5000).map(String.init), failing: true))
        }
        #expect(try scratch.text("r.\(format.rawValue)") == "before")
        #expect(try scratch.names().count == 1)
    }

    @Test(arguments: ReportFormat.allCases)
    func `a folder that is not there is told`(format: ReportFormat) throws {
        let scratch = try Scratch()
        let file = try #require(ReportFile(path: scratch.path("none/r.\(format.rawValue)")))
        #expect(throws: WriteFailure.self) { try file.write(.sample()) }
    }

    @Test(arguments: ReportFormat.allCases)
    func `a report of nobody is a report`(format: ReportFormat) throws {
        let scratch = try Scratch()
        #expect(try file(scratch, format).write(.sample(users: []))["users"] == 0)
    }

    @Test(arguments: ReportFormat.allCases)
    func `the same data at the same time gives the same bytes`(format: ReportFormat) throws {
        let scratch = try Scratch()
        let report = Report.sample(users: ["Ann", "=1+1", "Zoë 🦊", "a\u{1}b"])
        try file(scratch, format).write(report)
        let first = try Data(contentsOf: URL(fileURLWithPath: scratch.path("r.\(format.rawValue)")))
        try file(scratch, format).write(report)
        #expect(try Data(contentsOf: URL(fileURLWithPath: scratch.path("r.\(format.rawValue)"))) == first)
    }

    /// One row more than a sheet of Excel holds with its header. In the other formats nothing happens at this number, and
    /// only `make soak` writes as many.
    @Test(arguments: ReportFormat.allCases)
    func `as many rows as Excel has, and more`(format: ReportFormat) throws {
        let scratch = try Scratch()
        let isAll = format == .xlsx || ProcessInfo.processInfo.environment["SOAK_ROWS"] != nil
        let count = isAll ? 1_048_576 : 65_537
        let written = try file(scratch, format).write(.sample(users: (0..<count).map { "User \($0)" }))
        #expect(written["users"] == count)
        guard format == .xlsx else { return }
        let sheets = try scratch.shell(
            "unzip -p r.xlsx xl/workbook.xml | grep -o 'name=\"Active users[^\"]*' | sort -u")
        #expect(sheets == "name=\"Active users\nname=\"Active users 2\n")
        let last = try scratch.shell("unzip -p r.xlsx xl/worksheets/sheet4.xml | grep -o 'User 1048575' | wc -l")
        #expect(last == "1\n")
    }

    @Test(arguments: ReportFormat.allCases)
    func `the extension chooses the format`(format: ReportFormat) {
        let name = format.rawValue
        for path in ["a.\(name)", "a.\(name.uppercased())", "x/a.b.\(name)"] {
            #expect(ReportFormat(path: path) == format)
        }
        for path in [name, "a.\(name).txt", "a.\(name)/b", "a\(name)"] { #expect(ReportFormat(path: path) == nil) }
        #expect(ReportFormat.extensions.contains(".\(name)"))
    }
}
