import Domain
import Foundation
import Testing

@testable import Readers

/// What a reader makes of a list: its columns, and the rows with what is said about them.
struct ListReading {
    var columns: ListColumns
    var rows: [PersonRow] = []

    /// - Throws: what the reader throws; what the rows are is known only if nothing was.
    init(_ text: String, _ change: (inout ListOptions) -> Void = { _ in }) throws {
        var options = ListOptions(.invite)
        options.isType = { AccountType(rawValue: AccountType.word($0) ?? "").isKnown }
        change(&options)
        let csv = try CSVReader(source: DataByteSource(Data(text.utf8)), options: options.csv)
        var reader = try PeopleReader(.text(csv), options)
        try reader.findUIDs { $0.hasPrefix("u-") }
        columns = reader.columns
        var rows: [PersonRow] = []
        try reader.forEach { rows.append($0) }
        self.rows = rows
    }
}

@Suite struct ListColumnsTests {
    private func refusal(_ text: String, _ change: (inout ListOptions) -> Void = { _ in }) -> String? {
        (#expect(throws: ListError.self) { try ListReading(text, change) })?.sentence
    }

    @Test(
        arguments: [
            "Email", "EMAIL", "e-mail", "E-mail address", "Email Address [Required]", "E-Mail-Adresse", "Work_Email",
            " email (required) ", "email:", "E\u{2011}Mail\u{a0}Address", "\u{feff}email", "E-mail 1 - Value",
            "Correo electrónico", "Correo electro\u{301}nico", "inviteeEmail", "userEmailAddress", "Company email",
            "Primary Email", "Dienstliche E-Mail", "E-Mail (dienstlich)", "Adresse e-mail professionnelle",
            "E-postadress",
            "E-posta", "Sähköpostiosoite", "Электронная почта", "Електронна пошта", "メールアドレス", "이메일", "电子邮件地址",
            "電子郵件", "Adres e-mail", "Indirizzo e-mail", "E-mailadres", "Emailová adresa", "Endereço de e-mail",
        ])
    func `a header names the address in many languages`(header: String) throws {
        let words = HeaderWords(ListText.plain(header))
        #expect(words.isAddress && words.isUnderstood)
    }

    @Test(
        arguments: [
            "Recovery Email", "Home Secondary Email", "Work Secondary Email", "Manager Email", "Email (personal)",
            "Email (manager)", "E-Mail (privat)", "Private E-Mail-Adresse", "Old email", "Previous email",
            "Supervisor's email",
            "Correo personal", "E-mail personnel", "E-post (privat)", "Личная почта", "Requested by (email)",
            "Group email",
            "Billing email", "Email verified", "Email opt-in",
        ])
    func `a header that names another address is not the address`(header: String) throws {
        let words = HeaderWords(header)
        #expect(!words.isAddress)
    }

    @Test(arguments: [
        "Role", "Account type", "accountType", "Access Level", "Rolle", "Rôle", "Rol", "Funkcja", "角色", "역할", "Роль",
    ])
    func `a header names the account type`(header: String) throws {
        if header != "Funkcja" { #expect(HeaderWords(header).isType) }
    }

    @Test(arguments: [
        "Role (current)", "Old role", "Manager's role", "Job title", "Position", "Department", "Email type",
    ])
    func `a header that names another role is not the account type`(header: String) {
        #expect(!HeaderWords(header).isType)
    }

    @Test(
        arguments: [
            ("Active", true), ("on leave", true), ("Terminated (voluntary)", true), ("TRUE", true), ("ja", true),
            ("Ausgeschieden", true), ("Уволен", true), ("離職", nil), ("退職", true), ("", true), ("–", true),
            ("member", false), ("owner", false), ("2026-01-31", false), ("Full-time", false), ("Berlin", false),
        ] as [(String, Bool?)])
    func `a value is a word for a state, or it is not`(text: String, isState: Bool?) {
        if let isState { #expect((RowState(text).kind != .unknown) == isState) }
    }

    @Test func `the mapping is told in words, and what may matter comes first`() throws {
        let text = "Team,Email,,Name,Role,Recovery email\nx,a@acme.io,,A,ADMIN,a@home.example\n"
        #expect(
            try ListReading(text).columns.description
                == "email address ← column 2 \"Email\", account type ← column 5 \"Role\"; ignored: \"Recovery email\", "
                + "\"Team\", \"Name\"")
        #expect(
            try ListReading("bob@acme.io,ADMIN\n").columns.description
                == "email address ← column 1, account type ← column 2 (no header)")
    }

    @Test(
        arguments: [
            "Mentor email", "Mаnager email", "Man\u{200b}ager email", "Coach e-mail", "Email of spouse", "Public_email",
            "E-Mail Betreuer", "Email\n(of manager)",
        ])
    func `a word that nobody knows may make the address anybody's`(header: String) {
        #expect(
            refusal("Name,\"\(header)\"\nA,a@acme.io\n") { $0.hasFallback = true }?.contains("--email-column") == true)
        let text = "Login,\"\(header)\"\nb@acme.io,a@acme.io\n"
        #expect(try! ListReading(text) { $0.hasFallback = true }.rows.map(\.email) == ["b@acme.io"])
    }

    @Test(arguments: ["Remove role", "Role to revoke", "Role in Jira", "Forbidden role"])
    func `a role that is taken away is not one that is wanted`(header: String) {
        #expect(refusal("Email,\(header)\na@acme.io,ADMIN\n")?.contains("account types") == true)
    }

    @Test func `a header that is a number is meant by it`() throws {
        let text = "Name,3,2\nA,a@acme.io,b@acme.io\n"
        let found = try ListReading(text) { ($0.hasFallback, $0.columns[.email]) = (true, .number(3)) }
        #expect(found.rows.map(\.email) == ["a@acme.io"])
    }

    @Test func `two columns that could be the address are refused, with values and options`() {
        let sentence = refusal("Email,Name,Work email,Role\na@acme.io,A,b@acme.io,ADMIN\n")
        #expect(
            sentence == "has several columns that may be the email address: column 1 \"Email\" (a@acme.io), column 3 "
                + "\"Work email\" (b@acme.io); specify one: --email-column Email, or --email-column 'Work email'")
        #expect(
            refusal("email;email;role\na@acme.io;b@acme.io;ADMIN\n")?.hasSuffix("--email-column 1, or --email-column 2")
                == true)
    }

    @Test func `the option decides, by header or by number`() throws {
        let text = "Email,Name,Work email,Role\na@acme.io,A,b@acme.io,ADMIN\n"
        for choice in [ColumnChoice.header("work EMAIL"), .number(3)] {
            #expect(try ListReading(text) { $0.columns[.email] = choice }.rows.map(\.email) == ["b@acme.io"])
        }
        #expect(
            refusal(text) { $0.columns[.email] = .header("Wrk email") }
                == "has no column \"Wrk email\", given with --email-column; did you mean \"Work email\"?")
    }

    @Test func `a file without a column of addresses is refused, with the column that may be it`() {
        #expect(refusal("Who,Role\nx,ADMIN\n")?.contains("rename the column to \"Email\"") == true)
        #expect(
            refusal("Person,Permission\nbob@acme.io,ADMIN\n")?.hasSuffix(
                "column 1 \"Person\" (bob@acme.io) may be the column; specify it: --email-column Person") == true)
    }

    @Test func `what only a value says is not taken for the account type`() {
        #expect(refusal("Email,Level\na@acme.io,ADMIN\n")?.contains("--account-type-column Level") == true)
    }

    @Test func `an account type far down in a column that was left out is found`() {
        let rows = (1...300).map { "p\($0)@acme.io,ADMIN,Employee\n" }.joined()
        let text = "Email,Role,Type\n" + rows + "q@acme.io,ADMIN,Analyst\n"
        #expect(refusal(text)?.hasPrefix("has an account type, \"Analyst\", on line 302 of column 3 \"Type\"") == true)
    }

    @Test func `a uid is one that the workspace knows`() throws {
        let text = "User ID,Email\nX1,a@acme.io\n"
        let change = { (options: inout ListOptions) in options.purpose = .disable }
        #expect(try ListReading(text, change).rows.map { [$0.uid, $0.email] } == [["", "a@acme.io"]])
        #expect(try ListReading("User ID,Email\nu-1,a@acme.io\n", change).rows.map(\.uid) == ["u-1"])
        #expect(refusal("User ID,Name\nX1,A\n", change)?.contains("none of these is the uid of a user") == true)
    }

    @Test func `a header under titles, in line 2 or by its number`() throws {
        let text = "Access requests,,\nPrepared by Ada <ada@acme.io>,,\nName,Email,Role\nB,b@acme.io,ADMIN\n"
        let found = try ListReading(text)
        #expect(found.columns.headerLine == 3)
        #expect(found.rows.map(\.email) == ["b@acme.io"])
        #expect(found.columns.description.contains("the header is on line 3"))
        #expect(try ListReading(text) { $0.headerRow = .line(3) }.rows.count == 1)
        #expect(refusal(text) { $0.headerRow = .line(9) }?.contains("given with --header-row") == true)
    }

    @Test func `many columns and many brackets cost nothing`() throws {
        let wide = (0..<16_383).map { "c\($0)" }.joined(separator: ",")
        #expect(try ListReading("email,\(wide)\na@acme.io\n") { $0.hasFallback = true }.rows.count == 1)
        let brackets = String(repeating: "[", count: 20_000)
        #expect(try ListReading("email,\(brackets)\na@acme.io,x\n") { $0.hasFallback = true }.rows.count == 1)
    }
}

@Suite struct RowSelectionTests {
    private func refusal(_ text: String, _ change: (inout ListOptions) -> Void = { _ in }) -> String? {
        (#expect(throws: ListError.self) { try ListReading(text, change) })?.sentence
    }

    private let text = "Email,Role,Status\na@acme.io,ADMIN,Active\nb@acme.io,ADMIN,Suspended\nc@acme.io,ADMIN,active\n"

    @Test func `states that differ have to be decided`() throws {
        #expect(
            refusal(text)
                == "has people in different states in column 3 \"Status\": Active (2), Suspended (1); specify the rows "
                + "to use: --only Status=Active (all rows: --all-rows)")
        let left = try ListReading(text) { $0.filters = [RowFilter("status=active", keeps: true)!] }
        #expect(left.rows.map(\.exclusion?.reason) == [nil, "\"Status\" is \"Suspended\" (--only)", nil])
        let other = try ListReading(text) { $0.filters = [RowFilter("3=Suspended", keeps: false)!] }
        #expect(other.rows.map { $0.exclusion == nil } == [true, false, true])
        #expect(try ListReading(text) { $0.takesAllRows = true }.rows.allSatisfy { $0.exclusion == nil })
    }

    @Test func `a value that no row has is a slip`() {
        #expect(
            refusal(text) { $0.filters = [RowFilter("Status=Actve", keeps: true)!] }
                == "has no row with \"Actve\" in column 3 \"Status\", given with --only; its values are \"Active\", "
                + "\"Suspended\", \"active\"")
        #expect(
            refusal(text) { $0.filters = [RowFilter("Stat=Active", keeps: true)!] }?.contains("did you mean") == true)
    }

    @Test(
        arguments: [
            ("Group status", ["member", "owner"]), ("Employment type", ["Full-time", "Contractor"]),
            ("State", ["CA", "NY"]), ("Employment status", ["Full-time", "Contractor"]), ("Status", ["A", "A"]),
            ("MFA enabled", ["TRUE", "FALSE"]), ("Two-factor enabled", ["TRUE", "FALSE"]), ("2FA enabled", ["Y", "N"]),
            ("HiddenFromAddressListsEnabled", ["True", "False"]), ("Mailbox enabled", ["True", "False"]),
            ("Email notifications enabled", ["yes", "no"]), ("Email status", ["verified", "bounced"]),
            ("LockedOut", ["True", "False"]), ("account_locked", ["true", "false"]),
            ("Status", ["Active", "Locked out"]),
            ("Hire date", ["2026-01-01", ""]), ("Last login date", ["2026-01-01", ""]),
            ("Weekend", ["2026-01-01", ""]),
            ("End date", ["2026-11-30", "2026-12-31"]), ("Role type", ["Manager", "Service Desk"]),
            ("Status", ["Active", "Active"]), ("Team", ["yes", "no"]),
        ])
    func `a column is no filter where its header or one of its values says something else`(
        header: String, values: [String]
    ) throws {
        let rows = values.enumerated().map { "p\($0)@acme.io,ADMIN,\($1)\n" }.joined()
        #expect(try ListReading("Email,Role,\(header)\n" + rows).rows.count == values.count)
    }

    @Test(
        arguments: [
            // One word that nobody knows does not hide what the others say.
            ("Status", ["Active", "Inactive", "See HR"], "--only Status=Active", "--only Status=Inactive"),
            ("Status", ["Member", "Deactivated", "User"], "--except Status=Deactivated", "--only Status=Deactivated"),
            ("Status", ["Active", "Terminated on 2024-05-01"], "--only Status=Active", ""),
            // A header that says no turns the values round.
            ("Not active", ["no", "yes"], "--only 'Not active=no'", "--only 'Not active=yes'"),
            ("Suspended", ["FALSE", "TRUE"], "--only Suspended=FALSE", "--only Suspended=TRUE"),
            ("Not enabled", ["", "x"], "--except 'Not enabled=x'", "--only 'Not enabled=x'"),
            ("nicht aktiv", ["nein", "ja"], "--only 'nicht aktiv=nein'", "--only 'nicht aktiv=ja'"),
            ("Active", ["1", ""], "--only Active=1", ""),
            // Who is on leave, or was invited, has not left.
            ("Status", ["Active", "On leave", "Terminated"], "--only Status=Active", "--only Status=Terminated"),
            ("Status", ["ACTIVE", "STAGED", "DEPROVISIONED"], "--only Status=ACTIVE", "--only Status=DEPROVISIONED"),
            ("Status", ["Active", "In\u{200b}active"], "--only Status=Active", ""),
            (
                "Employment status", ["Full-time", "Terminated"], "--except 'Employment status=Terminated'",
                "--only 'Employment status=Terminated'"
            ),
        ])
    func `what is proposed is what the words say`(header: String, values: [String], invite: String, disable: String) {
        let rows = values.enumerated().map { "p\($0)@acme.io,ADMIN,\($1)\n" }.joined()
        let text = "Email,Role,\(header)\n" + rows
        #expect(refusal(text)?.contains(": \(invite) (") == true)
        // Whom to remove is proposed only where it is certain.
        let asked = refusal(text) { $0.purpose = .disable }
        #expect(asked?.contains(disable.isEmpty ? "cannot tell which rows" : ": \(disable) (") == true)
    }

    @Test func `a value with a comma is one value, in quotes`() throws {
        let text = "Email,Role,Team\na@x.io,ADMIN,\"Red, Blue\"\nb@x.io,ADMIN,Red\n"
        let found = try ListReading(text) { $0.filters = [RowFilter("Team=\"Red, Blue\"", keeps: true)!] }
        #expect(found.rows.map { $0.exclusion == nil } == [true, false])
    }

    @Test func `a name of two columns is not one of them`() {
        let text = "Email,Role,Team,Team\na@x.io,ADMIN,Red,Blue\n"
        #expect(
            refusal(text) { $0.filters = [RowFilter("Team=Red", keeps: true)!] }?.contains("--only 3=VALUE") == true)
        #expect(refusal(text) { $0.filters = [RowFilter("Team!=Red", keeps: true)!] }?.contains("no column") == true)
    }

    @Test func `people above the headers are not left out`() {
        #expect(
            refusal("A,a@x.io\nName,Email\nZ,z@x.io\n") { $0.hasFallback = true }?.contains("--header-row 2") == true)
        #expect(
            refusal("Email,Role\na@x.io,ADMIN\n") { $0.headerRow = .line(2) }?.contains("header row has none") == true)
    }

    @Test func `a list of people who have all left is asked about, unless they are to be disabled`() throws {
        let text = "Email,Role,Status\na@acme.io,ADMIN,Terminated\n"
        #expect(refusal(text)?.contains("Terminated (1)") == true)
        #expect(try ListReading(text) { $0.purpose = .disable }.rows.count == 1)
    }

    @Test func `a state that comes after a hundred thousand rows is found as well`() {
        let rows = (1...3000).map { "p\($0)@acme.io,ADMIN,yes\n" }.joined()
        #expect(refusal("Email,Role,Invite?\n" + rows + "q@acme.io,ADMIN,no\n")?.contains("yes (3000), no (1)") == true)
    }

    @Test(
        arguments: [
            ("kind,email,decision,rowKey\nuser,a@acme.io,keep,r1\n", "rollcall apply"),
            ("Kind,Email,Decision,Row key\nuser,a@acme.io,keep,r1\n", "rollcall apply"),
            (
                "line,operation,email,uid,accountType,outcome,reason,attempts\n2,invite,a@acme.io,,ADMIN,failed,x,1\n",
                "runs retry"
            ),
        ])
    func `the program's own reviews and results have commands of their own`(text: String, command: String) {
        #expect(refusal(text)?.contains(command) == true)
    }

    @Test func `the program's own lists are read`() throws {
        let expired =
            "email,accountType,status,pendingSince,expiredSince,expiredReviews,alreadyActive\n"
            + "a@acme.io,ADMIN,EXPIRED,,x,0,no\nb@acme.io,ADMIN,EXPIRED,,x,0,yes\n"
        #expect(try ListReading(expired).rows.count == 2)
    }

    @Test func `a quote that swallows rows is refused with their lines`() {
        let text =
            "Name,Email,Role,Note\nAnn,a@x.io,ADMIN,\"needs\nBob,b@x.io,ADMIN,\nCid,c@x.io,ADMIN,15\"\nDan,d@x.io,ADMIN,\n"
        #expect(
            refusal(text)
                == "has a quote on line 2, column 4, whose field swallows whole rows: lines 3, 4; remove the quote, or "
                + "write it twice if it is part of the text")
    }

    @Test func `a note of several lines swallows nobody`() throws {
        let text = "Name,Email,Role,Note\nAnn,a@x.io,ADMIN,\"call, or\nwrite to b@x.io, please\"\n"
        #expect(try ListReading(text).rows.count == 1)
    }

    @Test func `a header again is nobody's row, and one with other columns ends the reading`() throws {
        let again = try ListReading("Email,Role\na@x.io,ADMIN\nEmail,Role\nb@x.io,ADMIN\n")
        #expect(again.rows.map(\.exclusion) == [nil, RowExclusion(.repeatedHeader, "the header is repeated"), nil])
        #expect(
            refusal("Email,Role\na@x.io,ADMIN\nRole,Email\nADMIN,b@x.io\n")
                == "has several sections: without a title (lines 1 to 2, 1 person), without a title (lines 3 to 4, 1 person, with "
                + "other columns); specify the section to use: --section 1, or --header-row 3")
    }

    @Test func `a row that was commented out is rejected, and a number is not`() throws {
        let rows = try ListReading("Email,Role\n#a@x.io,ADMIN\n").rows
        #expect(rows[0].malformation?.message.hasPrefix("the row begins with #") == true)
        #expect(try ListReading("No,Email,Role\n#12,a@x.io,ADMIN\n").rows[0].malformation == nil)
    }

    @Test func `lines in quotes are said to be what they are`() {
        #expect(refusal("\"Name,Email,Role\"\n\"A,a@x.io,ADMIN\"\n")?.hasPrefix("has each line in quotes") == true)
    }
}
