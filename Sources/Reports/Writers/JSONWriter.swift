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
        try file.write(head(of: report))
        var written: [String: Int] = [:]
        for table in report.tables where table.isInJSON {
            try file.write(",\n\(JSONText.string(table.id)):[")
            let names = MemberNames(table.columns.map(\.key))
            var separator: StaticString = "\n{"
            written[table.id] = try table.counted { cells in
                try file.write { bytes in
                    bytes.append(separator)
                    names.forEach { place, name in
                        bytes.append(name)
                        JSONText.append(cells[place], to: &bytes)
                    }
                    bytes.append(0x7d)
                }
                separator = ",\n{"
            }
            try file.write("\n]")
        }
        try file.write("\n}\n")
        try file.commit()
        return written
    }

    private func head(of report: Report) -> String {
        var members = [
            "\"schemaVersion\":\(Self.schemaVersion)",
            "\"report\":\(JSONText.string(report.kind.rawValue))",
            "\"title\":\(JSONText.string(report.title))",
            "\"time\":\(JSONText.value(.time(report.time)))",
            "\"warnings\":[\(report.warnings.map(JSONText.string).joined(separator: ","))]",
        ]
        for group in report.facts {
            let facts = group.facts.map { "\(JSONText.string($0.key)):\(JSONText.value($0.value))" }
            members.append("\(JSONText.string(group.key)):{\(facts.joined(separator: ","))}")
        }
        let tallies = report.tallies.map { tally in
            let counts = tally.counts.map { "\(JSONText.string($0.label)):\($0.count)" }
            return "\(JSONText.string(tally.key)):{\(counts.joined(separator: ","))}"
        }
        members.append("\"counts\":{\(tallies.joined(separator: ","))}")
        return "{\n" + members.joined(separator: ",\n")
    }
}

/// The names of a row's members with what stands around them, in one piece: an array for each would be counted as used
/// and as unused again for every cell.
private struct MemberNames {
    private var text: [UInt8] = []
    private var ends: [Int] = []

    init(_ keys: [String]) {
        for key in keys {
            text += Array(((ends.isEmpty ? "" : ",") + JSONText.string(key) + ":").utf8)
            ends.append(text.count)
        }
    }

    func forEach(_ body: (_ place: Int, _ name: UnsafeBufferPointer<UInt8>) -> Void) {
        text.withUnsafeBufferPointer { text in
            var start = 0
            for (place, end) in ends.enumerated() {
                body(place, text.part(start..<end))
                start = end
            }
        }
    }
}

extension Table {
    /// An extract repeats rows that are there already.
    fileprivate var isInJSON: Bool { role == .population || role == .annex }

    /// Hands over every row and counts them.
    ///
    /// - Throws: ``RowCountMismatch`` if there are more or fewer than were promised, and what `body` throws.
    func counted(_ body: ([Cell]) throws -> Void) throws -> Int {
        var written = 0
        try rows { cells in
            try body(cells)
            written += 1
        }
        guard written == count else { throw RowCountMismatch(table: title, promised: count, written: written) }
        return written
    }
}
