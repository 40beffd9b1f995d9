import Domain
import Foundation
import Testing

@testable import Readers

/// What is asked about the rows of a list, and what is not.
@Suite struct RowQuestionTests {
    /// 2026-11-27
    static let today = 20_784

    private func refusal(_ text: String, _ change: (inout ListOptions) -> Void = { _ in }) -> String? {
        do {
            _ = try ListReading(text) {
                ($0.hasFallback, $0.today) = (true, Self.today)
                change(&$0)
            }
            return nil
        } catch {
            return (error as? ListError)?.sentence ?? "\(error)"
        }
    }

    /// A list with one column beside the address.
    private func list(_ header: String, _ values: [String]) -> String {
        "Email,\(header)\n" + values.enumerated().map { "p\($0)@acme.io,\($1)\n" }.joined()
    }

    /// What is asked, from the values on; empty if nothing is.
    private func question(_ text: String, _ purpose: WorkspaceChange.Kind) -> String {
        let sentence = refusal(text) { $0.purpose = purpose } ?? ""
        guard let name = sentence.firstMatch(of: #/ in column \d+( ".*?")?: /#) else { return "" }
        return String(sentence[name.range.upperBound...])
            .replacing(#/; the program cannot tell which rows to use\. .*/#, with: "")
            .replacing(" (all rows: --all-rows)", with: "").replacing("; specify the rows to use", with: "")
    }

    // MARK: Codes

    @Test(
        arguments: [
            ("Employment Status", ["A", "A", "L", "T"]), ("Employment Status", ["A", "T"]),
            ("Worker Status", ["A", "T", ""]),
            ("Status", ["A", "I"]), ("Status", ["1", "3"]), ("Status", ["1", "0"]), ("Status", ["f", "t"]),
            ("Status", ["Open", "Berlin"]), ("Status", ["T", ""]), ("Employment Status Code", ["A", "L", "T"]),
            ("Status", ["AC", "TE"]),
        ])
    func `a column of states that are not understood is asked about, and nothing is proposed`(
        header: String, values: [String]
    ) {
        let text = list(header, values)
        let asked = question(text, .invite)
        #expect(asked == question(text, .disable))
        var seen: [String] = []
        for value in values where !seen.contains(value) { seen.append(value) }
        #expect(!asked.contains("--"))
        for value in seen {
            let count = values.count { $0 == value }
            #expect(asked.contains("\(value.isEmpty ? "empty" : value) (\(count))"), "\(asked)")
        }
    }

    @Test(
        arguments: [
            ("Active", ["Y", "N"], "--only Active=Y"), ("Active", ["T", "F"], "--only Active=T"),
            ("Active", ["1", "0"], "--only Active=1"), ("Active", ["x", ""], "--only Active=x"),
            ("Suspended", ["T", "F"], "--only Suspended=F"), ("Invite?", ["Y", "N"], "--only 'Invite?=Y'"),
            ("Aktiv", ["J", "N"], "--only Aktiv=J"), ("Активен", ["Д", "Н"], "--only 'Активен=Д'"),
            // Not a pair: what T is beside A is not known.
            ("Active", ["A", "T"], ""),
        ])
    func `two letters that belong together are a yes and a no`(header: String, values: [String], option: String) {
        #expect(question(list(header, values), .invite).hasSuffix(option.isEmpty ? "(1)" : ": " + option))
    }

    @Test(
        arguments: [
            (
                "User lock", ["Not locked", "Locked by administrator"],
                ("--only 'User lock=Not locked'", "(1)")
            ),
            (
                "Benutzersperre", ["Nicht gesperrt", "Durch Administrator gesperrt"],
                ("--only 'Benutzersperre=Nicht gesperrt'", "(1)")
            ),
            ("Locked status", ["Not suspended", "Suspended"], ("", "")),
            ("Suspended", ["Active", "Suspended"], ("--only Suspended=Active", "(1)")),
            ("Status", ["not yet terminated", "terminated"], ("'Status=not yet terminated'", "Status=terminated")),
            ("Status", ["Active", "On leave"], ("--only Status=Active", "(1)")),
            (
                "Assignment status",
                ["Active - No Payroll", "Inactive - Process When Earning", "Suspended - No Payroll"],
                (
                    "--only 'Assignment status=Active - No Payroll'",
                    "--only 'Assignment status=Inactive - Process When Earning'"
                )
            ),
            // "No, locked" or "not locked": nobody can tell, so that nothing is proposed.
            (
                "Status", ["no locked", "locked"],
                ("(1)", "(1)")
            ),
            (
                "Person type", ["Employee", "Ex-employee"],
                ("--except 'Person type=Ex-employee'", "--only 'Person type=Ex-employee'")
            ),
        ] as [(String, [String], (String, String))])
    func `a state that is spelled out is taken at its word`(
        header: String, values: [String], options: (invite: String, disable: String)
    ) {
        let text = list(header, values)
        #expect(question(text, .invite).hasSuffix(options.invite), "\(question(text, .invite))")
        #expect(question(text, .disable).hasSuffix(options.disable), "\(question(text, .disable))")
    }

    @Test(
        arguments: [
            ("Sit. Folha", ["Normal", "Férias", "Demitido"], "(1)", "--only 'Sit. Folha=Demitido'"),
            ("Pracovní poměr", ["trvá", "mateřská dovolená", "ukončen"], "--only 'Pracovní poměr=trvá'", "=ukončen'"),
            ("Membership", ["Member", "Former member"], "=Former member'", "--only 'Membership=Former member'"),
            // One state for everybody: who is to be invited has left, or who is to be disabled is active.
            ("Status", ["Terminated", "Resigned"], "(1)", ""), ("Status", ["Active", "Active"], "", "(2)"),
            ("Reason", ["Resigned", "Parental leave"], "(1)", "(1)"), ("Reason", ["Resigned", "Retired"], "(1)", ""),
            ("理由", ["自己都合", "定年"], "(1)", ""), ("Job title", ["Service Account Manager", "Analyst"], "", ""),
            ("license_english_status", ["active", "inactive"], "", ""), ("Exempt", ["Y", "N"], "", ""),
            ("Status", ["Not activated", "Frozen", "Disabled"], "(1)", "--only Status=Disabled"),
            ("Status", ["gekündigt", "ausgeschieden"], "(1)", "--only Status=ausgeschieden"),
        ])
    func `one word for who has left is enough to ask`(
        header: String, values: [String], invite: String, disable: String
    ) {
        for (purpose, end) in [(WorkspaceChange.Kind.invite, invite), (.disable, disable)] {
            let asked = question(list(header, values), purpose)
            #expect(end.isEmpty ? asked.isEmpty : asked.hasSuffix(end), "\(purpose): \(asked)")
        }
    }

    @Test func `a no to an invitation is no reason to remove anybody`() {
        for header in ["Send Invite (Y/N)", "activated", "Invited", "Einladung verschickt"] {
            #expect(question(list(header, ["Y", "N"]), .disable).isEmpty, "\(header)")
        }
        #expect(question(list("Send Invite (Y/N)", ["Y", "N"]), .invite).hasSuffix(": --only 'Send Invite=Y'"))
        #expect(question(list("Do not invite", ["", "x"]), .invite).hasSuffix(": --except 'Do not invite=x'"))
    }

    @Test func `a column of states that tells more than a yes and a no is asked about after it`() {
        let text = "Email,Active,Employment Status\na@x.io,1,Current\nb@x.io,0,Leaver\nc@x.io,0,Garden Leave\n"
        let sentence = refusal(text) {
            ($0.purpose, $0.filters) = (.disable, [RowFilter("Active=0", keeps: true)!])
        }
        #expect(sentence?.contains("Leaver (1), Garden Leave (1)") == true)
    }

    // MARK: Lists without headers

    @Test(
        arguments: [
            (["Active", "Deactivated"], ("--only 2=Active", "--only 2=Deactivated")),
            (["", "Deactivated"], ("--except 2=Deactivated", "--only 2=Deactivated")),
            (["Full-time", "Part-time", "Terminated"], ("--except 2=Terminated", "--only 2=Terminated")),
            (["", "2026-03-31"], ("--only 2=", "--only 2=past")),
            (["true", "false"], ("(1)", "(1)")), (["1", "0"], ("(1)", "(1)")),
            (["Berlin", "Active"], ("", "")), (["NO", "NO"], ("", "")), (["Left Bank", "Berlin"], ("", "")),
        ] as [([String], (String, String))])
    func `a column without a header is asked about if all it holds are states`(
        values: [String], options: (invite: String, disable: String)
    ) {
        let rows = values.enumerated().map { "p\($0)@acme.io,\($1),Lena\n" }.joined()
        for text in [rows, "Email,,Name\n" + rows] {
            #expect(question(text, .invite).hasSuffix(options.invite), "\(question(text, .invite))")
            #expect(question(text, .disable).hasSuffix(options.disable), "\(question(text, .disable))")
            #expect(options.invite.isEmpty == question(text, .invite).isEmpty)
        }
    }

    // MARK: Leaving dates

    @Test(
        arguments: [
            "Termination Date", "Last day of work", "Deactivated at", "Removed", "DELETED_ON",
            "UNSUB_TIME", "End date", "Dismissal date", "terminationDate", "Exit date",
            "Austrittsdatum", "Letzter Arbeitstag", "Gelöscht am", "Enddatum", "Date de sortie", "Date de fin",
            "Data de desligamento", "Data cessazione", "Uitdiensttreding", "Einddatum",
            "Data zwolnienia", "Datum ukončení", "Slutdatum", "Fratrædelsesdato", "Sluttdato", "Päättymispäivä",
            "Çıkış tarihi", "Дата увольнения", "Дата звільнення", "退職日", "퇴사일", "离职日期",
        ])
    func `a leaving date in some rows is asked about, and an empty cell can be chosen`(header: String) throws {
        let text = list(header, ["", "", "2026-03-02"])
        let name = ShellWord.quoted(header + "=")
        #expect(
            question(text, .invite) == "no date (2), a date in the past (1): --only \(name)",
            "\(question(text, .invite))"
        )
        #expect(question(text, .disable).hasSuffix(": --only \(ShellWord.quoted(header + "=past"))"))
        for (keeps, kept) in [(true, [true, true, false]), (false, [false, false, true])] {
            let rows = try ListReading(text) {
                ($0.hasFallback, $0.filters) = (true, [RowFilter("\(header)=", keeps: keeps)!])
            }.rows
            #expect(rows.map { $0.exclusion == nil } == kept)
        }
    }

    @Test(
        arguments: [
            "Actual Termination Date", "Termination Date (Actual)", "Assignment End Date", "Projected termination date",
            "Last Working Date", "Last Active Date", "Effective End Date", "Closed Date", "Valid To", "Valid until",
            "Valid thru", "validTo", "Gültig bis", "Access expires on", "Vertrag bis", "Valable jusqu’au",
            "Válido hasta", "Válido até", "Valido fino al", "Geldig tot", "Ważny do", "Platnost do", "Giltig till",
            "Gyldig til", "Voimassa asti", "Geçerlilik bitiş tarihi", "Срок действия", "Дійсний до", "有効期限",
            "유효기간", "有效期至", "GLTGB", "x_termination_date_c", "Employee.EndDate",
        ])
    func `a header that may name a leaving date is asked about if its cells are dates`(header: String) {
        let text = list(header, ["", "00000000", "31.12.9999", "2026-03-02"])
        let dates = "no date (2), a date that never comes (1), a date in the past (1): "
        let short = header.components(separatedBy: " (")[0]
        let name = ShellWord.quoted(short + "=none,future")
        #expect(question(text, .invite) == dates + "--only \(name)")
        #expect(question(text, .disable) == dates + "--only " + ShellWord.quoted(short + "=past"))
    }

    @Test(
        arguments: [
            ("Password expires on", ["", "2026-03-02"]), ("Assignment end reason", ["", "Resignation"]),
            ("Last login date", ["", "2026-03-02"]), ("Trial end date", ["", "2026-03-02"]),
            ("Valid from", ["", "2026-03-02"]), ("Front End Team", ["", "Blue"]),
            ("Foo end date", ["", "31.12.9999"]), ("Parental leave end", ["", "2026-03-02"]),
            ("Ende Probezeit", ["", "2026-03-02"]), ("育休終了日", ["", "2026-03-02"]),
            ("Effective End Date", ["4712-12-31", "4712-12-31"]),
        ])
    func `dates of something else, and dates that never come, are not asked about`(header: String, values: [String]) {
        #expect(question(list(header, values), .invite).isEmpty)
        #expect(question(list(header, values), .disable).isEmpty)
    }

    @Test(
        arguments: [
            // Nobody has left yet.
            (["", "2026-12-31"], "", "no date (1), today or later (1)"),
            (
                ["", "2026-12-31", "2026-03-02"],
                "no date (1), a date in the past (1), today or later (1): --only 'End date=,future'",
                ": --only 'End date=past'"
            ),
            (["", "31-Mar-26", "31 décembre 2030"], ": --only 'End date=,future'", ": --only 'End date=past'"),
            (["47848", "46112", "-"], ": --only 'End date=-,future'", ": --only 'End date=past'"),
            (["1775000000", "1900000000000"], ": --only 'End date=future'", ": --only 'End date=past'"),
            // 3 February or 2 March: both are past; 1 December or 12 January: one is not.
            (["", "03/02/2026"], "a date in the past (1)", ": --only 'End date=past'"),
            (["", "01/12/2026"], "a date that can be read in two ways (1): --only 'End date='", "ways (1)"),
            (["", "left"], "other text, such as \"left\" (1): --only 'End date='", ": --only 'End date=left'"),
            (["", "令和12年"], "other text, such as \"令和12年\" (1): --only 'End date='", "令和12年\" (1)"),
            // Everybody has a date.
            (["9999-12-31", "2026-03-02"], ": --only 'End date=future'", ": --only 'End date=past'"),
            (["2026-03-02", "2026-03-01"], "a date in the past (2)", ""),
            (["2026-12-31"], "", "today or later (1)"),
            (["", "n/a", "9999-12-31"], "", "no date (2), a date that never comes (1)"),
        ])
    func `dates are counted by whether they are past`(values: [String], invite: String, disable: String) {
        let text = list("End date", values)
        for (purpose, part) in [(WorkspaceChange.Kind.invite, invite), (.disable, disable)] {
            let asked = question(text, purpose)
            #expect(part.isEmpty ? asked.isEmpty : asked.contains(part), "\(purpose): \(asked)")
            #expect(part.contains("--") == asked.contains("--") || part.hasPrefix("a date"), "\(asked)")
        }
    }

    @Test(
        arguments: [
            "-", ".  .  .", "n/a", "NULL", "Never", "current", "01.01.0001", "1900-01-01", "1/0/1900", "néant", "在籍中",
            "unbefristet", "1970-01-01", "00/00/0000", "0", "Never Expires", "/  /",
        ])
    func `what stands for no date is none`(text: String) {
        let list = list("Termination date", [text, "2026-03-02"])
        #expect(question(list, .disable) == "no date (1), a date in the past (1): --only 'Termination date=past'")
        #expect(
            question(list, .invite).hasSuffix(
                ": --only " + ShellWord.quoted("Termination date=" + (text.contains(" ") ? "none" : text))))
    }

    @Test func `past and future choose dates`() throws {
        let text = list("End date", ["", "2026-03-02", "2027-01-31", "9999-12-31", "03/12/2026"])
        for (values, kept) in [
            ("past", [1]), ("future", [2, 3]), (",future", [0, 2, 3]), ("none", [0]), ("none,future", [0, 2, 3]),
        ] {
            let rows = try ListReading(text) {
                ($0.hasFallback, $0.today) = (true, Self.today)
                $0.filters = [RowFilter("End date=\(values)", keeps: true)!]
            }.rows
            #expect(rows.indices.filter { rows[$0].exclusion == nil } == kept)
        }
        #expect(
            refusal(list("End date", ["", "x"])) { $0.filters = [RowFilter("End date=past", keeps: true)!] }?
                .contains("has no row with \"past\"") == true)
    }

    @Test func `many different dates are counted as well`() {
        let days = (1...28).flatMap { day in ["01", "02", "03"].map { "2026-\($0)-\(day < 10 ? "0" : "")\(day)" } }
        #expect(question(list("End date", days + [""]), .invite).hasPrefix("no date (1), a date in the past (84)"))
    }

    @Test(
        arguments: [
            ("2026-03-02", "2026-03-02"), ("2026-03-02 10:00:00.000 -0800", "2026-03-02"), ("2026/03/02", "2026-03-02"),
            ("2.3.2026", "2026-03-02"), ("20260302103000.0Z", "2026-03-02"), ("20260302", "2026-03-02"),
            ("2 Mar 2026", "2026-03-02"), ("March 2, 2026", "2026-03-02"), ("2026年3月2日", "2026-03-02"),
            ("31/03/2026", "2026-03-31"), ("03/31/26", "2026-03-31"), ("02/03/2026", nil), ("2026-02-30", nil),
            ("17", nil),
            ("", nil), ("Marketing 2, 2026", "2026-03-02"), ("31.12.9999", "9999-12-31"),
        ] as [(String, String?)])
    func `a date is read where it can be only one`(text: String, day: String?) {
        let date = WrittenDate(text)
        let parts = day?.split(separator: "-").compactMap { Int($0) }
        let expected = parts.flatMap { WrittenDate.number($0[0], $0[1], $0[2]) }
        if let expected {
            #expect(date?.earliest == expected && date?.latest == expected)
        } else {
            #expect(date == nil || date?.earliest != date?.latest)
        }
    }

    @Test func `the day is that of the time zone`() {
        let moment = Date(timeIntervalSince1970: 1_795_737_600)
        #expect(WrittenDate.number(of: moment, in: TimeZone(secondsFromGMT: 0)!) == 20_784)
        #expect(WrittenDate.number(of: moment, in: TimeZone(secondsFromGMT: -3600)!) == 20_783)
    }

    @Test(arguments: [
        "Suspended at", "Date suspended", "Contract end date", "Vertragsende", "Suspension Date", "Fecha de baja",
    ])
    func `whose contract has ended, or who was suspended, need not have left`(header: String) {
        let asked = question(list(header, ["", "2026-03-02"]), .disable)
        #expect(asked == "no date (1), a date in the past (1)")
    }

    @Test func `a state is asked about before a date, which may be that of a leave`() {
        let text =
            "Email,LAST_DATE_WORKED,HR Status\na@x.io,,Active\nb@x.io,2026-03-02,Active\nc@x.io,2026-01-01,Terminated\n"
        #expect(refusal(text) { $0.purpose = .disable }?.contains("--only 'HR Status=Terminated'") == true)
        let filters = [RowFilter("HR Status=Terminated", keeps: true)!]
        #expect(refusal(text) { ($0.purpose, $0.filters) = (.disable, filters) } == nil)
    }

    // MARK: Directories

    @Test(
        arguments: [
            ("userAccountControl", ["512", "66048", "514", "0x10202"], "514,0x10202"),
            ("nsAccountLock", ["", "true", "FALSE"], "true"), ("shadowExpire", ["-1", "", "20000", "30000"], "20000"),
            ("accountExpires", ["0", "9223372036854775807", "133500000000000000"], "133500000000000000"),
            ("loginDisabled", ["TRUE", "FALSE"], "TRUE"), ("UFLAG", ["0", "128", "64", "32"], "64,32"),
            ("krbprincipalexpiration", ["", "20250630000000Z", "20991231000000Z"], "20250630000000Z"),
        ])
    func `a directory says who is disabled`(header: String, values: [String], out: String) {
        let text = list(header, values)
        #expect(question(text, .disable).hasSuffix(": --only \(header)=\(out)"), "\(question(text, .disable))")
        #expect(question(text, .invite).contains(": --except \(header)=\(out)") == (header != "loginDisabled"))
    }

    // MARK: Accounts that are no people's

    @Test(
        arguments: [
            ("RecipientTypeDetails", ["UserMailbox", "SharedMailbox", "RoomMailbox"], "SharedMailbox,RoomMailbox"),
            ("type", ["PERSON", "SERVICE", "LEGACY_SERVICE"], "SERVICE,LEGACY_SERVICE"),
            ("Site Role", ["Viewer", "Unlicensed"], "Unlicensed"),
            ("License", ["Licensed", "Unlicensed"], "Unlicensed"),
            ("internal_integration_user", ["false", "true"], "true"), ("Service account", ["N", "Y"], "Y"),
            ("employeeType", ["Full-time", "Contractor", "Service"], "Service"),
            (
                "Benutzertyp", ["A Dialog", "B System", "C Kommunikation", "L Referenz"],
                "B System,C Kommunikation,L Referenz"
            ),
            ("Principal Type", ["User", "App", "Person", "Group"], "App,Group"),
            (
                "OU Name", ["acme/Staff", "acme/Sales", "acme/Service Accounts", "acme/Shared Mailboxes"],
                "acme/Service Accounts,acme/Shared Mailboxes"
            ),
        ])
    func `accounts that are no people's are asked about`(header: String, values: [String], nobody: String) {
        let text = list(header, values)
        let option = ShellWord.quoted("\(header)=\(nobody)")
        #expect(question(text, .invite).hasSuffix(": --except \(option)"), "\(question(text, .invite))")
        #expect(question(text, .disable).hasSuffix(": --except \(option)"))
    }

    // MARK: One question at a time

    @Test func `pending deletion is leaving, and being locked out is not`() {
        let text = list("Status", ["active", "pending deletion", "locked out"])
        #expect(question(text, .invite).hasSuffix(": --only 'Status=active,locked out'"))
        #expect(question(text, .disable).hasSuffix(": --only 'Status=pending deletion'"))
    }

    @Test func `only rows that are left are asked about, one column at a time`() throws {
        let text = "Email,Suspended,Deleted,End date\na@x.io,no,no,\nb@x.io,yes,no,2026-01-01\nc@x.io,no,yes,\n"
        #expect(refusal(text)?.contains("Suspended=no") == true)
        #expect(refusal(text)?.contains("Deleted") == false)
        let next = refusal(text) { $0.filters = [RowFilter("Suspended=no", keeps: true)!] }
        #expect(next?.contains("\"Deleted\": no (1), yes (1)") == true)
        // The row with an end date is left out already.
        let filters = [RowFilter("Suspended=no", keeps: true)!, RowFilter("Deleted=no", keeps: true)!]
        #expect(refusal(text) { $0.filters = filters } == nil)
    }

    @Test func `options that leave nobody are refused`() {
        let text = "Email,Suspended,Team\na@x.io,no,Red\nb@x.io,yes,Blue\n"
        let filters = [RowFilter("Suspended=no", keeps: true)!, RowFilter("Team=Blue", keeps: true)!]
        #expect(
            refusal(text) { $0.filters = filters }
                == "has 2 rows, all excluded by --only column 2 \"Suspended\" and --only column 3 \"Team\"; "
                + "remove or correct an option")
    }

    @Test func `type and state are asked about in one go`() {
        let text = list("Status", ["Active", "Suspended"])
        let sentence = refusal(text) { $0.hasFallback = false }
        #expect(sentence?.contains("--account-type DEVELOPER; it has people in different states") == true)
    }
}
