import Domain
import Foundation

/// One JSON document (RFC 8259): what it is, the facts, the counts, then each table as an array of objects with a
/// member a column. Text is raw, without the guard that CSV needs; nothing to say is `null`.
struct JSONWriter: ReportWriter {
    /// Raised when a member changes its meaning or goes away; new members do not raise it.
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
    /// An extract repeats rows that are there already.
    fileprivate var isInJSON: Bool { role == .population || role == .annex }
}
