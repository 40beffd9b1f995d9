import Foundation

/// CSV: RFC 4180, CRLF, one header line. The populations follow one another; a column that one of them does not have
/// is empty there.
struct CSVWriter: ReportWriter {
    /// Whether the file begins with a byte order mark, without which Excel does not take it for UTF-8.
    var hasByteOrderMark = false

    @discardableResult
    func write(_ report: Report, to path: String) throws -> [String: Int] {
        let tables = report.tables.filter { $0.role == .population }
        let columns = Self.union(of: tables.map(\.columns))
        let file = try AtomicFile(path: path)
        try file.write((hasByteOrderMark ? "\u{feff}" : "") + columns.joined(separator: ",") + "\r\n")
        var written: [String: Int] = [:]
        for table in tables {
            let places = columns.map { key in table.columns.firstIndex { $0.key == key } }
            written[table.id] = try table.counted { cells in
                let fields = places.map { place in place.map { CSVText.field(cells[$0]) } ?? "" }
                try file.write(fields.joined(separator: ",") + "\r\n")
            }
        }
        try file.commit()
        return written
    }

    /// The keys of all columns: those of the first table, and each further one behind the column that it follows in
    /// its own table.
    static func union(of tables: [[Column]]) -> [String] {
        var keys: [String] = []
        for columns in tables {
            var place = 0
            for column in columns {
                if let known = keys.firstIndex(of: column.key) {
                    place = known + 1
                } else {
                    keys.insert(column.key, at: place)
                    place += 1
                }
            }
        }
        return keys
    }
}

extension CSVText {
    /// A cell as a field: text is quoted and guarded, everything else is as it is.
    static func field(_ cell: Cell) -> String {
        if case .text(let text) = cell { return field(text) }
        return cell.text
    }
}
