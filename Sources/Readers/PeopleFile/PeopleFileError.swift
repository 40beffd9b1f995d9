import Domain
import People

/// Why a company's own list of people is not read: it has several possible readings, or is certainly something else.
public enum PeopleFileError: ReadingError, Equatable, Sendable {
    /// A column to choose from.
    public struct Candidate: Equatable, Sendable {
        /// As for any list.
        let column: ListError.Candidate

        /// The name for an option.
        fileprivate func option(_ field: PeopleFileField) -> String {
            field.option(column.short.isEmpty ? "\(column.number)" : column.short)
        }
    }

    /// The list has no headers.
    case noHeader
    /// The list has only headers.
    case noRows
    /// No row has an address; with a remark about a cell that may have been meant as one.
    case nobody(String?)
    /// A cell has a formula whose result the file does not have.
    case noResult(Candidate, line: Int)
    /// Several columns are possible.
    case ambiguous(PeopleFileField, [Candidate])
    /// No column contains addresses.
    case noAddresses(headers: [String], proposed: [Candidate])
    /// There is no column with the name in an option.
    case noSuchColumn(PeopleFileField, name: String, headers: [String], nearest: String?)
    /// A column of dates can be read in two ways; with a date, its two readings, and the more frequent order first.
    case unclearDates(Candidate, PeopleFileField, text: String, dayFirst: Day, monthFirst: Day)
    /// A cell in a column of dates is no date.
    case noDate(Candidate, PeopleFileField, line: Int, text: String)
    /// Some statuses are not known.
    case unclearStatus(Candidate, values: [String])
    /// A row has another number of fields than the header, or is malformed in another way.
    case malformed(line: Int, column: Int, message: String)
    /// A title between the rows, which says who follows.
    case title(line: Int, text: String)
    /// Anything that is the same for every list.
    case list(ListError)

    /// What is wrong and what to do; follows the name of the file.
    public var sentence: String {
        switch self {
        case .noHeader: "has no row with headers; add one, or name its line: --header-row 1"
        case .noRows: "has no rows below its header, so nothing can be compared with it"
        case .nobody(let remark):
            "has no row with an email address, so nothing can be compared with it" + (remark.map { "; \($0)" } ?? "")
        case .noResult(let column, let line):
            "has a formula without a result on line \(line) of \(column.column.name); open it in a spreadsheet program, and "
                + "save it there"
        case .ambiguous(let field, let columns):
            "has several columns that may be the \(field.label): "
                + columns.map(\.column.description).joined(separator: ", ") + "; specify one: "
                + columns.prefix(3).map { $0.option(field) }.joined(separator: ", or ")
        case .noAddresses(let headers, let proposed):
            "has no column of work addresses: its headers are \(ListColumns.list(headers)); "
                + (proposed.isEmpty
                    ? "rename the column to \"Email\", or specify it: --people-column email=COLUMN"
                    : proposed.prefix(3).map(\.column.description).joined(separator: ", ")
                        + " may be the column; specify it: "
                        + proposed.prefix(3).map { $0.option(.email) }.joined(separator: ", or "))
        case .noSuchColumn(let field, let name, let headers, let nearest):
            "has no column \"\(Terminal.plain(name, limit: 60))\", given with --people-column \(field.rawValue); "
                + (nearest.map { "did you mean \(ListColumns.quoted($0))?" }
                    ?? "its headers are \(ListColumns.list(headers))")
        case .unclearDates(let column, let field, let text, let dayFirst, let monthFirst):
            "has dates in \(column.column.name), the \(field.label), that can be read in two ways: "
                + "\"\(Terminal.plain(text, limit: 40))\" is \(dayFirst) or \(monthFirst); specify how they are written: "
                + "--date-format \(DateOrder.dayFirst.rawValue), or --date-format \(DateOrder.monthFirst.rawValue)"
        case .noDate(let column, let field, let line, let text):
            "has \"\(Terminal.plain(text, limit: 40))\" on line \(line) of \(column.column.name), the \(field.label), "
                + "which is not a date; correct it, or use another column or none: \(field.option("none"))"
        case .unclearStatus(let column, let values): Self.sentence(about: column, values)
        case .malformed(let line, let column, let message): "is malformed on line \(line), column \(column): \(message)"
        case .title(let line, let text):
            "has the title \(ListColumns.quoted(text)) on line \(line), between its rows; add a column with the status "
                + "of each person instead"
        case .list(let error): error.sentence
        }
    }

    private static func sentence(about column: Candidate, _ values: [String]) -> String {
        let options = values.prefix(8).map {
            "--map-status " + ShellWord.quoted("\(Terminal.plain($0, limit: 60))=\(Person.Status.suspended.rawValue)")
        }
        let more = values.count > 8 ? ", and \(values.count - 8) more" : ""
        return
            "has statuses in \(column.column.name) that may mean anything: \(ListColumns.list(values)); specify what "
            + "each means (active, suspended or left): \(options.joined(separator: " "))\(more); or ignore the column: "
            + PeopleFileField.status.option("none")
    }

    /// The error of a list in the words of this one.
    init(_ error: ListError) {
        switch error {
        case .ambiguous(.email, let columns): self = .ambiguous(.email, columns.map(Candidate.init))
        case .noAddresses(_, let headers, let proposed):
            self = .noAddresses(headers: headers, proposed: proposed.map(Candidate.init))
        case .noSuchColumn(_, let name, let headers, let nearest):
            self = .noSuchColumn(.email, name: name, headers: headers, nearest: nearest)
        default: self = .list(error)
        }
    }
}
