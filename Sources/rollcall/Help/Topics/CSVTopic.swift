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
            "A list is a CSV or a workbook with a row for each person. 'invite' needs a column with email addresses and one with account "
                + "types, or --account-type for all rows; 'set-role' takes a uid in place of the address; 'disable' needs "
                + "an address or a uid, and nothing else."),
        .lines([
            "Name,Email,Account type", "Lena Vogt,lena.vogt@acme.io,DEVELOPER", "Ngozi Okafor,ngozi@acme.io,Analyst",
        ]),
        .text(
            "Fields are separated by \(Delimiter.detected.map(\.description).listed("or")); which of them it is, is found out. "
                + "Other characters need --delimiter. The text is UTF-8, or UTF-16 with a byte order mark. Other encodings "
                + "need --encoding: \(CSVOptions.encodings.joined(separator: ", ")), and what 'iconv -l' lists. Blank "
                + "lines, quoted line breaks and either kind of line end are fine. An Excel workbook (.xlsx) is read as well: the "
                + "sheet with people, or the one that --sheet names."
        ),
        .text("The list may come through a pipe: the name - is standard input."),
    ]

    private static let headers: [HelpPage.Block] = [
        .heading("Columns"),
        .text(
            "A column is known by the words of its header and by its values, in nineteen languages. \"Email (work)\" is the "
                + "address; \"Email (private)\", \"Manager email\" and \"Recovery email\" are somebody's, and never used. A "
                + "column holds account types if at least one of its values is one, and uids if the workspace knows them. "
                + "The plan says what was taken for what. Where two columns could be meant, nothing is read until you say "
                + "which:"),
        .terms(PeopleField.allCases.map { ("\($0.option) COLUMN", "the \($0.label)") }),
        .text(
            "The header is looked for in the first twenty rows (--header-row N says where it is). A list without one works "
                + "where one column holds addresses."),
        .heading("Rows"),
        .text(
            "Where a column says that some people are active and others are not, that some have a leaving date, or that some "
                + "accounts are not people's, nothing is sent until you say which rows are meant: --only Status=Active, "
                + "--only 'End date=' for the rows with an empty cell, --except Status=Suspended, or --all-rows. Rows that are "
                + "left out are in the results, as skipped."),
        .text(
            "Titles between the rows, and a second row of headers, divide a list into sections. With people in more than one "
                + "of them, --section TITLE says which one is meant; --section all takes every one."),
    ]

    private static let values: [HelpPage.Block] = [
        .heading("Account types"),
        .text(
            "\(AccountType.known.map(\.rawValue).joined(separator: ", ")), and every type that somebody in the workspace "
                + "has. 'Workspace admin' and 'workspace-admin' are WORKSPACE_ADMIN. What another product calls them is "
                + "said with --map-type Member=DEVELOPER, or once for all in a profile, as accountTypes. --account-type "
                + "fills empty cells; with --account-type-column none every row gets it. A column of another product's words is not "
                + "used then, and without --account-type its Admin has to be mapped like its other words."),
    ]

    private static let results: [HelpPage.Block] = [
        .heading("Results"),
        .text(
            "Afterwards people.results.csv beside the list has one line for every row. --results FILE writes it elsewhere, "
                + "as \(ReportFormat.extensions). Times are in UTC, as "
                + "2026-12-15T09:30:00.000Z."),
        .terms(ResultsReport.columns.map { ($0.key, $0.help) }),
        .text(
            "A cell that a spreadsheet would take for a formula has an apostrophe before it; rollcall takes it off again "
                + "when it reads the file."),
    ]
}
