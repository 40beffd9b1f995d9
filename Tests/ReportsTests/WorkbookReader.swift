import Foundation
import Testing

/// A workbook as openpyxl reads it.
struct ReadWorkbook: Decodable {
    struct Sheet: Decodable {
        var name: String
        var rows: [[Value?]]
        /// openpyxl's data types of the first three rows, a letter a cell: s text, n number or empty, d date, f formula.
        var types: [String]
        /// The letters of the hidden columns.
        var hidden: [String]
        /// The widths of the columns, in characters, by letter.
        var widths: [String: Double]
        var printed: String?
        /// How many pages wide and high the sheet is printed; 0 for any number, nil for 1.
        var pages: [Int?]
        /// Where a date is expected, and the first one that is accepted.
        var dates: [[String]]
        var protected: Bool
        /// The letters of the columns that have cells which can be changed.
        var open: [String]
        var frozen: String?
        var filter: String?
        /// Where a drop-down is, what it offers, and what happens to other values.
        var lists: [[String]]
        var charts: Int
        var repeated: String?
        var landscape: Bool
        /// What is printed above each page, on the left, without its font.
        var header: String?
        var coloured: [String]
    }

    enum Value: Decodable, Equatable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
        case text(String)
        case number(Double)

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let number = try? container.decode(Double.self) {
                self = .number(number)
            } else {
                self = .text(try container.decode(String.self))
            }
        }

        init(stringLiteral text: String) { self = .text(text) }
        init(integerLiteral number: Int) { self = .number(Double(number)) }
    }

    var sheets: [Sheet]
    /// The named cells.
    var names: [String: String]
    /// The sheet on which the workbook opens.
    var active: String
    var title: String
    var creator: String?
    var created: String

    subscript(_ name: String) -> Sheet? { sheets.first { $0.name == name } }

    /// Reads a workbook with another program than the one that wrote it.
    init(path: String) throws {
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("workbook.py")
        let process = Process()
        let output = Pipe()
        // Debian's own, which has Debian's openpyxl.
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = [script.path, path]
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "openpyxl could not read the workbook; is it installed?")
        self = try JSONDecoder().decode(ReadWorkbook.self, from: data)
    }
}
