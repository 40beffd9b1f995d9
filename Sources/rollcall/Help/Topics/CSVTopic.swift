import Domain
import Readers
import Reports

/// `rollcall help csv`
enum CSVTopic {
    static var content: (abstract: String, blocks: [HelpPage.Block]) {
        ("Which lists of people are read, and which results are written", list + headers + values + results)
    }

    private static let list: [HelpPage.Block] = [
        .text(
            "A list is a CSV with a row for each person. 'invite' needs a column with email addresses and one with account "
                + "types, or --account-type for all rows; 'set-role' takes a uid in place of the address; 'disable' needs "
                + "an address or a uid, and nothing else."),
        .lines([
            "Name,Email,Account type", "Lena Vogt,lena.vogt@acme.io,DEVELOPER", "Ngozi Okafor,ngozi@acme.io,Analyst",
        ]),
        .text(
            "Fields are separated by \(words(Delimiter.detected.map(\.description))); which of them it is, is found out. "
                + "Other characters need --delimiter. The text is UTF-8, or UTF-16 with a byte order mark. Other encodings "
                + "need --encoding: \(CSVOptions.encodings.joined(separator: ", ")), and what 'iconv -l' lists. Blank "
                + "lines, quoted line breaks and either kind of line end are fine. A workbook has to be saved as CSV first."
        ),
        .text("The list may come through a pipe: the name - is standard input."),
    ]

    private static let headers: [HelpPage.Block] = [
        .heading("Headers"),
        .text(
            "Upper and lower case, spaces, punctuation and accents make no difference, and neither do additions in brackets: "
                + "\"E-Mail Address [Required]\" is emailaddress. Columns with other headers are left alone. The plan says "
                + "what was taken for what."),
        .terms(PeopleField.allCases.map { ($0.label, $0.headers.joined(separator: ", ")) }),
        .text(
            "A list without a header works where the first cell is an address: the first column holds addresses, and the "
                + "first column with a known account type in it holds those."),
    ]

    private static let values: [HelpPage.Block] = [
        .heading("Account types"),
        .text(
            "\(AccountType.known.map(\.rawValue).joined(separator: ", ")), and every type that somebody in the workspace "
                + "has. 'Workspace admin' and 'workspace-admin' are WORKSPACE_ADMIN."),
    ]

    private static let results: [HelpPage.Block] = [
        .heading("Results"),
        .text(
            "Afterwards people.results.csv beside the list has one line for every row. --results FILE writes it elsewhere, "
                + "as \(words(ReportFormat.allCases.map { "." + $0.rawValue })). Times are in UTC, as "
                + "2026-12-15T09:30:00.000Z."),
        .terms(ResultsReport.columns.map { ($0.key, $0.help) }),
        .text(
            "A cell that a spreadsheet would take for a formula has an apostrophe before it; rollcall takes it off again "
                + "when it reads the file."),
    ]

    /// `a, b, c or d`
    private static func words(_ words: [String]) -> String {
        words.dropLast().joined(separator: ", ") + " or " + (words.last ?? "")
    }
}
