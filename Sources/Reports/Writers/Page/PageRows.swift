import Foundation

/// Writes rows of a page in HTML, for the value `rows` of the template of a block.
struct PageRows {
    /// The tags for the cells of one column; most cells have the same.
    private struct Spelling {
        var place: Int
        /// The start tag of a cell, with the classes of the column.
        var tag: [UInt8]
        /// The start tags for coloured texts, with an additional class.
        var marked: [(text: String, tag: [UInt8])]
    }

    private let spellings: [Spelling]

    /// - Parameter columns: the columns to show: their indices in a row, and the classes of their cells.
    init(_ columns: [(place: Int, column: Column, classes: [String])]) {
        spellings = columns.map { place, column, classes in
            Spelling(
                place: place, tag: Self.tag(classes),
                marked: Emphasis.rules(for: column.key).map { ($0.text, Self.tag(classes + [$0.emphasis.rawValue])) })
        }
    }

    /// Appends a row.
    func append(_ cells: [Cell], to bytes: inout RowBytes) {
        bytes.append("<tr>")
        for spelling in spellings {
            let cell = cells[spelling.place]
            bytes.append(spelling.marked.isEmpty ? spelling.tag : Self.tag(for: cell, spelling))
            switch cell {
            case .text(let text), .remark(let text): HTMLEscaping.append(text, to: &bytes)
            case .number(let number): bytes.append(decimal: number)
            case .time(let time): Timestamp.append(time, as: .plain, to: &bytes)
            case .flag(let flag): bytes.append(flag ? "yes" : "no")
            case .empty: break
            }
            bytes.append("</td>")
        }
        bytes.append("</tr>\n")
    }

    private static func tag(for cell: Cell, _ spelling: Spelling) -> [UInt8] {
        let text = cell.text
        return spelling.marked.first { $0.text == text }?.tag ?? spelling.tag
    }

    private static func tag(_ classes: [String]) -> [UInt8] {
        guard !classes.isEmpty else { return Array("<td>".utf8) }
        return Array("<td class=\"\(HTMLEscaping().escapeText(classes.joined(separator: " ")))\">".utf8)
    }
}
