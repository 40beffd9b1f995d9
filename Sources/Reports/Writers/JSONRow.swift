import Domain

/// Rows as JSON objects whose members are the columns' keys, in their order: `{"line":2,"email":"bob@acme.io"}`.
///
/// The names stand in one piece, with what is around them: an array for each would be counted as used and as unused
/// again for every cell.
public struct JSONRow: Sendable {
    private var names: [UInt8] = []
    private var ends: [Int] = []

    /// The rows of a table.
    public init(_ columns: [Column]) { self.init(keys: columns.map(\.key)) }

    /// Rows of as many cells as there are keys.
    public init(keys: [String]) {
        for key in keys {
            names += Array(((ends.isEmpty ? "" : ",") + JSONText.string(key) + ":").utf8)
            ends.append(names.count)
        }
    }

    /// One row, on one line.
    public func text(_ cells: [Cell]) -> String {
        String { append(cells, to: &$0) }
    }

    /// Adds one row, on one line.
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
    /// What stands above the rows, member for member as a file of the report has it: what it is, the facts, the counts.
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
