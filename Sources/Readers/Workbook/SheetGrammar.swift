/// The rows of a sheet (ECMA-376 part 1, 18.3.1).
///
/// Ambiguous content is refused, because the person who completed the sheet saw only one reading of it: rows and cells
/// that come twice or out of order, and data in places where only some programs look for it.
struct SheetGrammar: PartGrammar {
    enum Place {
        case sheet, data, row, cell, value, formula, inlineText(RichText.Place), merges
        /// Another element of the sheet, which contains no data.
        case aside
        /// An element of another vocabulary among the data.
        case foreign
    }

    /// Ranges whose cells show the content of the first one.
    private(set) var merges: [MergedRange] = []
    private let texts: SharedStrings
    /// Complete rows that were not taken yet.
    private var rows: [WorkbookRow] = []
    private var row = WorkbookRow(number: 0, isHidden: false)
    private var column = -1
    private var cell = CellContent()
    private var hasData = false
    /// Whether rows are hidden by default.
    private var hidesRows = false

    init(_ texts: SharedStrings) { self.texts = texts }

    /// Returns and removes the rows since the last call.
    mutating func takeRows() -> [WorkbookRow] {
        defer { rows = [] }
        return rows
    }

    mutating func enter(_ name: XMLName, in parent: Place?, _ attributes: XMLAttributes) throws(PartFault) -> Place {
        switch (parent, name) {
        case (.row, .sheet("c")):
            try beginCell(attributes)
            return .cell
        case (.cell, .sheet("v")):
            try cell.beginValue()
            return .value
        case (.cell, .sheet("f")):
            try cell.beginFormula(group: attributes["t"] == "shared" ? attributes["si"] : nil)
            return .formula
        case (.cell, .sheet("is")):
            try cell.beginInlineText()
            return .inlineText(.whole)
        case (.data, .sheet("row")):
            try beginRow(attributes)
            return .row
        case (nil, .sheet("worksheet")): return .sheet
        case (nil, _): throw .root("worksheet")
        case (.sheet, .sheet("sheetData")) where !hasData:
            hasData = true
            return .data
        case (.sheet, .sheet("sheetFormatPr")):
            hidesRows = attributes.isTrue("zeroHeight")
            return .aside
        case (.sheet, .sheet("mergeCells")): return .merges
        case (.merges, .sheet("mergeCell")):
            let text = attributes["ref"] ?? ""
            guard let range = MergedRange(text) else { throw .merge(text) }
            merges.append(range)
            return .aside
        case (.value, _), (.formula, _), (.inlineText(.text), _), (.foreign, .sheet): throw .misplaced(name.local)
        case (_, .sheet("sheetData")), (_, .sheet("row")), (_, .sheet("c")), (_, .sheet("is")),
            (_, .sheet("mergeCells")), (_, .sheet("mergeCell")):
            throw .misplaced(name.local)
        case (.inlineText(let place), .sheet(let name)): return .inlineText(try cell.enter(name, in: place))
        case (.data, .other), (.row, .other), (.cell, .other), (.inlineText, .other), (.merges, .other), (.foreign, _):
            return .foreign
        default: return .aside
        }
    }

    mutating func add(_ text: UnsafeBufferPointer<UInt8>, in place: Place) throws(PartFault) {
        switch place {
        case .value: try cell.add(value: text)
        case .formula: try cell.add(formula: text)
        case .inlineText(let place): try cell.add(inlineText: text, in: place)
        default: break
        }
    }

    mutating func leave(_ place: Place) throws(PartFault) {
        switch place {
        case .cell:
            let text = try cell.text(texts)
            if !text.isEmpty { row.append(text, column: column) }
            if let formula = cell.takeFormula() { row.append(formula, column: column) }
        case .row: if !row.cells.isEmpty { rows.append(row) }
        default: break
        }
    }

    private mutating func beginRow(_ attributes: XMLAttributes) throws(PartFault) {
        let text = attributes["r"]
        let number = text.map { CellReference.row($0) } ?? row.number + 1
        guard let number, number <= CellReference.rows.upperBound else { throw .rowNumber(text ?? "\(row.number + 1)") }
        guard number > row.number else { throw .rowOrder(number) }
        let height = attributes["ht"].flatMap { Double($0) }
        let isHidden = attributes["hidden"] == nil ? hidesRows : attributes.isTrue("hidden")
        row = WorkbookRow(number: number, isHidden: isHidden || height == 0)
        column = -1
    }

    private mutating func beginCell(_ attributes: XMLAttributes) throws(PartFault) {
        let text = attributes["r"]
        let next = CellReference(row: row.number, column: column + 1)
        let reference = text.map { CellReference($0) } ?? next
        guard let reference, reference.row == row.number, CellReference.columns.contains(reference.column) else {
            throw .cellReference(text ?? next.text, row: row.number)
        }
        guard reference.column > column else { throw .cell(reference.text, .order) }
        column = reference.column
        try cell.begin(reference, type: attributes["t"])
    }
}
