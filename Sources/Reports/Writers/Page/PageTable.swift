import Foundation

/// Writes one table of the page. Rows are in blocks, so that a browser lays out only the visible ones.
struct PageTable {
    let table: Table
    let templates: TemplateSet
    private let places: [Int]
    /// The classes of the cells of a column; as few as possible, because there may be a hundred thousand rows. The
    /// header also has the class of the column itself.
    private let marks: [[String]]

    /// The number of rows in a block.
    static let blockSize = 500
    /// Pixels per character, for the widths.
    private static let pixels = 8.8
    /// Pixels left and right of the text of a cell, together.
    private static let padding = 16

    init(_ table: Table, templates: TemplateSet) {
        self.table = table
        self.templates = templates
        // Reviewers enter nothing in an extract.
        let hidesEntries = if case .extract = table.role { true } else { false }
        places = (table.layout?.order(of: table.columns) ?? Array(table.columns.indices)).filter { place in
            let column = table.columns[place]
            // A page shows the columns for entries only in print.
            let isHidden = column.entry != nil && (hidesEntries || !column.isPrinted)
            return !column.isTechnical && !isHidden
        }
        marks = table.columns.map { column in
            [column.entry == nil ? nil : "entry", column.isPrinted ? nil : "unprinted"].compactMap(\.self)
        }
    }

    /// Writes the table.
    ///
    /// - Returns: the number of rows written.
    func write(to file: AtomicFile) throws -> Int {
        let shared = shared
        var values = shared
        values["id"] = table.id
        values["title"] = table.title
        values["count"] = PageHead.number(table.count)
        values["isEmpty"] = table.count == 0
        if !table.note.isEmpty { values["note"] = table.note }
        try file.write(templates.render("table", values))
        let spelling = PageRows(places.map { ($0, table.columns[$0], marks[$0]) })
        // The frame of every block is the same.
        let block = try templates.frame("block", shared, around: "rows")
        var count = 0
        let written = try table.counted { cells in
            if count == 0 { try file.write(block.before) }
            try file.write { spelling.append(cells, to: &$0) }
            count += 1
            if count == Self.blockSize {
                try file.write(block.after)
                count = 0
            }
        }
        if count > 0 { try file.write(block.after) }
        try file.write(templates.render("table-end", [:]))
        return written
    }

    private var shared: [String: Any] {
        let columns = places.enumerated().map { index, place in
            let column = table.columns[place]
            return [
                "title": column.title, "class": (["c-" + column.key] + marks[place]).joined(separator: " "),
                "help": column.help, "index": String(index),
                "width": String(width(of: column)),
            ]
        }
        // Columns for entries are only printed, so they take no space on the screen.
        let onScreen = places.map { table.columns[$0] }.filter { $0.entry == nil }
        return ["columns": columns, "width": String(onScreen.reduce(0) { $0 + width(of: $1) })]
    }

    private func width(of column: Column) -> Int {
        Int(Double(max(column.width, column.title.count + 3)) * Self.pixels) + Self.padding
    }
}
