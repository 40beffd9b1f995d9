import Domain
import Readers
import Reports

/// `rollcall help csv`
enum CSVTopic {
    static var content: (abstract: String, blocks: [HelpPage.Block]) {
        ("Input lists and result files", list + headers + values + people + results)
    }

    private static let list: [HelpPage.Block] = [
        .text(
            "A list is a CSV file or an Excel workbook with one row per person. 'invite' needs a column with email addresses "
                + "and one with account types, or --account-type for all rows. 'set-role' accepts a uid instead of the "
                + "address. 'disable' needs only an address or a uid."),
        .lines([
            "Name,Email,Account type", "Lena Vogt,lena.vogt@acme.io,DEVELOPER", "Ngozi Okafor,ngozi@acme.io,Analyst",
        ]),
        .text(
            "Fields are separated by \(Delimiter.detected.map(\.description).listed("or")); the separator is "
                + "auto-detected; others need --delimiter. The encoding is UTF-8, or UTF-16 with a byte order mark. Other "
                + "encodings need --encoding: \(CSVOptions.encodings.joined(separator: ", ")), or any name that "
                + "'iconv -l' lists. Blank lines, quoted line breaks and both kinds of line endings are supported. In a "
                + "workbook (.xlsx), rollcall reads the sheet with email addresses, or the one given with --sheet."
        ),
        .text("To read standard input, use - as the file name."),
    ]

    private static let headers: [HelpPage.Block] = [
        .heading("Columns"),
        .text(
            "rollcall recognizes columns by their headers and values, in nineteen languages. \"Email (work)\" is used as the "
                + "address; \"Email (private)\", \"Manager email\" and \"Recovery email\" are never used. A column has "
                + "account types if at least one of its values is an account type, and uids if the workspace has them. The "
                + "plan shows which column is used for what. If two columns are possible, rollcall stops; choose one with:"
        ),
        .terms(PeopleField.allCases.map { ("\($0.option) COLUMN", "the \($0.label)") }),
        .text(
            "The header row is auto-detected in the first twenty rows; --header-row N overrides it. A list without headers "
                + "works if exactly one column has addresses."),
        .heading("Rows"),
        .text(
            "If a column shows that some people are inactive, that some have a leaving date, or that some accounts do not "
                + "belong to people, rollcall sends nothing until you select the rows: --only Status=Active, "
                + "--only 'End date=' for rows with an empty cell, --except Status=Suspended, or --all-rows. The results "
                + "list excluded rows as skipped."),
        .text(
            "Titles between the rows, or a second header row, divide a list into sections. If more than one section has "
                + "people, select one with --section TITLE, or all of them with --section all."),
    ]

    private static let values: [HelpPage.Block] = [
        .heading("Account types"),
        .text(
            "\(AccountType.known.map(\.rawValue).joined(separator: ", ")), and every type that a user in the workspace "
                + "has. 'Workspace admin' and 'workspace-admin' mean WORKSPACE_ADMIN. Map the names of other products with "
                + "--map-type Member=DEVELOPER, or with accountTypes in a profile. --account-type fills empty cells; with "
                + "--account-type-column none it applies to every row. A column with another product's names is then not "
                + "used; without --account-type, its Admin has to be mapped like its other names."),
    ]

    private static let people: [HelpPage.Block] = [
        .heading("The company's own list of people"),
        .text(
            "'leavers', and 'review' with --people FILE, compare the accounts with an export of the HR system or the "
                + "directory. It needs a column with work addresses, and one with statuses or last days. Managers, departments "
                + "and start dates are used if there are any; private addresses never are. If a column, a status or a date "
                + "can be read in two ways, rollcall stops and names the option that decides:"),
        .terms([
            ("--people-column FIELD=COLUMN", "the column of a field, for example end='Last day of work', or none"),
            ("--map-status WORD=MEANING", "what a status means: active, suspended or left"),
            ("--date-format D/M/Y", "or M/D/Y"),
        ]),
        .text(
            "In a profile, people names the list, serviceAccounts the accounts that belong to no person, and exceptions the "
                + "accepted findings, each with its last day."),
    ]

    private static let results: [HelpPage.Block] = [
        .heading("Results"),
        .text(
            "After a run, a results file next to the list (people.results.csv for people.csv) has one line per row. --results FILE writes another file: "
                + "\(ReportFormat.extensions). Times are in UTC: 2026-12-15T09:30:00.000Z."),
        .terms(ResultsReport.columns.map { ($0.key, $0.help) }),
        .text(
            "A cell that a spreadsheet would read as a formula starts with an apostrophe; rollcall removes it when it reads "
                + "the file."),
    ]
}
