import Domain
import Foundation
import Readers

/// What differs between two files, in words: the first differences with their places and both values, and their number.
struct Difference {
    /// The first differences.
    private(set) var shown: [String] = []
    /// The number of all differences.
    private(set) var count = 0

    /// The number of differences that are shown of each sheet, or of a file without sheets.
    private static let limit = 3
    /// How many of them are of the current sheet.
    private var ofSheet = 0

    /// `row 5, column flags: "" instead of "privileged"; 3 more differences`
    var words: String {
        let more = count - shown.count
        return shown.joined(separator: "; ") + (more > 0 ? "; \(more.counted("more difference"))" : "")
    }

    private mutating func add(_ sentence: @autoclosure () -> String) {
        count += 1
        guard ofSheet < Self.limit else { return }
        ofSheet += 1
        shown.append(sentence())
    }

    /// Compares a file with the one that it should be, as far as people and programs read it.
    ///
    /// - Returns: nil if the file cannot be read.
    static func between(_ found: String, and wanted: String, format: ReportFormat?) -> Difference? {
        var difference = Difference()
        let isRead =
            switch format {
            case .csv: difference.compare(.csv(found), with: .csv(wanted))
            case .xlsx: difference.compareBooks(found, with: wanted)
            case .html:
                difference.compare(
                    .lines(of: found, cells: Self.texts(ofLine:)), with: .lines(of: wanted, cells: Self.texts(ofLine:)))
            case .json, .md, nil:
                difference.compare(.lines(of: found) { [$0] }, with: .lines(of: wanted) { [$0] })
            }
        return isRead ? difference : nil
    }

    /// The texts of a line of HTML, without its tags.
    private static func texts(ofLine line: String) -> [String] {
        guard line.hasPrefix("<tr>") else { return [line] }
        return line.components(separatedBy: "</td>").dropLast().map { cell in
            String(cell.replacing(#/<[^>]*>/#, with: ""))
        }
    }

    private mutating func compareBooks(_ found: String, with wanted: String) -> Bool {
        guard let book = try? WorkbookReader(path: found), let other = try? WorkbookReader(path: wanted) else {
            return false
        }
        for name in book.sheetNames where !other.sheetNames.contains(name) {
            add("sheet \(Terminal.plain(name)): it does not belong to the report")
        }
        for name in other.sheetNames {
            ofSheet = 0
            guard book.sheetNames.contains(name) else {
                add("sheet \(name): it is missing")
                continue
            }
            let place = "sheet \(name), "
            guard compare(.sheet(name, of: book), with: .sheet(name, of: other), in: place) else { return false }
        }
        return true
    }

    /// - Returns: false if a file cannot be read.
    private mutating func compare(_ found: ComparedRows, with wanted: ComparedRows, in place: String = "") -> Bool {
        guard let marks = found.marks(), let others = wanted.marks() else { return false }
        let start = zip(marks, others).prefix { $0 == $1 }.count
        let end = zip(marks[start...].reversed(), others[start...].reversed()).prefix { $0.hash == $1.hash }.count
        let (rows, due) = (marks[start..<(marks.count - end)], others[start..<(others.count - end)])
        if rows.count == due.count {
            let pairs = zip(rows, due).filter { $0 != $1 }
            let shown = pairs.prefix(Self.limit)
            let cells = found.cells(of: Set(shown.map(\.0.number)))
            let dueCells = wanted.cells(of: Set(shown.map(\.1.number)))
            let header = wanted.naming == .none ? [] : wanted.header
            for (row, other) in shown {
                compare(
                    cells[row.number] ?? [], with: dueCells[other.number] ?? [],
                    header: other.number == 1 ? [] : header,
                    wanted, in: "\(place)\(wanted.noun) \(row.number)")
            }
            count += pairs.count - shown.count
        } else {
            let missing = Self.surplus(of: due, over: rows)
            let extra = Self.surplus(of: rows, over: due)
            let texts = wanted.cells(of: Set(missing.prefix(Self.limit)))
            for number in missing { add("\(place)\(wanted.noun) \(number) is missing: \(Self.text(texts[number]))") }
            let others = found.cells(of: Set(extra.prefix(Self.limit)))
            for number in extra {
                add("\(place)\(wanted.noun) \(number) does not belong to the report: \(Self.text(others[number]))")
            }
            // The same rows in another order have no surplus.
            if missing.isEmpty, extra.isEmpty { add("\(place)the order of its rows") }
        }
        return true
    }

    /// The numbers of the rows that occur more often than among others.
    private static func surplus(
        of rows: ArraySlice<ComparedRows.Mark>, over others: ArraySlice<ComparedRows.Mark>
    ) -> [Int32] {
        var left = Dictionary(others.map { ($0.hash, 1) }, uniquingKeysWith: +)
        return rows.filter { row in
            guard let count = left[row.hash], count > 0 else { return true }
            left[row.hash] = count - 1
            return false
        }.map(\.number)
    }

    private mutating func compare(
        _ cells: [String], with wanted: [String], header: [String], _ rows: ComparedRows, in place: String
    ) {
        // A row of a JSON file is one line.
        if rows.naming == .none, let members = Self.members(cells), let others = Self.members(wanted) {
            for name in Set(members.keys).union(others.keys).sorted() where members[name] != others[name] {
                let (text, other) = (members[name] ?? "", others[name] ?? "")
                add(
                    "\(place), member \(Terminal.plain(name, limit: 40)): \(Self.quoted(text, besides: other)) instead of "
                        + Self.quoted(other, besides: text))
            }
            return
        }
        for column in 0..<max(cells.count, wanted.count) {
            let cell = column < cells.count ? cells[column] : ""
            let other = column < wanted.count ? wanted[column] : ""
            guard cell != other else { continue }
            let title = column < header.count ? header[column] : ""
            let name =
                switch rows.naming {
                case .header: ", column \(Terminal.plain(title.isEmpty ? "\(column + 1)" : title, limit: 40))"
                case .letters:
                    ", column \(SheetColumn.letters(column))"
                        + (title.isEmpty ? "" : " (\(Terminal.plain(title, limit: 40)))")
                case .none: wanted.count > 1 ? ", cell \(column + 1)" : ""
                }
            add("\(place)\(name): \(Self.quoted(cell, besides: other)) instead of \(Self.quoted(other, besides: cell))")
        }
    }

    /// The members of a line with a JSON object; nil for any other line.
    private static func members(_ cells: [String]) -> [String: String]? {
        guard cells.count == 1, var line = cells.first?.trimmingCharacters(in: .whitespacesAndNewlines)[...],
            line.hasPrefix("{")
        else { return nil }
        if line.hasSuffix(",") { line = line.dropLast() }
        let value = try? JSONSerialization.jsonObject(with: Data(line.utf8))
        return (value as? [String: Any])?.mapValues { $0 is NSNull ? "" : "\($0)" }
    }

    /// The part of a text in which it differs from another one.
    private static func quoted(_ text: String, besides other: String) -> String {
        let shared = zip(text, other).prefix { $0 == $1 }.count
        let start = text.count > 80 && shared > 40 ? shared - 20 : 0
        let part = text.dropFirst(start).trimmingCharacters(in: .newlines)
        return "\"\(start > 0 ? "…" : "")\(Terminal.plain(part, limit: 80))\""
    }

    private static func text(_ cells: [String]?) -> String {
        Terminal.plain((cells ?? []).filter { !$0.isEmpty }.prefix(5).joined(separator: " | "), limit: 120)
    }
}
