import Domain

/// One row of a list of people, as text, with the position of each cell.
public struct PersonRow: Sendable {
    /// The line on which the row begins.
    public let location: SourceLocation
    /// The address as written in the list; empty if the row has none.
    public let email: String
    /// The field of the address, counted from 1.
    public let emailColumn: Int?
    /// The account type as written in the list; empty if the row has none.
    public let accountType: String
    /// The field of the account type, counted from 1.
    public let accountTypeColumn: Int?
    /// The uid as written in the list; empty if the row has none.
    public let uid: String
    /// The field of the uid, counted from 1.
    public let uidColumn: Int?
    /// The workspace as written in the list; empty if the row has none.
    public let workspace: String
    /// The field of the workspace, counted from 1.
    public let workspaceColumn: Int?
    /// What is wrong with the whole row; nil for a good row.
    public let malformation: (column: Int, message: String)?
    /// Why the row is excluded; nil if it is selected.
    public let exclusion: RowExclusion?
}

/// Why a row is excluded.
public struct RowExclusion: Equatable, Sendable {
    /// The category in the plan.
    public let ground: Ground
    /// One sentence.
    public let reason: String

    init(_ ground: Ground, _ reason: String) { (self.ground, self.reason) = (ground, reason) }
}

/// Reads a list of people row by row.
///
/// ```swift
/// var reader = try PeopleReader(.text(CSVReader(source: source, options: CSVOptions())), ListOptions(.invite))
/// try reader.forEach { row in print(row.email) }
/// ```
public struct PeopleReader {
    /// The columns of the list.
    public private(set) var columns: ListColumns
    private let options: ListOptions
    private var source: ListSource
    /// The first rows, which were read to find the columns.
    private let window: [ListRow]
    private var checks: RowChecks
    private var selection: RowSelection

    /// Reads the first rows.
    ///
    /// - Throws: ``ListError``, ``CSVError`` or ``WorkbookError`` if the source is not a list of people.
    public init(_ source: ListSource, _ options: ListOptions) throws {
        var options = options
        options.countsFrom1904 = source.countsFrom1904
        self.options = options
        self.source = source
        window = try self.source.window()
        columns = try ListColumns(window, options, delimiter: self.source.delimiter)
        checks = RowChecks(columns, options, delimiter: self.source.delimiter)
        selection = try RowSelection(columns, options)
        columns.filters = selection.columnsOfFilters
        if let question = columns.typeQuestion { try ask(question) }
    }

    /// Reads the rest, to report all questions in one message.
    private mutating func ask(_ question: ListError) throws {
        do {
            try forEach { _ in }
        } catch let error as ListError {
            throw ListError.several([question, error])
        }
        throw question
    }

    /// Decides which column contains uids of the workspace.
    ///
    /// - Throws: ``ListError`` if there is none and no column of addresses either.
    public mutating func findUIDs(_ isUID: (String) -> Bool) throws(ListError) { try columns.findUIDs(isUID) }

    /// Passes every row to `body`.
    ///
    /// - Throws: ``ListError``, ``CSVError`` or ``WorkbookError`` if the rest cannot be read or is ambiguous, or what
    ///   `body` throws.
    public mutating func forEach(_ body: (PersonRow) throws -> Void) throws {
        var (checks, selection) = (checks, selection)
        let columns = columns
        var sections = ListSections(columns, options)
        let first = columns.headerLine == nil ? 0 : columns.titles + 1
        var hidden: (count: Int, first: Int) = (0, 0)
        try source.forEach(window, from: first) { row in
            if row.isHidden { hidden = (hidden.count + 1, hidden.count == 0 ? row.line : hidden.first) }
            try body(Self.person(row, columns, &sections, &checks, &selection))
        }
        if hidden.count > 0, !options.takesHiddenRows, case .sheet(_, let name) = source {
            throw ListError.hiddenRows(sheet: name, count: hidden.count, first: hidden.first)
        }
        try sections.finish()
        try selection.finish()
    }

    private static func person(
        _ row: ListRow, _ columns: ListColumns, _ sections: inout ListSections, _ checks: inout RowChecks,
        _ selection: inout RowSelection
    ) throws(ListError) -> PersonRow {
        let text = { (field: PeopleField) in columns.place(field).map { row[$0] } ?? "" }
        let place = { (field: PeopleField) in columns.place(field).map { $0 + 1 } }
        let outside = try sections.take(row)
        let fault = outside == nil ? try checks.fault(of: row) : nil
        let exclusion = outside ?? (fault == nil ? selection.take(row).map { RowExclusion(.leftOut, $0) } : nil)
        return PersonRow(
            location: SourceLocation(line: row.line), email: text(.email), emailColumn: place(.email),
            accountType: text(.accountType), accountTypeColumn: place(.accountType), uid: text(.uid),
            uidColumn: place(.uid), workspace: text(.workspace), workspaceColumn: place(.workspace),
            malformation: fault, exclusion: exclusion)
    }
}
