import Domain
import Foundation
import Reports

/// Rows as text: aligned for a person, with tabs between the columns for a program.
public struct TextTable {
    /// The names of the columns.
    public var names: [String]
    /// Rows of as many cells, free of control characters.
    public var rows: [[String]]
    /// The names of columns that are never shortened, because the row is about them.
    private let whole: Set<String>

    /// Takes the names of the columns, and rows of as many cells.
    ///
    /// - Parameter whole: the names of columns that are never shortened.
    public init(names: [String], rows: [[String]], whole: Set<String> = []) {
        self.names = names
        self.rows = rows
        self.whole = whole
    }

    /// The table for a person, in columns; a table that is too wide is made to fit by shortening its widest columns.
    ///
    /// - Parameters:
    ///   - columns: those of the terminal; nil for columns as wide as they are.
    ///   - keepsLast: whether the last column stays whole, because it holds what was asked for.
    public func aligned(in columns: Int?, keepsLast: Bool = false) -> String {
        var all = [names] + rows
        var widths = names.indices.map { column in all.map { Columns.count($0[column]) }.max() ?? 0 }
        if let columns {
            widths = fitted(widths, in: columns, keepsLast: keepsLast)
            all = all.map { Array($0.prefix(widths.count)) }
        }
        return all.map { cells in
            let padded = zip(cells, widths).enumerated().map { place, cell in
                let isWhole = keepsLast && place == names.count - 1
                return isWhole ? cell.0 : Columns.padded(Columns.shortened(cell.0, to: cell.1), to: cell.1)
            }
            return padded.joined(separator: "  ").replacing(#/ +$/#, with: "") + "\n"
        }.joined()
    }

    /// The table for a program, with tabs between the columns.
    public var tabbed: String { ([names] + rows).map { $0.joined(separator: "\t") + "\n" }.joined() }

    /// No column gets narrower than this: a date without its time, and an ellipsis.
    private static let narrowest = 11

    /// The columns that a table takes, with two blanks between its columns.
    private static func width(of widths: [Int]) -> Int { widths.reduce(2 * (widths.count - 1), +) }

    /// The widths of the columns that fit, or of as many of the first ones as do.
    ///
    /// The last columns matter least, and a line that the terminal breaks cannot be read.
    private func fitted(_ widths: [Int], in columns: Int, keepsLast: Bool) -> [Int] {
        for count in (1...max(1, widths.count)).reversed() {
            let fitted = shrunk(Array(widths.prefix(count)), in: columns, keepsLast: keepsLast)
            if keepsLast || count == 1 || Self.width(of: fitted) <= columns { return fitted }
        }
        return widths
    }

    /// The widths after taking a column at a time from the widest.
    private func shrunk(_ widths: [Int], in columns: Int, keepsLast: Bool) -> [Int] {
        var widths = widths
        let candidates = keepsLast ? widths.indices.dropLast() : widths.indices
        let shrinkable = candidates.filter { !whole.contains(names[$0]) }
        while Self.width(of: widths) > columns,
            let widest = shrinkable.max(by: { widths[$0] < widths[$1] }), widths[widest] > Self.narrowest
        {
            widths[widest] -= 1
        }
        return widths
    }
}

extension Output {
    /// Writes a table: for a person in columns and, if it is long, by the pager; for a program with tabs.
    ///
    /// - Parameters:
    ///   - people: what a person sees.
    ///   - programs: what a program reads; nil for the same.
    public func table(people: TextTable, programs: TextTable? = nil, keepsLast: Bool = false) throws {
        guard isTerminal else { return try text((programs ?? people).tabbed) }
        try Pager.show(people.aligned(in: textWidth, keepsLast: keepsLast), on: self)
    }
}

extension Cell {
    /// The cell on one line, as a terminal may show it.
    public var plain: String {
        if case .time(let time) = self { return Timestamp.text(time, toSeconds: true) }
        return Terminal.plain(text, limit: 1000)
    }
}
