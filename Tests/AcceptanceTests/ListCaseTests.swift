import Foundation
import Testing

/// Lists as people bring them, each with what has to become of it: `Tests/Lists`.
@Suite struct ListCaseTests {
    /// One list, with the command and the options.
    struct Case: CustomTestStringConvertible, Sendable {
        var line: String
        /// Those that would be sent, as `ADDRESS TYPE`; nil where the list is refused and nothing is sent.
        var sent: [String]?
        /// What has to be said.
        var said: [String] = []

        init(_ line: String, _ sent: [String]?, _ said: String...) {
            (self.line, self.sent, self.said) = (line, sent, said)
        }

        var testDescription: String { line }
    }

    private static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Lists").path

    private static let lena = "lena.vogt@acme.io DEVELOPER"
    private static let omar = "omar.diaz@acme.io ANALYST"
    private static let mia = "mia.roth@acme.io ANALYST"

    static let cases: [Case] =
        [
            Case(
                "invite 01-google-download-users.csv --account-type DEVELOPER", nil, "--only Status=Active",
                "--all-rows"),
            Case("invite 01-google-download-users.csv --account-type DEVELOPER --only Status=Active", [lena]),
            Case(
                "invite 03-entra-bulk-invite.csv --account-type DEVELOPER",
                ["lena.vogt@partner.example DEVELOPER", "omar.diaz@partner.example DEVELOPER"],
                "the header is on line 2"),
            Case("invite 04-entra-export-users.csv --account-type DEVELOPER", nil, "--only accountEnabled=TRUE"),
            Case(
                "invite 04-entra-export-users.csv --account-type DEVELOPER --only accountEnabled=TRUE",
                [lena, "xi@partner.example DEVELOPER"], "\"userType\""),
            Case(
                "invite 04-entra-export-users.csv --all-rows", nil, "Member  2 rows, from line 2", "Guest   line 4",
                "--map-type Member="),
            Case(
                "invite 07-gitlab-user-permissions.csv", [lena], "Owner     line 2", "Reporter  line 4",
                "column 5 \"Access Level\""),
            Case(
                "invite 07-gitlab-user-permissions.csv --account-type-column none --account-type DEVELOPER",
                [lena, "omar.diaz@acme.io DEVELOPER"], "same row a second time (1)"),
            Case("invite 10-auth0-export.csv", [lena, omar], "text mark"),
            Case("invite 12-salesforce-users.csv --account-type DEVELOPER", nil, "--only IsActive=true"),
            Case(
                "invite 12-salesforce-users.csv --account-type DEVELOPER --only IsActive=true", [lena],
                "rows selected by column 9 \"IsActive\""),
            Case("invite 15-email-is-personal.csv", [lena, omar], "\"Company email\""),
            Case("invite 17-google-contacts.csv --account-type DEVELOPER", nil, "--email-column 'E-mail 2 - Value'"),
            Case(
                "invite 17-google-contacts.csv --account-type DEVELOPER --email-column 5",
                ["lena@home.example DEVELOPER"],
                "omar.diaz@acme.io ::: omar.d@acme.io"),
            Case(
                "invite 22-roles-of-another-product.csv", nil, "Member  line 2", "Guest   line 5",
                "--map-type Member=DEVELOPER"),
            Case(
                "invite 22-roles-of-another-product.csv --account-type DEVELOPER",
                [
                    lena, "omar.diaz@acme.io DEVELOPER", "mia.roth@acme.io DEVELOPER", "xi@partner.example DEVELOPER",
                ], "ignored: \"Role\""),
            Case("invite 22-roles-of-another-product.csv --map-type Member=DEVELOPER", [lena], "Viewer  line 3"),
            Case("invite 24-role-and-type.csv", [lena, omar]),
            Case("invite 25-uid-and-user-id.csv", [lena], "ignored: \"UID\", \"User ID\""),
            Case("invite 26-workspace-column.csv", nil, "--workspace-column none"),
            Case("invite 26-workspace-column.csv --workspace-column none", [lena, omar]),
            Case("invite 27-two-roles-in-a-cell.csv", nil, "Workspace, Admin    line 2"),
            Case("invite 30-title-rows.csv", [lena], "the header is on line 4"),
            Case(
                "invite 37-mixed-encodings.csv", nil, "UTF-8 on lines 2 and 3", "another encoding on line 4"),
            Case("invite 90-html-login.csv", nil, "a web page, perhaps a sign-in page"),
            Case("invite 91-html-table.csv", nil, "a table of a web page"),
            Case("invite 93-json.csv", nil, "JSON"),
            Case("invite 39-whole-row-quoted.csv", nil, "each line in quotes"),
            Case("invite 41-duplicate-header-second-empty.csv", [lena, omar]),
            Case(
                "invite 43-no-header-typo-in-first-role.csv", [omar, "mia.roth@acme.io BUSINESS"],
                "Devloper  line 1; did you mean DEVELOPER?"),
            Case(
                "invite 43-no-header-typo-in-first-role.csv --account-type BUSINESS --account-type-column none",
                ["lena.vogt@acme.io BUSINESS", "omar.diaz@acme.io BUSINESS", "mia.roth@acme.io BUSINESS"]),
            Case("invite 49b-commented-out-row.csv", [lena], ":3:1: error: the row begins with #"),
            Case("invite 51-stray-quotes-swallow-rows.csv", nil, "swallows whole rows: lines 3, 4"),
            Case("invite 60-name-angle.csv", [lena, omar, mia], "a name taken off"),
            Case("invite 66-fullwidth.csv", [lena, omar, mia, "xi@acme.io ANALYST"], "full-width characters replaced"),
            Case("invite 67-bullets-and-emoji.csv", [], "❌ Admin  line 6"),
            Case("invite 69-na-cells.csv", [], "N/A"),
            Case("invite 76-terminated.csv", nil, "--only 'Employee status=Active'"),
            Case("invite 76-terminated.csv --except 'Employee status=Terminated,On leave'", [lena]),
            Case("invite 97b-workbook.xlsx", [lena]),
            Case("disable d1-hr-list-with-status.csv", nil, "--only 'Employment Status=Terminated'"),
            Case(
                "disable d1-hr-list-with-status.csv --only 'Employment Status=Terminated'", ["keiko.okafor.10@acme.io "]
            ),
            Case("disable d4-email-of-the-manager.csv", ["igor.silva.19@acme.io "]),
            Case("disable d6-own-review-part.csv", nil, "rollcall apply"),
            Case("invite d6-own-review-part.csv", nil, "rollcall apply"),
            Case("set-role s1-old-and-new-role.csv", ["igor.silva.19@acme.io ANALYST"], "\"New role\""),
        ]
        + ["cs", "da", "de2", "de3", "es", "ja", "ko", "pt", "ru", "sv", "tr"].map {
            Case("invite 80-lang-\($0).csv", [lena])
        }

    @Test(arguments: cases)
    func `a list as people bring it`(one: Case) throws {
        let rollcall = try Rollcall()
        let words = one.line.split(separator: " ", maxSplits: 2).map(String.init)
        let path = Self.folder + "/" + words[1]
        let line = "$ROLLCALL \(words[0]) \(path) --sandbox --save-plan plan.json " + (words.count > 2 ? words[2] : "")
        let run = try rollcall.start(line: line).wait()
        for text in one.said { #expect(run.errors.contains(text), "\(run.errors)") }
        guard let sent = one.sent else {
            #expect(run.status == 2)
            #expect(run.errors.contains("nothing was sent"))
            #expect(!FileManager.default.fileExists(atPath: rollcall.folder.path + "/plan.json"))
            return
        }
        #expect(run.status == 0, "\(run.errors)")
        let plan = try #require(
            JSONSerialization.jsonObject(with: Data(rollcall.read("plan.json").utf8)) as? [String: Any])
        let rows = (plan["rows"] as? [[String: Any]] ?? []).filter { "\($0["disposition"] ?? "")".hasPrefix("send") }
        #expect(rows.map { "\($0["email"] ?? "") \($0["accountType"] ?? "")" } == sent, "\(run.errors)")
    }
}
