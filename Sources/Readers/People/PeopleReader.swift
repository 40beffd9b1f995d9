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
}

/// Reads a list of people row by row.
///
/// ```swift
/// var reader = try PeopleReader(source: FileByteSource(path: "people.csv"), options: CSVOptions())
/// while let row = try reader.next() { print(row.email) }
/// ```
public struct PeopleReader {
    /// Which column holds what.
    public let mapping: HeaderMap
    /// What stands between two fields.
    public var delimiter: Delimiter { reader.delimiter }
    /// The name of the encoding that the file is in.
    public var encoding: String { reader.encoding }

    private var reader: CSVReader
    /// The first row, where it is not a header.
    private var pending: CSVRow?

    /// Reads the first row.
    ///
    /// - Parameter takesUIDs: whether a row may name a user by uid instead of an address.
    /// - Throws: ``CSVError`` for what is no list of people.
    public init(source: some ByteSource, options: CSVOptions, takesUIDs: Bool = false) throws(CSVError) {
        reader = try CSVReader(source: source, options: options)
        guard let first = try reader.next() else { throw .empty }
        mapping = try HeaderMap(firstRow: first, takesUIDs: takesUIDs)
        pending = mapping.hasHeader ? nil : first
    }

    /// The next row; nil at the end.
    ///
    /// - Throws: ``CSVError`` where no further row can be read.
    public mutating func next() throws(CSVError) -> PersonRow? {
        if let row = pending {
            pending = nil
            return person(row)
        }
        return try reader.next().map(person)
    }

    private func person(_ row: CSVRow) -> PersonRow {
        let text = { (field: PeopleField) in mapping.column(field).map { row[$0] } ?? "" }
        let place = { (field: PeopleField) in mapping.column(field).map { $0 + 1 } }
        return PersonRow(
            location: SourceLocation(line: row.line), email: text(.email), emailColumn: place(.email),
            accountType: text(.accountType), accountTypeColumn: place(.accountType), uid: text(.uid),
            uidColumn: place(.uid),
            workspace: text(.workspace), workspaceColumn: place(.workspace),
            malformation: row.malformation ?? surplus(of: row))
    }

    /// More fields than the header has: most often a delimiter in a field that lacks its quotes.
    private func surplus(of row: CSVRow) -> (column: Int, message: String)? {
        guard row.count > mapping.width,
            let column = (mapping.width..<row.count).first(where: { !row.isEmpty(at: $0) })
        else { return nil }
        let first = mapping.hasHeader ? "header" : "first row"
        return (
            column + 1,
            "the row has \(row.count) fields, and the \(first) has \(mapping.width); put quotes around a field that "
                + "holds the delimiter"
        )
    }
}
