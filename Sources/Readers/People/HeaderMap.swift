import Domain

/// Which column holds what.
public struct HeaderMap: Sendable, Equatable, CustomStringConvertible {
    /// Columns by field, counted from 0.
    private var columns: [PeopleField: Int] = [:]
    /// The first row's cells; empty where the file has no header.
    private var headers: [String] = []
    /// How many columns the first row has.
    let width: Int

    /// Whether the first row is a header, and not somebody's row.
    public var hasHeader: Bool { !headers.isEmpty }

    /// Whether some column holds account types.
    public var hasAccountType: Bool { columns[.accountType] != nil }

    /// Whether some column says which workspace a row is for.
    public var hasWorkspace: Bool { columns[.workspace] != nil }

    /// Maps the first row.
    ///
    /// A row whose first cell is an email address is no header: its first column holds addresses, and the first
    /// column that has a known account type in it holds those.
    ///
    /// - Parameter takesUIDs: whether a column of uids will do where there are no addresses.
    init(firstRow row: CSVRow, takesUIDs: Bool = false) throws(CSVError) {
        let cells = (0..<row.count).map { row[$0] }
        width = cells.count
        let isUID = takesUIDs && cells[0].utf8.count == 64 && cells[0].allSatisfy(\.isHexDigit)
        if isUID || (try? EmailAddress(cells[0])) != nil {
            columns[isUID ? .uid : .email] = 0
            let known = Set(AccountType.known.map(\.rawValue))
            columns[.accountType] = cells.indices.dropFirst().first {
                known.contains(AccountType.normalised(cells[$0]))
            }
            return
        }
        if let malformation = row.malformation {
            throw .malformedHeader(line: row.line, column: malformation.column, message: malformation.message)
        }
        headers = cells
        for (index, cell) in cells.enumerated() {
            guard let field = PeopleField(header: cell) else { continue }
            if let other = columns[field] {
                // Two names, as in "Name" and "Display name", do no harm: nothing is done with them.
                if field == .name { continue }
                throw .ambiguousHeader(
                    line: row.line, field, columns: [other + 1, index + 1], headers: [cells[other], cell])
            }
            columns[field] = index
        }
        guard columns[.email] != nil || (takesUIDs && columns[.uid] != nil) else {
            throw .noEmailColumn(line: row.line, headers: cells)
        }
    }

    /// The column of a field, counted from 0.
    func column(_ field: PeopleField) -> Int? { columns[field] }

    /// The mapping in words: `email address ← column 2 "Email", account type ← column 3 "Role"; ignored: "Team"`.
    public var description: String {
        let found = PeopleField.allCases.filter { $0 != .name }.compactMap { field in
            columns[field].map {
                "\(field.label) ← column \($0 + 1)" + (hasHeader ? " " + Self.quoted(headers[$0]) : "")
            }
        }
        let used = Set(columns.filter { $0.key != .name }.values)
        let ignored = headers.indices.filter { !used.contains($0) && !headers[$0].isEmpty }.map { headers[$0] }
        return found.joined(separator: ", ") + (hasHeader ? "" : " (no header)")
            + (ignored.isEmpty ? "" : "; ignored: " + Self.list(ignored))
    }

    static func quoted(_ header: String) -> String { "\"\(Terminal.plain(header, limit: 40))\"" }

    /// The first dozen, which is what a person reads.
    static func list(_ headers: [String]) -> String {
        let shown = headers.prefix(12).map(quoted).joined(separator: ", ")
        return headers.count > 12 ? shown + " and \(headers.count - 12) more" : shown
    }
}
