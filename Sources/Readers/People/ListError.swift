import Domain

/// Why a list of people is not read: what its owner means cannot be told, or is certainly something else.
public enum ListError: ReadingError, Equatable, Sendable {
    /// A column to choose from.
    public struct Candidate: Equatable, Sendable {
        /// Counted from 1.
        var number: Int
        /// Empty where the list has no header.
        var header: String
        /// The same as an option takes it, without what is in brackets.
        var short: String
        /// Some of its values.
        var samples: [String]
    }

    /// No column holds the addresses; the headers, and columns whose values look like addresses.
    case noAddresses(line: Int, headers: [String], proposed: [Candidate])
    /// Several columns could be meant.
    case ambiguous(PeopleField, [Candidate])
    /// A column that an option names is not there.
    case noSuchColumn(option: String, name: String, headers: [String], nearest: String?)
    /// No row begins on the line that `--header-row` names.
    case noSuchHeader(line: Int)
    /// No value of the columns that could be uids is one.
    case noUIDs(Candidate, proposed: [Candidate])
    /// Several things have to be said, each on its own.
    indirect case several([ListError])
    /// No column holds account types, and no option gives one; columns whose values are account types.
    case noTypes(proposed: [Candidate])
    /// A column that was taken for something else has an account type on a later line.
    case lateType(Candidate, line: Int, value: String)
    /// Which rows are meant is for somebody to decide.
    case undecided(Undecided)
    /// The options leave none of the rows.
    case nobodyLeft(rows: Int, filters: [String])
    /// No row has a value that a filter names.
    case noSuchValue(option: String, Candidate, value: String, values: [String])
    /// A quoted field holds whole rows.
    case swallowed(line: Int, column: Int, lines: [Int])
    /// Rows above the headers name people.
    case peopleAbove(header: Int, line: Int)
    /// The row that `--header-row` names holds somebody's address.
    case headerWithAddress(line: Int)
    /// A filter's name is that of several columns.
    case twoColumns(option: String, name: String, [Candidate])
    /// Titles or headers between the rows divide the list, and no option says which part is meant.
    case sections([Section])
    /// No section has the title, or begins on the line, that `--section` names.
    case noSuchSection(name: String, [Section])
    /// Another header in the middle, with other columns.
    case secondHeader(line: Int, first: Int)
    /// The row with the headers is not well formed.
    case brokenHeader(line: Int, column: Int, message: String)
    /// Every line is one quoted cell.
    case quotedLines(line: Int)
    /// The headers are one cell, in which something else than the delimiter stands between them.
    case otherDelimiter(line: Int, Delimiter)
    /// One of this program's own reviews.
    case ownReview
    /// One of this program's own results.
    case ownResults(OwnResults)
    /// Several sheets could be the list, or none is; those there are.
    case sheets(found: [String], all: [String])
    /// The only sheet, or the only section, has a title that says that its people are not meant.
    case titleOfOthers(title: String, option: String)
    /// Some rows of the sheet are hidden.
    case hiddenRows(sheet: String, count: Int, first: Int)

    /// What is wrong and what to do, to follow the file's name.
    public var sentence: String {
        switch self {
        case .noAddresses(_, let headers, let proposed):
            "has no column of email addresses: its headers are \(ListColumns.list(headers)); "
                + (proposed.isEmpty
                    ? "name the column \"Email\", or say which one it is: --email-column NAME"
                    : Self.choices(proposed, .email))
        case .ambiguous(let field, let columns):
            "has several columns that could be the \(field.label): "
                + columns.map(\.description).joined(separator: ", ") + "; say which one: "
                + columns.prefix(3).map { $0.option(field) }.joined(separator: ", or ")
        case .noSuchColumn(let option, let name, let headers, let nearest):
            "has no column \"\(Terminal.plain(name, limit: 60))\", which \(option) names; "
                + (nearest.map { "did you mean \(ListColumns.quoted($0))?" }
                    ?? "its headers are \(ListColumns.list(headers))")
        case .noSuchHeader(let line):
            "has no row that begins on line \(line), which --header-row names; the first 20 rows are looked at"
        case .noUIDs(let column, let proposed):
            "names users by \(column.description), and none of these is the uid of a user of this workspace; "
                + (proposed.isEmpty
                    ? "give the column of addresses: --email-column NAME" : Self.choices(proposed, .email))
        case .several(let errors): errors.map(\.sentence).joined(separator: "; it ")
        case .noTypes(let proposed):
            "has no column of account types; "
                + (proposed.isEmpty
                    ? "add one named \"Account type\", or give one type for all rows: --account-type DEVELOPER"
                    : Self.choices(proposed, .accountType) + ", or give one type for all rows: --account-type DEVELOPER")
        case .lateType(let column, let line, let value):
            "has an account type, \"\(Terminal.plain(value, limit: 40))\", on line \(line) of \(column.description), which "
                + "was not taken for the account type; say which column is: \(column.option(.accountType)), or "
                + "--account-type-column none"
        case .undecided(let undecided):
            undecided.sentence
        case .nobodyLeft(let rows, let filters):
            "has \(rows) \(rows == 1 ? "row" : "rows"), and \(filters.joined(separator: " and ")) together leave none of "
                + "them; take one of the options away, or correct it"
        case .noSuchValue(let option, let column, let value, let values):
            "has no row with \(value.isEmpty ? "an empty cell" : "\"\(Terminal.plain(value, limit: 60))\"") in \(column.name), which \(option) names; its values "
                + "are \(ListColumns.list(values))"
        case .swallowed(let line, let column, let lines):
            "has a quote on line \(line), column \(column), that swallows whole rows: "
                + "\(lines.count == 1 ? "line" : "lines") \(lines.map(String.init).joined(separator: ", ")); take the "
                + "quote away, or write it twice if it is text"
        case .secondHeader(let line, let first):
            "has another header on line \(line), whose columns are not those of line \(first); make two files of it, or "
                + "read only what is below that header: --header-row \(line)"
        case .sections(let sections):
            "has several sections: \(Self.sentence(of: sections)); say which one is meant: "
                + Self.options(for: sections)
        case .noSuchSection(let name, let sections):
            "has no section \"\(Terminal.plain(name, limit: 60))\", which --section names; its sections are "
                + Self.sentence(of: sections)
        case .brokenHeader(let line, let column, let message):
            "has a broken header on line \(line), column \(column): \(message)"
        case .peopleAbove(let header, let line):
            "has its headers on line \(header), and somebody's address above them, on line \(line); move the headers up, or "
                + "say where they are: --header-row \(header)"
        case .headerWithAddress(let line):
            "has somebody's address on line \(line), which --header-row names; headers have none"
        case .twoColumns(let option, let name, let columns):
            "has several columns named \(ListColumns.quoted(name)): \(columns.map(\.description).joined(separator: ", ")); "
                + "say which one \(option) means by its number: \(option) \(columns[0].number)=VALUE"
        case .quotedLines(let line):
            "has each line in quotes, so that line \(line) is one cell and not several; take the quotes at both ends of "
                + "the lines away, or export the list again"
        case .otherDelimiter(let line, let delimiter):
            "has its headers on line \(line) in one cell; what is between them seems to be the delimiter: --delimiter "
                + Self.word(delimiter.description)
        case .ownReview: Self.sentence(ofReviewFor: "rollcall apply FILE")
        case .ownResults(let results): results.sentence { "rollcall " + $0 }
        case .sheets(let found, let all):
            found.isEmpty
                ? "has no sheet with a column of email addresses: its sheets are \(ListColumns.list(all)); say which one "
                    + "it is: --sheet NAME"
                : "has several sheets with people: \(ListColumns.list(found)); say which one: "
                    + found.prefix(3).map { "--sheet " + ListError.word($0) }.joined(separator: ", or ")
        case .titleOfOthers(let title, let option):
            "has its people below the title \(ListColumns.quoted(title)); if they are meant, say so: \(option) "
                + Self.word(title)
        case .hiddenRows(let sheet, let count, let first):
            "has \(count) hidden \(count == 1 ? "row" : "rows") in \(ListColumns.quoted(sheet)), the first of them row "
                + "\(first), as a filter leaves them; show all rows and delete those that are not meant, or take them as "
                + "well: --hidden-rows"
        }
    }

    /// What is wrong with a review that was given as a list.
    ///
    /// - Parameter command: what carries it out.
    public static func sentence(ofReviewFor command: String) -> String {
        "is one of rollcall's own reviews, in which some accounts are to be kept; carry its decisions out with: \(command)"
    }

    /// A word to paste into a shell, which a terminal may show.
    static func word(_ text: String) -> String { ShellWord.quoted(Terminal.plain(text, limit: 100)) }

    private static func choices(_ columns: [Candidate], _ field: PeopleField) -> String {
        "\(columns.prefix(3).map(\.description).joined(separator: ", ")) could be it: "
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
