import Domain
import Foundation

/// One value of a report; each format spells it in its own way.
public enum Cell: Hashable, Sendable {
    /// Text from anywhere; hostile.
    case text(String)
    /// A count.
    case number(Int)
    /// A moment; ISO 8601 in UTC.
    case time(Date)
    /// Yes or no.
    case flag(Bool)
    /// Nothing to say.
    case empty
}

extension Cell {
    /// Text, or nothing where there is none.
    public init(_ text: String?) {
        self = text.map { $0.isEmpty ? .empty : .text($0) } ?? .empty
    }

    /// A number, or nothing.
    public init(_ number: Int64?) {
        self = number.map { .number(Int($0)) } ?? .empty
    }

    /// A moment, or nothing.
    public init(_ time: Date?) {
        self = time.map(Cell.time) ?? .empty
    }

    /// The cell as plain text: `yes`/`no`, `2026-01-31T09:00:00.250Z`, digits, or the text as it came.
    public var text: String {
        switch self {
        case .text(let text): text
        case .number(let number): String(number)
        case .time(let time): Timestamp.text(time)
        case .flag(let flag): flag ? "yes" : "no"
        case .empty: ""
        }
    }
}

/// What stands in one column.
public struct Column: Hashable, Sendable {
    /// What people fill in, and what they may choose from.
    public enum Entry: Hashable, Sendable {
        /// One of these decisions.
        case decision([Decision])
        /// One of these account types; others are possible.
        case accountType([String])
        /// Any text.
        case text
    }

    /// The header in CSV and the member in JSON, for example `accountType`.
    public var key: String
    /// The header for people, for example `Account type`.
    public var title: String
    /// The width in characters that suits most values, 4 to 80.
    public var width: Int
    /// How people fill it in; nil for a column that is only read.
    public var entry: Entry?
    /// Whether it is worth its width on paper.
    public var isPrinted: Bool
    /// Whether only programs read it; a page leaves it out.
    public var isTechnical: Bool
    /// One sentence for the guide; what the column means and where it comes from.
    public var help: String

    /// Whether a decision is made in it.
    var isDecision: Bool {
        if case .decision = entry { return true }
        return false
    }

    /// A column.
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
        /// The table's id.
        public var table: String
        /// How many of its rows, from the first.
        public var rows: Int

        /// The first rows of a table.
        public init(table: String, rows: Int) {
            self.table = table
            self.rows = rows
        }
    }

    /// What the table is to the report.
    public enum Role: Hashable, Sendable {
        /// Its rows are the report's subject; every one of them is in every format.
        case population
        /// Rows of populations once more, in another light (the privileged ones): the first so many rows of each table
        /// named, one after the other. Nothing is filled in here; a workbook shows what was filled in there. Not in CSV
        /// and JSON, where the population has a column for it.
        case extract(of: [Extent])
        /// About something else (what changed). Not in CSV, which holds one kind of row.
        case annex
    }

    /// The member in JSON and the anchor in HTML, for example `active`.
    public var id: String
    /// The name of the sheet and the section, at most 31 characters, none of `[]:*?/\`, not `History`.
    public var title: String
    /// One sentence above the rows.
    public var note: String
    /// What the table is to the report.
    public var role: Role
    /// The columns, in their order.
    public var columns: [Column]
    /// How many rows there are, known before they come.
    public var count: Int
    /// Calls its argument once a row, with as many cells as there are columns.
    public var rows: (([Cell]) throws -> Void) throws -> Void
    /// Told now and then how many rows were written.
    var onRows: ((Int) -> Void)?

    /// A table.
    public init(
        id: String, title: String, note: String, role: Role, columns: [Column], count: Int,
        rows: @escaping (([Cell]) throws -> Void) throws -> Void
    ) {
        self.id = id
        self.title = title
        self.note = note
        self.role = role
        self.columns = columns
        self.count = count
        self.rows = rows
    }
}

/// Thrown by a writer when a table handed over more or fewer rows than it had promised: the report is not written.
public struct RowCountMismatch: Error, Hashable, Sendable {
    /// The table's title.
    public var table: String
    /// How many rows it had promised.
    public var promised: Int
    /// How many came.
    public var written: Int
}
