import Foundation

/// Writes CSV: RFC 4180, CRLF, one header line. The populations follow one another; columns that a population does not
/// have are empty in its rows.
struct CSVWriter: ReportWriter {
    /// Whether the file begins with a byte order mark, which Excel needs to read the file as UTF-8.
    var hasByteOrderMark = false

    @discardableResult
    func write(_ report: Report, to path: String) throws -> [String: Int] {
        let tables = report.tables.filter { $0.role == .population }
        let columns = Self.union(of: tables.map(\.columns))
        let file = try AtomicFile(path: path)
        try file.write(
            (hasByteOrderMark ? "\u{feff}" : "") + (columns + report.stamp.map(\.key)).joined(separator: ",") + "\r\n")
        var written: [String: Int] = [:]
        for table in tables {
            let places = columns.map { key in table.columns.firstIndex { $0.key == key } }
            written[table.id] = try table.counted { cells in
                try file.write { bytes in
                    for (index, place) in places.enumerated() {
                        if index > 0 { bytes.append(0x2c) }
                        if let place { CSVText.append(cells[place], to: &bytes) }
                    }
                    for fact in report.stamp {
                        bytes.append(0x2c)
                        CSVText.append(fact.value, to: &bytes)
                    }
                    bytes.append(0x0d)
                    bytes.append(0x0a)
                }
            }
        }
        try file.commit()
        return written
    }

    /// The keys of all columns: those of the first table, and each further column after the one that precedes it in its
    /// own table.
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
