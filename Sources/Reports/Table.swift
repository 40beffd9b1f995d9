import Domain
import Foundation

/// One value of a report; each format writes it in its own way.
public enum Cell: Hashable, Sendable {
    /// Text; it may be hostile.
    case text(String)
    /// A count.
    case number(Int)
    /// A time; ISO 8601 in UTC.
    case time(Date)
    /// Yes or no.
    case flag(Bool)
    /// A remark for people in place of a value; programs, which read CSV and JSON, get an empty cell.
    case remark(String)
    /// No value.
    case empty
}

extension Cell {
    /// Text; empty for nil and for an empty text.
    public init(_ text: String?) {
        self = text.map { $0.isEmpty ? .empty : .text($0) } ?? .empty
    }

    /// A number; empty for nil.
    public init(_ number: Int64?) {
        self = number.map { .number(Int($0)) } ?? .empty
    }

    /// A time; empty for nil.
    public init(_ time: Date?) {
        self = time.map(Cell.time) ?? .empty
    }

    /// The cell as plain text: `yes`/`no`, `2026-01-31T09:00:00.250Z`, digits, or the unchanged text.
    public var text: String {
        switch self {
        case .text(let text): text
        case .number(let number): String(number)
        case .time(let time): Timestamp.text(time)
        case .flag(let flag): flag ? "yes" : "no"
        case .remark(let remark): remark
        case .empty: ""
        }
    }

    /// Whether a reader sees nothing in it.
    var isBlank: Bool {
        switch self {
        case .text(let text), .remark(let text): text.isEmpty
        case .number, .time, .flag: false
        case .empty: true
        }
    }
}

/// A column of a table.
public struct Column: Hashable, Sendable {
    /// What reviewers enter in a column.
    public enum Entry: Hashable, Sendable {
        /// One of these decisions.
        case decision([Decision])
        /// One of these account types, or another one.
        case accountType([String])
        /// A date, not before the given day.
        case date(from: Date)
        /// Yes, or nothing.
        case yes
        /// Any text.
        case text
    }

    /// The header in CSV and the member in JSON, for example `accountType`.
    public var key: String
    /// The header for readers, for example `Account type`.
    public var title: String
    /// The width in characters that fits most values, 4 to 80.
    public var width: Int
    /// What reviewers enter; nil for a column that they only read.
    public var entry: Entry?
    /// Whether the column is printed.
    public var isPrinted: Bool
    /// Whether only programs read the column; pages leave it out.
    public var isTechnical: Bool
    /// One sentence for the guide: the meaning and source of the column.
    public var help: String

    /// Whether the column is for decisions.
    var isDecision: Bool {
        if case .decision = entry { return true }
        return false
    }

    /// Creates a column.
    public init(
        _ key: String, _ title: String, width: Int, entry: Entry? = nil, isPrinted: Bool = true,
        isTechnical: Bool = false, help: String
    ) {
        self.key = key
        self.title = title
        self.width = width
        self.entry = entry
        self.isPrinted = isPrinted && !isTechnical
        self.isTechnical = isTechnical
        self.help = help
    }
}

/// Rows with the same columns.
public struct Table {
    /// The first rows of a table.
    public struct Extent: Hashable, Sendable {
        /// The id of the table.
        public var table: String
        /// The number of rows, from the first.
        public var rows: Int

        /// Creates an extent.
        public init(table: String, rows: Int) {
            self.table = table
            self.rows = rows
        }
    }

    /// The role of a table in a report.
    public enum Role: Hashable, Sendable {
        /// The subject of the report; every format contains all of its rows.
        case population
        /// An extract, such as the privileged accounts: it repeats the first rows of the given tables, one table after
        /// the other. Reviewers enter nothing here; a workbook shows what they entered in the original rows. Not in CSV
        /// and JSON, where the population has a column for it.
        case extract(of: [Extent])
        /// Additional information, such as changes. Not in CSV, which contains one kind of row.
        case annex
    }

    /// The member in JSON and the anchor in HTML, for example `active`.
    public var id: String
    /// The name of the sheet and the section, at most 31 characters, none of `[]:*?/\`, not `History`.
    public var title: String
    /// One sentence above the rows.
    public var note: String
    /// The role of the table in the report.
    public var role: Role
    /// The columns, in their order.
    public var columns: [Column]
    /// The order of the columns on sheets and pages, for tables that people complete; nil for the order of ``columns``.
    public var layout: SheetLayout?
    /// The number of rows, known in advance.
    public var count: Int
    /// Calls its argument once for each row, with one cell for each column.
    public var rows: (([Cell]) throws -> Void) throws -> Void
    /// Called from time to time with the number of rows written.
    var onRows: ((Int) -> Void)?

    /// Creates a table.
    public init(
        id: String, title: String, note: String, role: Role, columns: [Column], layout: SheetLayout? = nil, count: Int,
        rows: @escaping (([Cell]) throws -> Void) throws -> Void
    ) {
        self.id = id
        self.title = title
        self.note = note
        self.role = role
        self.columns = columns
        self.layout = layout
        self.count = count
        self.rows = rows
    }
}

/// Thrown by a writer if a table returns a different number of rows than declared; the report is not written then.
public struct RowCountMismatch: Error, Hashable, Sendable {
    /// The title of the table.
    public var table: String
    /// The declared number of rows.
    public var promised: Int
    /// The actual number of rows.
    public var written: Int
}
