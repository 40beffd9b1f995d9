import Domain
import Foundation
import Testing

@testable import Readers

/// What is asked about the rows of a list, and what is not.
@Suite struct RowQuestionTests: ListQuestions {
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
