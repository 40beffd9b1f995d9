import Domain

/// Writes rows as JSON objects whose members are the keys of the columns, in order: `{"line":2,"email":"bob@acme.io"}`.
///
/// All names are in one array, with their punctuation: separate arrays would be retained and released for every cell.
public struct JSONRow: Sendable {
    private var names: [UInt8] = []
    private var ends: [Int] = []

    /// Creates the writer for the rows of a table.
    public init(_ columns: [Column]) { self.init(keys: columns.map(\.key)) }

    /// Creates the writer for rows with one cell for each key.
    public init(keys: [String]) {
        for key in keys {
            names += Array(((ends.isEmpty ? "" : ",") + JSONText.string(key) + ":").utf8)
            ends.append(names.count)
        }
    }

    /// The JSON of one row, on one line.
    public func text(_ cells: [Cell]) -> String {
        String { append(cells, to: &$0) }
    }

    /// Appends one row, on one line.
    func append(_ cells: [Cell], to bytes: inout RowBytes) {
        bytes.append(0x7b)
        names.withUnsafeBufferPointer { names in
            var start = 0
            for (place, end) in ends.enumerated() {
                bytes.append(names.part(start..<end))
                JSONText.append(cells[place], to: &bytes)
                start = end
            }
        }
        bytes.append(0x7d)
    }
}

extension Report {
    /// The members before the rows, as in a JSON file of the report: version, kind, title, facts and counts.
    public var jsonMembers: [String] {
        [
            "\"schemaVersion\":\(JSONWriter.schemaVersion)",
            "\"report\":\(JSONText.string(kind.rawValue))",
            "\"title\":\(JSONText.string(title))",
            "\"time\":\(JSONText.value(.time(time)))",
            "\"warnings\":[\(warnings.map(JSONText.string).joined(separator: ","))]",
        ] + facts.map(\.jsonMember) + [jsonCounts]
    }

    /// `"counts":{"outcomes":{"succeeded":5}}`
    public var jsonCounts: String {
        let tallies = tallies.map { tally in
            let counts = tally.counts.map { "\(JSONText.string($0.label)):\($0.count)" }
            return "\(JSONText.string(tally.key)):{\(counts.joined(separator: ","))}"
        }
        return "\"counts\":{\(tallies.joined(separator: ","))}"
    }
}

extension FactGroup {
    /// `"run":{"number":3,"operation":"invite"}`
    public var jsonMember: String {
        let facts = facts.map { "\(JSONText.string($0.key)):\(JSONText.value($0.value))" }
        return "\(JSONText.string(key)):{\(facts.joined(separator: ","))}"
    }
}
