import Foundation
import Testing

@testable import Readers

/// Reads only the first row.
private func mapping(_ text: String) throws(CSVError) -> HeaderMap {
    try PeopleReader(source: DataByteSource(Data(text.utf8)), options: CSVOptions()).mapping
}

@Suite struct HeaderMapTests {
    @Test(
        arguments: [
            (
                PeopleField.email,
                [
                    "Email", "EMAIL", "e-mail", "E-mail address", "Email Address [Required]", "E-Mail-Adresse",
                    " email (required) ", "Work_Email", "email:", "E\u{2011}Mail\u{a0}Address", "\u{feff}email",
                    "E-mail 1 - Value", "Correo electrónico", "Correo electro\u{301}nico", "EMA\u{130}L",
                ]
            ),
            (
                .accountType,
                [
                    "role", "ROLE", "account type", "accountType", "Account-Type", "account_type", "Rolle",
                    "Role [READ ONLY]", "Permissions", "Tipo de cuenta",
                ]
            ),
            (.uid, ["uid", "User ID", "user-uid"]),
            (.name, ["Name", "Full name", "displayName"]),
            (.workspace, ["Workspace", "workspace name"]),
        ])
    func `a header is matched by its letters`(field: PeopleField, headers: [String]) {
        for header in headers { #expect(PeopleField(header: header) == field, "\(header)") }
    }

    @Test(arguments: ["", " ", "Team", "Recovery Email [MUST BE IN THE E.164 FORMAT]", "emailed", "roleplay", "[]"])
    func `a header that means something else is left alone`(header: String) {
        #expect(PeopleField(header: header) == nil)
    }

    @Test func `the mapping is told in words`() throws {
        #expect(
            try mapping("Team,Email,,Name,Role\n").description
                == "email address ← column 2 \"Email\", account type ← column 5 \"Role\"; ignored: \"Team\", \"Name\"")
        #expect(
            try mapping("bob@acme.io,ADMIN\n").description
                == "email address ← column 1, account type ← column 2 (no header)")
        #expect(try mapping("email,a\u{1b}[2J\n").description.hasSuffix("; ignored: \"a\\u{1b}[2J\""))
    }

    @Test(
        arguments: [
            (
                "Email,Name,Work email\n", PeopleField.email, [1, 3], ["Email", "Work email"],
                "has several columns that could be the email address: column 1 \"Email\", column 3 \"Work email\"; "
                    + "rename or remove all but one"
            ),
            (
                "type,email,role\n", .accountType, [1, 3], ["type", "role"],
                "has several columns that could be the account type: column 1 \"type\", column 3 \"role\"; rename or "
                    + "remove all but one"
            ),
            (
                "email;email\n", .email, [1, 2], ["email", "email"],
                "has several columns that could be the email address: column 1 \"email\", column 2 \"email\"; rename "
                    + "or remove all but one"
            ),
        ])
    func `two columns that mean the same are refused and both named`(
        text: String, field: PeopleField, columns: [Int], headers: [String], sentence: String
    ) {
        let error = CSVError.ambiguousHeader(line: 1, field, columns: columns, headers: headers)
        #expect(throws: error) { try mapping(text) }
        #expect(error.sentence == sentence)
    }

    @Test func `two columns of names do no harm`() throws {
        #expect(try mapping("Name,Display name,email\n").column(.email) == 2)
    }

    @Test(arguments: ["Name,Role\nbob@acme.io,ADMIN\n", "bob@,ADMIN\n", "Bob,bob@acme.io\n"])
    func `a file without a column of addresses is refused, with the headers that it has`(text: String) throws {
        let error = try #require(throws: CSVError.self) { try mapping(text) }
        let headers = text.prefix { $0 != "\n" }.split(separator: ",").map { "\"\($0)\"" }.joined(separator: ", ")
        #expect(
            error.sentence == "has no column of email addresses: its headers are \(headers); name the column "
                + "\"Email\", \"E-mail address\" or \"Work email\"")
    }

    @Test func `of many headers the first dozen are shown`() throws {
        let text = (1...30).map { "column \($0)" }.joined(separator: ",")
        let error = try #require(throws: CSVError.self) { try mapping(text) }
        #expect(error.sentence.contains("\"column 12\" and 18 more;"))
    }

    @Test func `a header that is not well formed is refused`() {
        let error = CSVError.malformedHeader(
            line: 2, column: 2,
            message: "there is text behind the closing quote; inside a quoted field, write a quote as \"\"")
        #expect(throws: error) { try mapping("\nemail,\"ro\"le\n") }
        #expect(error.sentence.hasPrefix("has a broken header on line 2, column 2: there is text behind"))
    }
}
