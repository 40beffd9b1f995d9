import Domain
import Foundation
import Testing

@testable import Readers

private func people(_ bytes: [UInt8], hasFallback: Bool = true) throws -> [PersonRow] {
    var options = ListOptions(.invite)
    options.hasFallback = hasFallback
    options.isType = { AccountType(rawValue: AccountType.word($0) ?? "").isKnown }
    let csv = try CSVReader(source: DataByteSource(Data(bytes), piece: 3), options: CSVOptions())
    var reader = try PeopleReader(.text(csv), options)
    var people: [PersonRow] = []
    try reader.forEach { people.append($0) }
    return people
}

private func people(_ text: String) throws -> [PersonRow] { try people(Array(text.utf8)) }

@Suite struct PeopleReaderTests {
    @Test func `each person comes with the place of each cell`() throws {
        let people = try people("Name,Role,E-mail\n\"Bob\nSmith\",ADMIN,bob@acme.io\n\nEve,ANALYST,eve@acme.io\n")
        #expect(people.map(\.location) == [SourceLocation(line: 2), SourceLocation(line: 5)])
        #expect(people.map(\.email) == ["bob@acme.io", "eve@acme.io"])
        #expect(people.map(\.accountType) == ["ADMIN", "ANALYST"])
        #expect(people.allSatisfy { $0.emailColumn == 3 && $0.accountTypeColumn == 2 && $0.malformation == nil })
        #expect(people.allSatisfy { $0.uid.isEmpty && $0.workspace.isEmpty })
    }

    @Test(arguments: ["\u{feff}", "", "\n\n"])
    func `a file whose first cell is an address has no header`(start: String) throws {
        let people = try people(start + " bob@acme.io,Bob,Workspace admin\neve@acme.io,Eve,\n")
        #expect(people.map(\.email) == [" bob@acme.io", "eve@acme.io"])
        #expect(people.map(\.accountType) == ["Workspace admin", ""])
        #expect(people.map(\.accountTypeColumn) == [3, 3])
    }

    @Test func `without a header and a known type no column holds types`() throws {
        let people = try people("bob@acme.io,boss\n")
        #expect(people.map(\.accountTypeColumn) == [nil])
        #expect(people.map(\.accountType) == [""])
    }

    @Test(arguments: ["email,role", "email,role\n", "\u{feff}E-Mail;Rolle\r\n\r\n;\r\n"])
    func `a header alone is a list of nobody`(text: String) throws {
        #expect(try people(text).isEmpty)
    }

    @Test(arguments: ["", "\n\n", "\u{feff}"])
    func `a file without content is refused`(text: String) {
        #expect(throws: CSVError.empty) { try people(text) }
    }

    @Test func `a row with more than the header is broken, and the next is not`() throws {
        let people = try people("email,role\nbob@acme.io,ADMIN,x,y\neve@acme.io,ANALYST\nbo,\"b\"@acme.io\nx@y.io,A\n")
        #expect(people.map { $0.malformation?.column } == [3, nil, 2, nil])
        #expect(
            people.first?.malformation?.message
                == "the row has 4 fields, and the header has 2; put quotes around a field that contains the delimiter")
        #expect(people.last?.email == "x@y.io")
    }

    @Test func `without a header the first row says how many fields there are`() throws {
        let people = try people("bob@acme.io,ADMIN\neve@acme.io,x,ANALYST\n")
        #expect(people.last?.malformation?.message.hasPrefix("the row has 3 fields, and the first row has 2") == true)
    }

    @Test func `empty fields behind the last column are no surplus`() throws {
        #expect(try people("email,role\nbob@acme.io,ADMIN,,\"\",\n").map(\.malformation?.column) == [nil])
    }

    /// Excel leaves out the delimiters at the end of rows whose last cells are empty.
    @Test func `a row with less than the header lacks only the text of the missing cells`() throws {
        let people = try people("name,email,role\nBob,bob@acme.io\nAnn,ann@acme.io,ADMIN\nEve\n")
        #expect(people.map(\.email) == ["bob@acme.io", "ann@acme.io", ""])
        #expect(people.map(\.accountType) == ["", "ADMIN", ""])
        #expect(people.map(\.emailColumn) == [2, 2, 2])
        #expect(people.allSatisfy { $0.malformation == nil })
    }

    @Test(
        arguments: [
            ("'=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"), ("'+1", "+1"), ("'-bob@acme.io", "-bob@acme.io"),
            ("'@acme", "@acme"), ("\"'\tx\"", "\tx"), ("\"'\rx\"", "\rx"), ("\"'=\"\"a\"\"\"", "=\"a\""),
            ("'bob@acme.io", "'bob@acme.io"), ("''=x", "'=x"), ("''", "''"), ("'", "'"), ("=x", "=x"), ("o'-x", "o'-x"),
        ])
    func `the guard that keeps a spreadsheet from running a cell is taken off`(cell: String, text: String) throws {
        #expect(
            try people(Array("email,role\n\(cell),\(cell)\n".utf8), hasFallback: false)
                .map { [$0.email, $0.accountType] } == [[text, text]])
    }

    @Test(
        arguments: [
            " bob@acme.io ", "\"\tbob@acme.io\t\"", "\" bob@acme.io\"", "\u{a0}bob@acme.io\u{a0}",
            "\u{200b}bob@acme.io\u{feff}", "\u{202f}bob@acme.io\u{2003}", " \"bob@acme.io\" ", "\"\nbob@acme.io\r\n\"",
        ])
    func `white space around an address does no harm, the invisible included`(cell: String) throws {
        for text in ["email,role\n\(cell),ADMIN\n", "\(cell),ADMIN\n"] {
            #expect(try people(text).map { try EmailAddress($0.email).text } == ["bob@acme.io"])
        }
    }

    @Test func `what goes wrong later in the file is told with its line`() throws {
        let bytes = Array("email\nbob@acme.io\n".utf8) + [0xff]
        #expect(throws: CSVError.undecodable(line: 3, encoding: "UTF-8")) { try people(bytes) }
    }
}
