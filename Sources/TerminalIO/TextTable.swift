import Domain
import Foundation
import Reports

/// Rows as text: aligned for a person, with tabs between the columns for a program.
public struct TextTable {
    /// The names of the columns.
    public var names: [String]
    /// Rows of as many cells, free of control characters.
    public var rows: [[String]]

    /// Takes the names of the columns, and rows of as many cells.
    public init(names: [String], rows: [[String]]) {
        self.names = names
        self.rows = rows
    }

    /// The table with a line of names first.
    public func text(aligned: Bool) -> String {
        guard aligned else { return ([names] + rows).map { $0.joined(separator: "\t") + "\n" }.joined() }
        let all = [names] + rows
        let widths = names.indices.map { column in all.map { Columns.count($0[column]) }.max() ?? 0 }
        return all.map { cells in
            let padded = zip(cells, widths).map { Columns.padded($0, to: $1) }
            return padded.joined(separator: "  ").replacing(#/ +$/#, with: "") + "\n"
        }.joined()
    }
}

extension Cell {
    /// The cell on one line, as a terminal may show it.
    public var plain: String {
        if case .time(let time) = self { return Timestamp.text(time, toSeconds: true) }
        return Terminal.plain(text, limit: 1000)
    }
}
