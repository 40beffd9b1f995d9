import Foundation
import Testing

/// Lists of people with hostile or broken bytes: each is read correctly, or refused with what helps, and nothing of it reaches a
/// terminal, a page or a spreadsheet unescaped.
@Suite(.waiting) struct HostilePeopleTests {
    private let rollcall: Rollcall
    private let server: WorkspaceServer

    init() throws {
        rollcall = try Rollcall()
        rollcall.environment["ROLLCALL_TODAY"] = "2026-11-28"
        server = try WorkspaceServer(
            rollcall,
            users: [
                "ada@acme.io ADMIN", "bob@acme.io DEVELOPER", "cy@acme.io DEVELOPER",
                "uni@xn--bcher-kva.example DEVELOPER",
            ])
    }

    private static let header = "Name,Email,Manager,Department,Status,End date\n"
    private static let ada = "Ada,ada@acme.io,,Board,Active,\n"
    private static let bob = "Bob,bob@acme.io,ada@acme.io,Data,Terminated,2026-01-31\n"

    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var bytes: Data
        /// What is said; nil if Bob is found.
        var says: String?
        var status: Int32 { says == nil ? 1 : 2 }

        init(_ name: String, _ bytes: Data, _ says: String? = nil) {
            (testDescription, self.bytes, self.says) = (name, bytes, says)
        }

        init(_ name: String, _ text: String, _ says: String? = nil) { self.init(name, Data(text.utf8), says) }
    }

    private static func utf16(_ text: String, big: Bool = false, mark: Bool) -> Data {
        let units = (mark ? [0xfeff] : []) + Array(text.utf16)
        return Data(units.flatMap { big ? [UInt8($0 >> 8), UInt8($0 & 255)] : [UInt8($0 & 255), UInt8($0 >> 8)] })
    }

    private static let cases: [Case] = [
        Case("UTF-16 with a mark", utf16(header + ada + bob, mark: true)),
        Case("big-endian UTF-16 with a mark", utf16(header + ada + bob, big: true, mark: true)),
        Case("UTF-16 without a mark", utf16(header + ada + bob, mark: false), "--encoding utf-16le"),
        Case(
            "big-endian UTF-16 without a mark", utf16(header + ada + bob, big: true, mark: false), "--encoding utf-16be"
        ),
        Case(
            "Windows-1252",
            Data((header + ada + bob).utf8) + Data([0x5a, 0x6f, 0xeb]) + Data(",zoe@acme.io,,,Active,\n".utf8),
            "--encoding windows-1252"),
        Case("a NUL", header + "A\0da,ada@acme.io,,,Active,\n" + bob, "has a NUL byte on line 2"),
        Case(
            "a quote that never closes", header + ada + "\"" + bob + ada, "has a quote on line 3 that is never closed"),
        Case(
            "a quote that swallows rows", header + "\"Cy,cy@acme.io,,,Left,\n" + ada + "x\"\n" + bob,
            "has a quote on line 2, column 1, whose field swallows whole rows"),
        Case(
            "a cell of a megabyte", header + String(repeating: "A", count: 1 << 20) + ",ada@acme.io,,,Active,\n" + bob),
        Case(
            "a status of a megabyte", header + "Ada,ada@acme.io,,,\(String(repeating: "S", count: 1 << 20)),\n" + bob,
            "…"),
        Case("only a header", header, "has no rows below its header"),
        Case("an empty file", "", "is empty"),
        Case("only a mark", Data([0xef, 0xbb, 0xbf]), "is empty"),
        Case("blank lines", "\n  \n\n", "is empty"),
        Case(
            "headers that occur twice", "Email,Status,Status\nada@acme.io,Active,Left\nbob@acme.io,Left,Active\n",
            "--people-column status=2, or --people-column status=3"),
        Case(
            "addresses that occur twice",
            "Email,Email,Status\nada@acme.io,x@acme.io,Active\nbob@acme.io,y@acme.io,Left\n",
            "--people-column email=1, or --people-column email=2"),
        Case(
            "no readable address", header + "Ada,ada@acme.io(work),,,Active,\n",
            "line 2: \"ada@acme.io(work)\" is not an"),
        Case("line breaks in cells", header + "\"Ada\r\nLine\",ada@acme.io,,\"Bo\nard\",Active,\n" + bob),
        Case("not a list", Data([0x25, 0x50, 0x44, 0x46, 0x2d, 0x31, 0x2e, 0x34, 0x0a]), "looks like a PDF"),
        Case(
            "statuses that cannot be pasted", header + "Ada,ada@acme.io,,,\u{1b}[2Jx\u{202e},\n" + bob,
            "has statuses in column 5 \"Status\" that may mean anything"),
    ]

    @Test(arguments: cases)
    func `a list is read or refused`(one: Case) throws {
        try one.bytes.write(to: rollcall.folder.appendingPathComponent("hr.csv"))
        let run = try rollcall.run("leavers", "--people", "hr.csv", "--disable", "--dry-run")
        #expect(run.status == (one.says == nil ? 0 : 2), "\(run.all.suffix(1000))")
        if let says = one.says { #expect(run.errors.contains(says), "\(run.errors.suffix(1000))") }
        if one.says == nil { #expect(run.output.contains("bob@acme.io"), "\(run.all.suffix(1000))") }
        #expect(!run.all.unicodeScalars.contains { $0.value == 0x1b || $0.value == 0x202e || $0.value == 7 })
        #expect(run.all.utf8.count < 20_000)
        #expect(try server.types().count == 4)
    }

    @Test func `nothing hostile in a list reaches a terminal, a page or a formula`() throws {
        let evil = [
            "\u{1b}]0;x\u{7}\u{1b}[2JBob", "Bob \u{202e}live\u{2066}", "<script>alert(1)</script>",
            "=HYPERLINK(\"http://evil.example\")", "@SUM(A1)", "\u{ffff}x\u{fffe}", "a\u{b}b", "{{{rows}}}", "+1-1",
        ]
        let quoted = { (text: String) in "\"" + text.replacing("\"", with: "\"\"") + "\"" }
        var list = Self.header + Self.ada
        for (place, text) in evil.enumerated() {
            try server.add("p\(place)@acme.io DEVELOPER")
            list += "\(quoted(text)),p\(place)@acme.io,\(quoted(text)),\(quoted(text)),Terminated,2026-01-31\n"
        }
        try rollcall.write(list, to: "hr.csv")
        let found = try rollcall.run("leavers", "--people", "hr.csv", "--out", "l.html", "--out", "l.csv")
        let shown = try rollcall.run("leavers", "--people", "hr.csv")
        let made = try rollcall.run(
            "review", "--people", "hr.csv", "--out", "r", "--split-by", "manager", "--fallback", "G")
        #expect(found.status == 1 && shown.status == 1 && made.status == 0, "\(found.all)\(made.all)")
        let isEscape = { (scalar: Unicode.Scalar) in [0x1b, 7, 0xb, 0x202e, 0x2066].contains(scalar.value) }
        for text in [found.all, shown.all, made.all, try rollcall.read("l.html"), try rollcall.read("r/review.html")] {
            #expect(!text.unicodeScalars.contains(where: isEscape))
        }
        for name in ["l.html", "r/review.html"] {
            #expect(try !rollcall.read(name).contains("<script>alert"), "\(name)")
        }
        for name in ["l.csv", "r/review.csv", "r/people.csv"] {
            let text = try rollcall.read(name)
            for start in ["=HYPERLINK", "@SUM", "+1-1"] {
                #expect(
                    !text.contains("," + start) && !text.contains("\"" + start) && !text.contains("\n" + start),
                    "\(name)")
            }
        }
        let formulas = try rollcall.shell(
            "cd r && mkdir x && cd x && unzip -q ../review.xlsx && grep -c 'HYPERLINK(&quot;http' xl/worksheets/*.xml | grep -v ':0' ; "
                + "grep -l '<f>HYPER' xl/worksheets/*.xml; cd .. && rm -r x")
        #expect(!formulas.contains("xml"), "\(formulas)")
        try rollcall.requireIntact("r", "with a hostile list")
    }

    @Test func `addresses are compared in the form that mail uses`() throws {
        try rollcall.write(
            Self.header + Self.ada + "Uni,uni@bücher.example,,,Left,\nBob,BOB@ACME.IO,,,Left,\n"
                + "Cy,\"\"\"Cy Roe\"\" <cy@acme.io>\",,,Left,\n", to: "hr.csv")
        let run = try rollcall.run("leavers", "--people", "hr.csv", "--out", "l.csv")
        #expect(run.status == 1, "\(run.all)")
        #expect(
            try rollcall.rows("l.csv").map { $0[0] }.sorted() == [
                "bob@acme.io", "cy@acme.io", "uni@xn--bcher-kva.example",
            ])
    }

    @Test func `a leaver whose address cannot be read is named, and the status says so`() throws {
        try rollcall.write(Self.header + Self.ada + "Bob,bob(at)acme.io,,,Left,\nCy,,,,Left,\n", to: "hr.csv")
        let run = try rollcall.run("leavers", "--people", "hr.csv")
        #expect(
            run.status == 1 && run.errors.contains("1 person has left, with an address that cannot be read"),
            "\(run.all)")
        #expect(run.errors.contains("line 3"), "\(run.all)")
        // Somebody without an address has no account that could be found.
        try rollcall.write(Self.header + Self.ada + "Bob,bob(at)acme.io,,,Active,\nCy,,,,Left,\n", to: "hr.csv")
        let silent = try rollcall.run("leavers", "--people", "hr.csv")
        #expect(silent.status == 0 && silent.all.isEmpty, "\(silent.all)")
    }
}
