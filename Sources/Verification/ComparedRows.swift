import Domain
import Foundation
import Readers
import Reviewing

/// The rows of a file or of a sheet, for comparison: read one by one, as often as needed.
struct ComparedRows {
    /// How the cells of a row are named.
    enum Naming { case header, letters, none }

    /// How the cells are named.
    let naming: Naming
    /// What a row is called.
    let noun: String
    private let read: ((Int, [String]) -> Void) -> Bool

    /// The rows of a CSV file.
    static func csv(_ path: String) -> ComparedRows {
        ComparedRows(naming: .header, noun: "row") { body in
            var number = 0
            return CSVReadBack.rows(of: path) { row in
                number += 1
                body(number, row.cells)
            }
        }
    }

    /// The rows of a sheet.
    static func sheet(_ name: String, of book: WorkbookReader) -> ComparedRows {
        ComparedRows(naming: .letters, noun: "row") { body in
            do {
                try book.rows(of: name) { row in body(row.number, (0..<row.width).map { number(row[$0]) }) }
                return true
            } catch {
                return false
            }
        }
    }

    /// A number as every program shows it: the last digits of a time differ from one program to another.
    private static func number(_ text: String) -> String {
        guard text.utf8.count > 12, text.utf8.contains(0x2e), let number = Double(text) else { return text }
        return number.rounded(to: 8)
    }

    /// The lines of a text. The cells of a line are made by `cells`.
    static func lines(of path: String, cells: @escaping (String) -> [String]) -> ComparedRows {
        ComparedRows(naming: .none, noun: "line") { body in
            guard let file = fopen(path, "r") else { return false }
            defer { fclose(file) }
            var line: UnsafeMutablePointer<CChar>?
            var capacity = 0
            defer { free(line) }
            var number = 0
            while case let count = getline(&line, &capacity, file), count > 0, let start = line {
                number += 1
                let bytes = UnsafeRawBufferPointer(start: start, count: count)
                body(number, cells(String(decoding: bytes, as: UTF8.self)))
            }
            return ferror(file) == 0
        }
    }

    /// A row without its texts.
    struct Mark: Equatable {
        /// The number of the row in the file.
        var number: Int32
        /// The hash of its cells.
        var hash: Int
    }

    /// Every row without its texts; nil if the file cannot be read.
    func marks() -> [Mark]? {
        var marks: [Mark] = []
        let isRead = read { number, cells in
            marks.append(Mark(number: Int32(clamping: number), hash: cells.hashValue))
        }
        return isRead ? marks : nil
    }

    /// The cells of some rows, by number.
    func cells(of numbers: Set<Int32>) -> [Int32: [String]] {
        var found: [Int32: [String]] = [:]
        guard !numbers.isEmpty else { return found }
        _ = read { number, cells in
            if numbers.contains(Int32(clamping: number)) { found[Int32(clamping: number)] = cells }
        }
        return found
    }

    /// The first row, which has the names of the columns in most tables.
    var header: [String] { cells(of: [1])[1] ?? [] }
}
