import Domain

/// Why a list of people is not read: it has several possible readings, or is certainly something else.
public enum ListError: ReadingError, Equatable, Sendable {
    /// A column to choose from.
    public struct Candidate: Equatable, Sendable {
        /// Counted from 1.
        var number: Int
        /// Empty if the list has no header.
        var header: String
        /// The name for an option, without text in brackets.
        var short: String
        /// Some of its values.
        var samples: [String]
    }

    /// No column contains addresses; with the headers, and columns whose values look like addresses.
    case noAddresses(line: Int, headers: [String], proposed: [Candidate])
    /// Several columns are possible.
    case ambiguous(PeopleField, [Candidate])
    /// There is no column with the name in an option.
    case noSuchColumn(option: String, name: String, headers: [String], nearest: String?)
    /// No row begins on the line given with `--header-row`.
    case noSuchHeader(line: Int)
    /// No value in the columns that may contain uids is one.
    case noUIDs(Candidate, proposed: [Candidate])
    /// Several errors.
    indirect case several([ListError])
    /// No column contains account types, and no option gives one; with columns whose values are account types.
    case noTypes(proposed: [Candidate])
    /// A column that is not used for account types has one on a later line.
    case lateType(Candidate, line: Int, value: String)
    /// The user must decide which rows to use.
    case undecided(Undecided)
    /// The options exclude all rows.
    case nobodyLeft(rows: Int, filters: [String])
    /// No row has a value of a filter.
    case noSuchValue(option: String, Candidate, value: String, values: [String])
    /// A quoted field contains whole rows.
    case swallowed(line: Int, column: Int, lines: [Int])
    /// Rows above the headers name people.
    case peopleAbove(header: Int, line: Int)
    /// The row given with `--header-row` contains an address.
    case headerWithAddress(line: Int)
    /// Several columns have the name in a filter.
    case twoColumns(option: String, name: String, [Candidate])
    /// Titles or headers between the rows divide the list, and no option selects a part.
    case sections([Section])
    /// No section has the title, or begins on the line, given with `--section`.
    case noSuchSection(name: String, [Section])
    /// A second header with other columns follows.
    case secondHeader(line: Int, first: Int)
    /// The header row is malformed.
    case brokenHeader(line: Int, column: Int, message: String)
    /// Every line is one quoted cell.
    case quotedLines(line: Int)
    /// The headers are in one cell, separated by another character than the delimiter.
    case otherDelimiter(line: Int, Delimiter)
    /// A review that this program exported.
    case ownReview
    /// Results that this program wrote.
    case ownResults(OwnResults)
    /// The sheet has no cells with text.
    case emptySheet
    /// Several sheets may be the list, or none; with all sheets.
    case sheets(found: [String], all: [String])
    /// The only sheet, or the only section, has a title that contradicts the command.
    case titleOfOthers(title: String, option: String)
    /// Some rows of the sheet are hidden.
    case hiddenRows(sheet: String, count: Int, first: Int)

    /// What is wrong and what to do; follows the name of the file.
    public var sentence: String {
        switch self {
        case .noAddresses(_, let headers, let proposed):
            "has no column of email addresses: its headers are \(ListColumns.list(headers)); "
                + (proposed.isEmpty
                    ? "rename the column to \"Email\", or specify it: --email-column NAME"
                    : Self.choices(proposed, .email))
        case .ambiguous(let field, let columns):
            "has several columns that may be the \(field.label): "
                + columns.map(\.description).joined(separator: ", ") + "; specify one: "
                + columns.prefix(3).map { $0.option(field) }.joined(separator: ", or ")
        case .noSuchColumn(let option, let name, let headers, let nearest):
            "has no column \"\(Terminal.plain(name, limit: 60))\", given with \(option); "
                + (nearest.map { "did you mean \(ListColumns.quoted($0))?" }
                    ?? "its headers are \(ListColumns.list(headers))")
        case .noSuchHeader(let line):
            "has no row that begins on line \(line), given with --header-row; the header must be in the first 100 rows"
        case .noUIDs(let column, let proposed):
            "identifies users by \(column.description), but none of these is the uid of a user of this workspace; "
                + (proposed.isEmpty
                    ? "specify the column of addresses: --email-column NAME" : Self.choices(proposed, .email))
        case .several(let errors): errors.map(\.sentence).joined(separator: "; it ")
        case .noTypes(let proposed):
            "has no column of account types; "
                + (proposed.isEmpty
                    ? "add one named \"Account type\", or set one type for all rows: --account-type DEVELOPER"
                    : Self.choices(proposed, .accountType) + ", or set one type for all rows: --account-type DEVELOPER")
        case .lateType(let column, let line, let value):
            "has an account type, \"\(Terminal.plain(value, limit: 40))\", on line \(line) of \(column.description), "
                + "which is not used as the column of account types; specify the column: "
                + "\(column.option(.accountType)), or --account-type-column none"
        case .undecided(let undecided):
            undecided.sentence
        case .nobodyLeft(let rows, let filters):
            "has \(rows) \(rows == 1 ? "row" : "rows"), all excluded by \(filters.joined(separator: " and ")); "
                + "remove or correct an option"
        case .noSuchValue(let option, let column, let value, let values):
            "has no row with \(value.isEmpty ? "an empty cell" : "\"\(Terminal.plain(value, limit: 60))\"") in "
                + "\(column.name), given with \(option); its values are \(ListColumns.list(values))"
        case .swallowed(let line, let column, let lines):
            "has a quote on line \(line), column \(column), whose field swallows whole rows: "
                + "\(lines.count == 1 ? "line" : "lines") \(lines.map(String.init).joined(separator: ", ")); remove "
                + "the quote, or write it twice if it is part of the text"
        case .secondHeader(let line, let first):
            "has a second header on line \(line) with other columns than on line \(first); split the file in two, or "
                + "read only the rows below that header: --header-row \(line)"
        case .sections(let sections):
            "has several sections: \(Self.sentence(of: sections)); specify the section to use: "
                + Self.options(for: sections)
        case .noSuchSection(let name, let sections):
            "has no section \"\(Terminal.plain(name, limit: 60))\", given with --section; its sections are "
                + Self.sentence(of: sections)
        case .brokenHeader(let line, let column, let message):
            "has a malformed header on line \(line), column \(column): \(message)"
        case .peopleAbove(let header, let line):
            "has its headers on line \(header), and an address above them, on line \(line); move the headers up, or "
                + "specify their line: --header-row \(header)"
        case .headerWithAddress(let line):
            "has an address on line \(line), given with --header-row; a header row has none"
        case .twoColumns(let option, let name, let columns):
            "has several columns named \(ListColumns.quoted(name)): "
                + "\(columns.map(\.description).joined(separator: ", ")); specify one by its number: \(option) "
                + "\(columns[0].number)=VALUE"
        case .quotedLines(let line):
            "has each line in quotes, so that line \(line) is a single cell; remove the quotes at both ends of the "
                + "lines, or export the list again"
        case .otherDelimiter(let line, let delimiter):
            "has all its headers in one cell on line \(line); specify the delimiter that separates them: --delimiter "
                + Self.word(delimiter.description)
        case .ownReview: Self.sentence(ofReviewFor: "rollcall apply FILE")
        case .ownResults(let results): results.sentence { "rollcall " + $0 }
        case .sheets(let found, let all):
            found.isEmpty
                ? "has no sheet with a column of email addresses: its sheets are \(ListColumns.list(all)); specify the "
                    + "sheet: --sheet NAME"
                : "has several sheets with people: \(ListColumns.list(found)); specify one: "
                    + found.prefix(3).map { "--sheet " + ListError.word($0) }.joined(separator: ", or ")
        case .emptySheet: "has a sheet without text; choose another one: --sheet NAME"
        case .titleOfOthers(let title, let option):
            "has its people below the title \(ListColumns.quoted(title)), which contradicts this command; to use them, "
                + "add: \(option) \(Self.word(title))"
        case .hiddenRows(let sheet, let count, let first):
            "has \(count) hidden \(count == 1 ? "row" : "rows") in \(ListColumns.quoted(sheet)), the first of them row "
                + "\(first), perhaps because of a filter; show all rows and delete those that you do not need, or use "
                + "them all: --hidden-rows"
        }
    }

    /// The message for a review that was given as a list.
    ///
    /// - Parameter command: the command that applies it.
    public static func sentence(ofReviewFor command: String) -> String {
        "is an access review exported by rollcall, not a list; to apply it, run: \(command)"
    }

    /// The text quoted as a word for a shell, and safe to show.
    static func word(_ text: String) -> String { ShellWord.quoted(Terminal.plain(text, limit: 100)) }

    private static func choices(_ columns: [Candidate], _ field: PeopleField) -> String {
        "\(columns.prefix(3).map(\.description).joined(separator: ", ")) may be the column; specify it: "
            + columns.prefix(3).map { $0.option(field) }.joined(separator: ", or ")
    }
}

extension ListError.Candidate: CustomStringConvertible {
    /// `column 3 "Work email"`
    var name: String { "column \(number)" + (header.isEmpty ? "" : " " + ListColumns.quoted(header)) }

    /// `column 3 "Work email" (ada@acme.io, …)`
    public var description: String {
        name
            + (samples.isEmpty
                ? " (empty)" : " (\(samples.map { Terminal.plain($0, limit: 40) }.joined(separator: ", ")))")
    }

    /// `--email-column 'Work email'`
    func option(_ field: PeopleField) -> String {
        field.option + " " + (short.isEmpty ? "\(number)" : ListError.word(short))
    }
}
