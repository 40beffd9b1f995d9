import Domain
import Foundation
import Testing

@testable import Readers

/// What is asked about a column of leaving dates, and how a date is read.
@Suite struct LeavingDateTests: ListQuestions {
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
        #expect(Day(of: moment, in: TimeZone(secondsFromGMT: 0)!).number == 20_784)
        #expect(Day(of: moment, in: TimeZone(secondsFromGMT: -3600)!).number == 20_783)
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
}
