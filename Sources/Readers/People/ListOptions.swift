import Domain
import Foundation

/// The fields that columns of a list of people can contain.
public enum PeopleField: String, Sendable, CaseIterable {
    case email, accountType, uid, workspace

    /// The name in messages.
    public var label: String {
        switch self {
        case .email: "email address"
        case .accountType: "account type"
        case .uid: "uid"
        case .workspace: "workspace"
        }
    }

    /// The option that chooses the column.
    public var option: String {
        switch self {
        case .email: "--email-column"
        case .accountType: "--account-type-column"
        case .uid: "--uid-column"
        case .workspace: "--workspace-column"
        }
    }
}

/// The column that the user chose.
public enum ColumnChoice: Hashable, Sendable {
    /// By its header.
    case header(String)
    /// Counted from 1.
    case number(Int)
    /// No column.
    case none

    /// Reads a number, `none`, or a header.
    public init(_ text: String) {
        if text.lowercased() == "none" {
            self = .none
        } else if let number = Int(text), number > 0 {
            self = .number(number)
        } else {
            self = .header(text)
        }
    }
}

/// The header row.
public enum HeaderRow: Hashable, Sendable {
    /// The row that begins on this line, counted from 1.
    case line(Int)
    /// The list has no headers: its first row already names a person.
    case none
}

/// Selects rows of a list by the values of a column.
public struct RowFilter: Hashable, Sendable {
    /// In a column of dates: dates before today, dates from today on, and cells without a date.
    static let past = "past"
    static let future = "future"
    static let none = "none"
    static let dates: [LeavingDate: String] = [.past: past, .future: future, .never: future, .blank: none]

    /// The column.
    public var column: ColumnChoice
    /// The values to keep or exclude.
    public var values: [String]
    /// Whether rows with these values are kept and all others excluded; otherwise the reverse.
    public var keeps: Bool

    /// Creates a row filter.
    public init(column: ColumnChoice, values: [String], keeps: Bool) {
        self.column = column
        self.values = values
        self.keeps = keeps
    }

    /// Reads `COLUMN=VALUE,VALUE`; a value that contains a comma is written in double quotes. nil for a text without
    /// `=` or without a column.
    public init?(_ text: String, keeps: Bool) {
        guard let sign = text.firstIndex(of: "="), sign > text.startIndex else { return nil }
        var values = [""]
        var isQuoted = false
        for character in text[text.index(after: sign)...] {
            switch character {
            case "\"": isQuoted.toggle()
            case "," where !isQuoted: values.append("")
            default: values[values.count - 1].append(character)
            }
        }
        self.init(column: ColumnChoice(String(text[..<sign])), values: values.map(ListText.plain), keeps: keeps)
    }

    /// A value in the form that ``init(_:keeps:)`` reads.
    static func spelled(_ value: String) -> String { value.contains(",") ? "\"\(value)\"" : value }
}

/// How to read a list of people.
public struct ListOptions: Sendable {
    /// The change that the list is for.
    public var purpose: WorkspaceChange.Kind
    /// How to read the text of a CSV.
    public var csv = CSVOptions()
    /// The columns that the user chose.
    public var columns: [PeopleField: ColumnChoice] = [:]
    /// The header row; nil auto-detects it.
    public var headerRow: HeaderRow?
    /// The sheet of a workbook; nil auto-detects it.
    public var sheet: String?
    /// The sections to use; nil is an error if there are several.
    public var sections: SectionChoice?
    /// The filters that select rows.
    public var filters: [RowFilter] = []
    /// Whether to use every row, whatever its state.
    public var takesAllRows = false
    /// Whether to use rows that a workbook hides.
    public var takesHiddenRows = false
    /// Whether there is an account type for rows without one.
    public var hasFallback = false
    /// The current day, in days since 1970-01-01, to distinguish past and future leaving dates.
    public var today = Day(of: Date(), in: .current).number
    /// Whether the days of the workbook are counted from 1904; the reader of the list finds it out.
    var countsFrom1904 = false
    /// Whether a cell names an account type.
    public var isType: @Sendable (String) -> Bool = { _ in false }
    /// Whether a column with these words contains account types of another product.
    public var areForeignTypes: @Sendable ([String]) -> Bool = { _ in false }

    /// Creates options for a purpose; everything else has a default.
    public init(_ purpose: WorkspaceChange.Kind) { self.purpose = purpose }

    /// Whether a row may name a user by uid.
    var takesUIDs: Bool { purpose.takesUID }
    /// Whether a row needs an account type.
    var takesTypes: Bool { purpose.takesAccountType }
}

/// The text of a cell in a list.
enum ListText {
    /// Without surrounding white space and the apostrophe with which a spreadsheet marks text.
    static func plain(_ cell: String) -> String {
        let text = EmailAddress.trimmed(cell)
        return text.utf8.first == 0x27 && text.utf8.count > 1 ? EmailAddress.trimmed(String(text.dropFirst())) : text
    }

    /// Whether a cell looks like a uid of the API: 64 hexadecimal digits.
    static func isUID(_ text: String) -> Bool { text.utf8.count == 64 && text.allSatisfy(\.isHexDigit) }

    /// The form in which headers or values are compared.
    static func key(_ cell: String) -> String { plain(cell).lowercased().precomposedStringWithCanonicalMapping }

    /// The text without what is in brackets.
    static func withoutBrackets(_ cell: String) -> String {
        var depth = 0
        return cell.filter { character in
            if "[(".contains(character) { depth += 1 }
            defer { if "])".contains(character) { depth = max(0, depth - 1) } }
            return depth == 0
        }
    }

    /// The form in which headers are compared without text in brackets.
    static func bare(_ cell: String) -> String {
        let outside = key(withoutBrackets(cell))
        return outside.isEmpty ? key(cell) : outside
    }

    /// Letters and digits in lower case and without accents.
    static func letters(_ header: String) -> String {
        header.decomposedStringWithCanonicalMapping.lowercased().unicodeScalars
            .filter { $0.properties.isAlphabetic || $0.properties.numericType != nil }
            .reduce(into: "") { $0.unicodeScalars.append($1) }
    }
}
