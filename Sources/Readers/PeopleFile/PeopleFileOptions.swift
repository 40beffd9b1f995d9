import Domain
import People

/// The fields that columns of a company's own list of people can contain; the raw value is the name in options.
public enum PeopleFileField: String, CaseIterable, Sendable {
    /// The work address.
    case email
    /// Another address at work, such as a former one.
    case otherEmail
    case name, firstName, lastName
    /// An address, a name or an id of another row.
    case manager
    case department, status, start, end, employmentType
    /// The id by which the column of managers names people; it is not stored.
    case id

    /// The name in messages.
    public var label: String {
        switch self {
        case .email: "work address"
        case .otherEmail: "other address"
        case .name: "name"
        case .firstName: "first name"
        case .lastName: "last name"
        case .manager: "manager"
        case .department: "department"
        case .status: "status"
        case .start: "start date"
        case .end: "end date"
        case .employmentType: "employment type"
        case .id: "id"
        }
    }

    /// The option that chooses a column, `--people-column 'end=Last day of work'`.
    public func option(_ column: String) -> String {
        "--people-column " + ShellWord.quoted("\(rawValue)=\(Terminal.plain(column, limit: 100))")
    }
}

/// The column of a field: `manager=Reports to`, `end=none`.
public struct PeopleFileColumn: Hashable, Sendable {
    /// The field.
    public let field: PeopleFileField
    /// The column.
    public let column: ColumnChoice

    /// Reads `FIELD=COLUMN`; nil for another form, and for an unknown field.
    public init?(_ text: String) {
        guard let sign = text.firstIndex(of: "="),
            let field = PeopleFileField.allCases.first(where: { $0.rawValue.lowercased() == text[..<sign].lowercased() }
            )
        else { return nil }
        let column = EmailAddress.trimmed(String(text[text.index(after: sign)...]))
        guard !column.isEmpty else { return nil }
        self.field = field
        self.column = ColumnChoice(column)
    }
}

/// What a status of a list means: `LOA=active`.
public struct StatusMapping: Hashable, Sendable {
    /// As in the list.
    public let text: String
    /// What it means.
    public let status: Person.Status

    /// Reads `STATUS=MEANING`; nil for another form, and for an unknown meaning.
    public init?(_ text: String) {
        guard let sign = text.lastIndex(of: "="), sign > text.startIndex,
            let status = Person.Status(rawValue: text[text.index(after: sign)...].lowercased())
        else { return nil }
        self.text = EmailAddress.trimmed(String(text[..<sign]))
        self.status = status
    }
}

/// How to read a company's own list of people.
public struct PeopleFileOptions: Sendable {
    /// How to read the text of a CSV.
    public var csv = CSVOptions()
    /// The columns that the user chose.
    public var columns: [PeopleFileField: ColumnChoice] = [:]
    /// The header row; nil auto-detects it.
    public var headerRow: HeaderRow?
    /// The sheet of a workbook; nil auto-detects it.
    public var sheet: String?
    /// Whether to use rows that a workbook hides.
    public var takesHiddenRows = false
    /// What statuses mean, by the form in which values are compared.
    public var statuses: [String: Person.Status] = [:]
    /// How dates such as 03/02/2026 are read; nil is an error if they can be read in two ways.
    public var dateOrder: DateOrder?
    /// The current day, to recognize dates that mean no date.
    public var today: Day

    /// Creates options; all others have defaults.
    public init(today: Day) { self.today = today }

    /// Adds what statuses mean.
    public mutating func map(_ mappings: [StatusMapping]) {
        for mapping in mappings { statuses[ListText.key(mapping.text)] = mapping.status }
    }

    /// For the reader of lists.
    var list: ListOptions {
        var list = ListOptions(.disable)
        list.csv = csv
        list.columns[.email] = columns[.email]
        list.columns[.uid] = ColumnChoice.none
        list.columns[.workspace] = ColumnChoice.none
        list.headerRow = headerRow
        list.sheet = sheet
        return list
    }
}
