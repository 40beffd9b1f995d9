import Domain
import Foundation
import Testing

@testable import Reports

/// The workbook of a review, as a tool for the person who decides.
@Suite struct ReviewWorkbookTests {
    static let day = FakeReview.day

    private func context(_ change: (inout ReviewContext) -> Void = { _ in }) -> ReviewContext {
        var context = ReviewContext(
            id: "2026-Q4", period: "2026-Q4", due: "2026-12-15", reviewer: "Grace", approver: "Ada", preparer: "Pat",
            domains: ["acme.io"], endpointHost: "api.acme.io", query: "query { listUsers }", querySHA256: "00",
            version: "0.1.0", firstSnapshotAt: Self.day)
        change(&context)
        return context
    }

    private func written(_ source: FakeReview, _ context: ReviewContext) throws -> ReadWorkbook {
        let scratch = try Scratch()
        try XLSXWriter().write(ReviewReport.make(source, context), to: scratch.path("r.xlsx"))
        return try ReadWorkbook(path: scratch.path("r.xlsx"))
    }

    private func cells(_ table: Table, _ key: String) throws -> [Cell] {
        let place = try #require(table.columns.firstIndex { $0.key == key })
        var cells: [Cell] = []
        try table.rows { cells.append($0[place]) }
        return cells
    }

    @Test func `it opens on what to do, with one cell for the name`() throws {
        let book = try written(FakeReview(), context())
        let sheet = try #require(book.sheets.first)
        #expect(book.active == "Start here" && sheet.name == "Start here")
        let row = try #require(sheet.rows.firstIndex { $0.first == "Your name" })
        #expect(book.names == ["YourName": "'Start here'!$B$\(row + 1)"])
        #expect(sheet.open == ["B"] && sheet.protected)
        #expect(sheet.rows[row][1] == nil)
        let texts = sheet.rows.compactMap { row -> String? in
            if case .text(let text)? = row.first { text } else { nil }
        }
        #expect(texts.count { $0.first?.isNumber == true } == 3)
        #expect(texts.contains("3. Save the workbook and send it to Pat, not later than 2026-12-15."))
        let facts = sheet.rows.filter { ["Due", "Rows to decide", "Send to", "Proposed reviewer"].contains($0.first) }
        #expect(facts.map(\.last) == ["2026-12-15", "5 active users and 3 invitations", "Pat", "Grace"])
    }

    @Test func `the decision is beside the name, and both stay visible`() throws {
        let book = try written(FakeReview(), context())
        for (name, frozen, first) in [
            ("Active users", "D2", ["Email", "Name", "Decision"]), ("Invites", "C2", ["Email", "Decision"]),
            ("Privileged", "D2", ["Email", "Name", "Decision"]),
        ] {
            let sheet = try #require(book[name])
            #expect(sheet.frozen == frozen)
            #expect(Array(sheet.rows[0].prefix(first.count)) == first.map { .text($0) })
            #expect(!sheet.protected && sheet.filter != nil, "Nobody can sort a protected sheet.")
        }
        #expect(book["Active users"]?.dates.map(\.last) == ["46053", "46053"])
        #expect(book["Active users"]?.lists.count == 2)
    }

    /// A column without values, and one that people complete.
    @Test func `empty columns are hidden, and those to complete are not`() throws {
        let hidden = { (source: FakeReview) in
            let sheet = try #require(try self.written(source, self.context())["Active users"])
            return try sheet.hidden.map { letter in
                let place = try #require(letter.unicodeScalars.first.map { Int($0.value) - 65 })
                return try #require(sheet.rows[0][place])
            }
        }
        var source = FakeReview()
        #expect(try hidden(source) == ["Previous decision", "Change", "Previous type"])
        source.users[3].previousDecision = .init(decision: .approve, reviewer: "Ada")
        source.users[3].change = .new
        #expect(try hidden(source) == ["Previous type"])
    }

    @Test(arguments: [false, true])
    func `a page in landscape is as wide as the sheet, at 9 points or more`(isSecond: Bool) throws {
        var source = FakeReview()
        if isSecond {
            source.users[3].previousDecision = .init(decision: .approve, reviewer: "Ada", decidedAt: Self.day)
            source.invites[1].previousDecision = source.users[3].previousDecision
        }
        let book = try written(source, context())
        for name in ["Active users", "Invites", "Privileged"] {
            let sheet = try #require(book[name])
            #expect(sheet.landscape && sheet.repeated == "$1:$1" && sheet.pages == [nil, 0])
            let last = try #require(sheet.printed?.split(separator: ":").last?.split(separator: "$").first)
            let letters = sheet.widths.keys.filter { $0 <= String(last) && !sheet.hidden.contains($0) }
            let pixels = letters.reduce(0) { $0 + (sheet.widths[$1] ?? 0) * 7 }
            // The sheets have 11 points; Letter is narrower than A4.
            #expect((11 - 0.8) * 96 / pixels * 11 >= 9, "\(name): \(pixels)")
            let titles = letters.sorted().compactMap { letter in
                letter.unicodeScalars.first.flatMap { sheet.rows[0][Int($0.value) - 65] }
            }
            #expect(titles.contains("Decision") && titles.contains("Reviewer") && titles.contains("Justification"))
        }
    }

    @Test func `the order of CSV stays, and new columns come last`() throws {
        let report = try ReviewReport.make(FakeReview(), context())
        let keys = CSVWriter.union(of: report.tables.filter { $0.role == .population }.map(\.columns))
        #expect(keys.firstIndex(of: "decision") == 13)
        #expect(
            keys.suffix(7) == [
                "review", "rowKey", "decidedAt", "ticket", "exceptionUntil", "previousDecision", "proposedReviewer",
            ])
    }

    @Test func `the previous decision has its author and its day, and flags what contradicts it`() throws {
        var source = FakeReview()
        let days = { (count: Double) in Self.day.addingTimeInterval(count * 86_400) }
        let midnight = Date(timeIntervalSince1970: 1_769_817_600)
        source.users[0].previousDecision = .init(decision: .approve, reviewer: "Ada Admin", decidedAt: days(-100))
        source.users[1].previousDecision = .init(decision: .revoke, reviewer: "", decidedAt: nil)
        source.users[2].previousDecision = .init(
            decision: .exception, reviewer: "Bo", decidedAt: days(-90), exceptionUntil: midnight - 86_400)
        source.users[3].previousDecision = .init(
            decision: .exception, reviewer: "Bo", decidedAt: days(-90), exceptionUntil: midnight)
        source.invites[0].previousDecision = .init(decision: .revoke, reviewer: "Bo")
        let report = try ReviewReport.make(source, context())
        #expect(
            try cells(report.tables[1], "previousDecision").map(\.text) == [
                "Approve by Ada Admin on 2025-10-23", "Revoke", "Exception by Bo on 2025-11-02, until 2026-01-30",
                "Exception by Bo on 2025-11-02, until 2026-01-31", "",
            ])
        let flags = try cells(report.tables[1], "flags").map(\.text)
        #expect(
            flags == [
                "privileged", "revoked before and back again; privileged; unknown account type",
                "! exception expired on 2026-01-30", "", "",
            ])
        #expect(flags.filter { !$0.isEmpty }.sorted().first == "! exception expired on 2026-01-30")
        #expect(try cells(report.tables[2], "flags").first?.text == "privileged; outside the company")
    }

    @Test func `the first review does not know when an account of the first snapshot was created`() throws {
        var source = FakeReview()
        source.users[1].firstSeen = Self.day.addingTimeInterval(3600)
        let first = try ReviewReport.make(source, context())
        let unknown = Cell.remark("before our first snapshot")
        #expect(try cells(first.tables[1], "firstSeen").prefix(2) == [unknown, .time(source.users[1].firstSeen)])
        #expect(try cells(first.tables[2], "firstSeen").first == unknown)
        let scratch = try Scratch()
        for format in [ReportFormat.csv, .json, .html] {
            try ReportFile(path: scratch.path("r.\(format.rawValue)"))?.write(first)
            let text = try scratch.text("r.\(format.rawValue)")
            #expect(text.contains("before our first snapshot") == (format == .html), "\(format)")
        }
        #expect(try scratch.text("r.json").contains("\"firstSeen\":null"))
        source.previous = ReviewRecord(
            id: "2026-Q3", workspace: "api.acme.io/x", snapshot: 8, takenAt: Self.day, folder: "/x",
            manifestSHA256: String(repeating: "b", count: 64))
        #expect(try cells(ReviewReport.make(source, context()).tables[1], "firstSeen").first == .time(Self.day))
    }

    @Test(
        arguments: [
            (nil, ["Grace", "Grace"]), (ReviewSplit.Rule.domain, ["Grace", "Grace"]),
            (.people(byUID: [:], byAddress: ["u0@acme.io": "Alan"]), ["Alan", "Grace"]),
        ] as [(ReviewSplit.Rule?, [String])])
    func `nobody has decided yet, and who should is named for programs only`(
        rule: ReviewSplit.Rule?, reviewers: [String]
    ) throws {
        let context = context { $0.split = rule.map(ReviewSplit.init) }
        let report = try ReviewReport.make(FakeReview(), context)
        #expect(try cells(report.tables[1], "reviewer") == Array(repeating: .empty, count: 5))
        #expect(try cells(report.tables[1], "proposedReviewer").prefix(2).map(\.text) == reviewers)
        let book = try written(FakeReview(), context)
        #expect(book["Active users"]?.rows[0].contains("Proposed reviewer") == false)
        #expect(book["Summary"]?.rows.contains { $0.first == "Proposed reviewer" && $0[1] == "Grace" } == true)
    }

    @Test func `a page has the order of the sheets, and room for what is decided on paper`() throws {
        let scratch = try Scratch()
        try ReportFile(path: scratch.path("r.html"))?.write(ReviewReport.make(FakeReview(), context()))
        let page = try scratch.text("r.html")
        let table = try #require(page.range(of: "id=\"users\"").map { page[$0.lowerBound...] })
        let keys = table.matches(of: /<th[^>]*class="c-([A-Za-z]+)/).map { String($0.output.1) }
        #expect(
            keys.prefix(10) == [
                "email", "name", "decision", "accountType", "flags", "previousDecision", "newAccountType",
                "justification", "reviewer", "exceptionUntil",
            ], "\(keys)")
        #expect(Set(keys).isDisjoint(with: ["ticket", "decidedAt", "proposedReviewer", "rowKey"]), "\(keys)")
    }

    /// An extract finds its accounts by row key if both sheets have one, otherwise by uid or address.
    @Test func `an extract shows what was decided about its account, however the sheets are sorted`() throws {
        let sheet = try #require(try written(FakeReview(), context())["Privileged"])
        let formulas = sheet.rows.dropFirst().map { $0[2] }
        #expect(formulas.allSatisfy { if case .text(let text)? = $0 { text.contains("MATCH($") } else { false } })
        if case .text(let text)? = formulas.first { #expect(text.contains("INDEX('Active users'!$C$2:$C$6")) }
        if case .text(let text)? = formulas.last { #expect(text.contains("INDEX('Invites'!$B$2:$B$4")) }
    }

    @Test func `a row is as high as its longest text needs`() throws {
        var source = FakeReview()
        source.users[3].email = String(repeating: "a", count: 60) + "@acme.io"
        let scratch = try Scratch()
        try XLSXWriter().write(ReviewReport.make(source, context()), to: scratch.path("r.xlsx"))
        let rows = try scratch.shell("unzip -p r.xlsx xl/worksheets/sheet4.xml | grep -o '<row [^>]*>'")
        #expect(rows.contains("<row r=\"5\" ht=\"47\" customHeight=\"1\">"), "\(rows)")
        #expect(rows.contains("<row r=\"6\">"))
    }

    @Test(
        arguments: [
            ("attachments/x.png", true), ("x.png", true), ("attachments/", false), ("attachments/..", false),
            ("attachments/a/b", false), ("other/x.png", false), ("attachments/../x", false), ("/x", false),
        ])
    func `a manifest names files of its own folder, and of one in it if it may`(name: String, isIn: Bool) {
        let line = String(repeating: "a", count: 64) + "  \(name)\n"
        #expect((Manifest(text: line, subfolder: "attachments") != nil) == isIn)
        #expect((Manifest(text: line) != nil) == (name == "x.png"))
    }
}
