import Domain

/// One row of a list of people, as text, with the place of each cell.
public struct PersonRow: Sendable {
    /// Where the row begins.
    public let location: SourceLocation
    /// As it was written; empty if the row has none.
    public let email: String
    /// The field that holds the address, counted from 1.
    public let emailColumn: Int?
    /// As it was written; empty if the row has none.
    public let accountType: String
    /// The field that holds the account type, counted from 1.
    public let accountTypeColumn: Int?
    /// As it was written; empty if the row has none.
    public let uid: String
    /// The field that holds the uid, counted from 1.
    public let uidColumn: Int?
    /// As it was written; empty if the row has none.
    public let workspace: String
    /// The field that holds the workspace, counted from 1.
    public let workspaceColumn: Int?
    /// What is wrong with the row as a whole.
    public let malformation: (column: Int, message: String)?
    /// Why the row is left out; nil if it is meant.
    public let exclusion: RowExclusion?
}

/// Why a row is left out.
public struct RowExclusion: Equatable, Sendable {
    /// As the plan counts it.
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
    /// Which column holds what.
    public private(set) var columns: ListColumns
    private let options: ListOptions
    private var source: ListSource
    /// The first rows, which were looked at already.
    private let window: [ListRow]
    private var checks: RowChecks
    private var selection: RowSelection

    /// Reads the first rows.
    ///
    /// - Throws: ``ListError``, ``CSVError`` or ``WorkbookError`` for what is no list of people.
    public init(_ source: ListSource, _ options: ListOptions) throws {
        self.options = options
        self.source = source
        window = try self.source.window()
        columns = try ListColumns(window, options, delimiter: self.source.delimiter)
        checks = RowChecks(columns, options, delimiter: self.source.delimiter)
        selection = try RowSelection(columns, options)
        columns.filters = selection.columnsOfFilters
        if let question = columns.typeQuestion { try ask(question) }
    }

    /// Reads the rest to ask in one message what else has to be said.
    private mutating func ask(_ question: ListError) throws {
        do {
            try forEach { _ in }
        } catch let error as ListError {
            throw ListError.several([question, error])
        }
        throw question
    }

    /// Decides which column holds uids, beside those of the workspace.
    ///
    /// - Throws: ``ListError`` if none does and there are no addresses either.
    public mutating func findUIDs(_ isUID: (String) -> Bool) throws(ListError) { try columns.findUIDs(isUID) }

    /// Hands over every row.
    ///
    /// - Throws: ``ListError``, ``CSVError`` or ``WorkbookError`` where the rest cannot be read or what is meant cannot
    ///   be told, or what `body` throws.
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
