import Domain
import Foundation

/// What a column of a list of people can hold.
public enum PeopleField: String, Sendable, CaseIterable {
    case email, accountType, uid, workspace

    /// As messages call it.
    public var label: String {
        switch self {
        case .email: "email address"
        case .accountType: "account type"
        case .uid: "uid"
        case .workspace: "workspace"
        }
    }

    /// The option that says which column it is.
    public var option: String {
        switch self {
        case .email: "--email-column"
        case .accountType: "--account-type-column"
        case .uid: "--uid-column"
        case .workspace: "--workspace-column"
        }
    }
}

/// Which column somebody means.
public enum ColumnChoice: Hashable, Sendable {
    /// By its header.
    case header(String)
    /// Counted from 1.
    case number(Int)
    /// No column.
    case none

    /// A number, `none`, or a header.
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

/// Which row holds the headers.
public enum HeaderRow: Hashable, Sendable {
    /// The row that begins on this line, counted from 1.
    case line(Int)
    /// No row: the first one is somebody's already.
    case none
}

/// Which rows of a list are meant, by a column.
public struct RowFilter: Hashable, Sendable {
    /// In a column of dates, those before today, those of today or later, and the cells without one.
    static let past = "past"
    static let future = "future"
    static let none = "none"
    static let dates: [LeavingDate: String] = [.past: past, .future: future, .never: future, .blank: none]

    /// The column.
    public var column: ColumnChoice
    /// What it may hold, or must not.
    public var values: [String]
    /// Whether rows with these values are kept, and all others left out; otherwise the other way round.
    public var keeps: Bool

    /// Takes a filter.
    public init(column: ColumnChoice, values: [String], keeps: Bool) {
        self.column = column
        self.values = values
        self.keeps = keeps
    }

    /// Reads `COLUMN=VALUE,VALUE`; a value with a comma in it stands in double quotes. nil for a text without `=` or
    /// without a column.
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

    /// A value as ``init(_:keeps:)`` reads it.
    static func spelled(_ value: String) -> String { value.contains(",") ? "\"\(value)\"" : value }
}

/// How a list of people is read.
public struct ListOptions: Sendable {
    /// What the list is for.
    public var purpose: WorkspaceChange.Kind
    /// How its text is read.
    public var csv = CSVOptions()
    /// Which columns hold what, where somebody has said so.
    public var columns: [PeopleField: ColumnChoice] = [:]
    /// Which row holds the headers; nil finds out.
    public var headerRow: HeaderRow?
    /// The sheet of a workbook; nil finds out.
    public var sheet: String?
    /// Which sections are meant; nil asks where there are several.
    public var sections: SectionChoice?
    /// Which rows are meant.
    public var filters: [RowFilter] = []
    /// Whether every row is meant, whatever a column says about its state.
    public var takesAllRows = false
    /// Whether rows that a workbook does not show are meant.
    public var takesHiddenRows = false
    /// Whether there is an account type for rows that name none.
    public var hasFallback = false
    /// What day it is, in days since 1970-01-01: a column of leaving dates is told apart by it.
    public var today = WrittenDate.number(of: Date(), in: .current)
    /// Whether a cell names an account type.
    public var isType: @Sendable (String) -> Bool = { _ in false }
    /// Whether a column with these words holds another product's account types.
    public var areForeignTypes: @Sendable ([String]) -> Bool = { _ in false }

    /// Takes the purpose; everything else may be left.
    public init(_ purpose: WorkspaceChange.Kind) { self.purpose = purpose }

    /// Whether a row may name a user by uid.
    var takesUIDs: Bool { purpose.takesUID }
    /// Whether a row needs an account type.
    var takesTypes: Bool { purpose.takesAccountType }
}

/// The text of a cell in a list.
enum ListText {
    /// Without white space around it, and without a spreadsheet's text mark.
    static func plain(_ cell: String) -> String {
        let text = EmailAddress.trimmed(cell)
        return text.utf8.first == 0x27 && text.utf8.count > 1 ? EmailAddress.trimmed(String(text.dropFirst())) : text
    }

    /// Whether a cell looks like a uid of the API: 64 hexadecimal digits.
    static func isUID(_ text: String) -> Bool { text.utf8.count == 64 && text.allSatisfy(\.isHexDigit) }

    /// The form in which two headers, or two values, are the same.
    static func key(_ cell: String) -> String { plain(cell).lowercased().precomposedStringWithCanonicalMapping }

    /// The form without what is in brackets.
    static func bare(_ cell: String) -> String {
        var depth = 0
        let outside = cell.filter { character in
            if "[(".contains(character) { depth += 1 }
            defer { if "])".contains(character) { depth = max(0, depth - 1) } }
            return depth == 0
        }
        return key(outside).isEmpty ? key(cell) : key(outside)
    }

    /// Letters and digits in lower case and without accents.
    static func letters(_ header: String) -> String {
        header.decomposedStringWithCanonicalMapping.lowercased().unicodeScalars
            .filter { $0.properties.isAlphabetic || $0.properties.numericType != nil }
            .reduce(into: "") { $0.unicodeScalars.append($1) }
    }
}
