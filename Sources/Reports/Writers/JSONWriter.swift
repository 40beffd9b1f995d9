import Domain
import Foundation

/// Writes one JSON document (RFC 8259): version, kind, facts and counts, and each table as an array of objects with a
/// member for each column. Text is unchanged, without the guard of CSV files; empty cells are `null`.
struct JSONWriter: ReportWriter {
    /// Increased when a member changes its meaning or is removed, but not for new members.
    static let schemaVersion = 1

    @discardableResult
    func write(_ report: Report, to path: String) throws -> [String: Int] {
        let file = try AtomicFile(path: path)
        try file.write("{\n" + report.jsonMembers.joined(separator: ",\n"))
        var written: [String: Int] = [:]
        for table in report.tables where table.isInJSON {
            try file.write(",\n\(JSONText.string(table.id)):[")
            let row = JSONRow(table.columns)
            var separator: StaticString = "\n"
            written[table.id] = try table.counted { cells in
                try file.write { bytes in
                    bytes.append(separator)
                    row.append(cells, to: &bytes)
                }
                separator = ",\n"
            }
            try file.write("\n]")
        }
        try file.write("\n}\n")
        try file.commit()
        return written
    }
}

extension Table {
    /// Whether JSON contains the table. Extracts repeat rows of other tables, so they are left out.
    fileprivate var isInJSON: Bool { role == .population || role == .annex }
}
