/// The content of one cell while it is read.
struct CellContent {
    /// The type of a cell (ECMA-376 part 1, 18.18.11, `ST_CellType`).
    private enum Kind: String {
        case boolean = "b"
        case date = "d"
        case error = "e"
        case inlineText = "inlineStr"
        case number = "n"
        case sharedText = "s"
        case formulaText = "str"
    }

    private var reference: CellReference
    private var kind = Kind.number
    private var value: [UInt8] = []
    private var formula: [UInt8] = []
    private var rich = RichText()
    private var (hasValue, hasFormula, hasRich) = (false, false, false)
    /// The number of the group of a shared formula, of which only the first cell has the text.
    private var group: String?
    private var groups: [String: String] = [:]

    init() { reference = CellReference(row: 1, column: 0) }

    /// Prepares for the next cell.
    mutating func begin(_ reference: CellReference, type: String?) throws(PartFault) {
        self.reference = reference
        guard let kind = type.map(Kind.init(rawValue:)) ?? .number else { throw fault(.type(type ?? "")) }
        self.kind = kind
        value.removeAll(keepingCapacity: true)
        formula.removeAll(keepingCapacity: true)
        (hasValue, hasFormula, hasRich) = (false, false, false)
        group = nil
    }

    mutating func beginValue() throws(PartFault) {
        if hasValue { throw fault(.contents) }
        hasValue = true
    }

    /// - Parameter group: the number of the group of a shared formula.
    mutating func beginFormula(group: String?) throws(PartFault) {
        if hasFormula { throw fault(.contents) }
        hasFormula = true
        self.group = group
    }

    mutating func beginInlineText() throws(PartFault) {
        if hasRich { throw fault(.contents) }
        hasRich = true
        rich.begin()
    }

    /// Processes the beginning of an element in the inline text.
    mutating func enter(_ name: String, in parent: RichText.Place) throws(PartFault) -> RichText.Place {
        try rich.enter(name, in: parent)
    }

    mutating func add(value piece: UnsafeBufferPointer<UInt8>) throws(PartFault) {
        value.append(contentsOf: piece)
        if value.count > RichText.longest { throw fault(.tooLong) }
    }

    mutating func add(formula piece: UnsafeBufferPointer<UInt8>) throws(PartFault) {
        formula.append(contentsOf: piece)
        if formula.count > RichText.longest { throw fault(.tooLong) }
    }

    mutating func add(inlineText piece: UnsafeBufferPointer<UInt8>, in place: RichText.Place) throws(PartFault) {
        if !rich.add(piece, in: place) { throw fault(.tooLong) }
    }

    /// The text of the complete cell; empty for a cell without text.
    func text(_ texts: SharedStrings) throws(PartFault) -> String {
        let inline = hasRich ? rich.bytes : []
        // Programs show different ones of the two.
        if !inline.isEmpty, kind != .inlineText || !value.isEmpty { throw fault(.contents) }
        if kind == .inlineText, !value.isEmpty { throw fault(.contents) }
        if hasFormula, !hasResult {
            return "=" + String(decoding: formula, as: UTF8.self)
        }
        if kind == .inlineText { return ExcelEscapes.removed(from: inline) }
        guard !value.isEmpty else { return "" }
        switch kind {
        case .sharedText: return try shared(texts)
        case .boolean where value == [0x31]: return "TRUE"
        case .boolean where value == [0x30]: return "FALSE"
        case .boolean: throw fault(.value(plain))
        case .number where !isNumber: throw fault(.value(plain))
        case .number: return plain
        case .date, .error, .formulaText, .inlineText: return ExcelEscapes.removed(from: value)
        }
    }

    /// Whether a formula has a result. Some programs write formulas without one. An empty text is a result.
    private var hasResult: Bool { !value.isEmpty || kind == .formulaText && hasValue }

    /// The formula of the complete cell, without the equals sign; nil if it has none. For a cell of a shared formula it
    /// is the one of the first cell, whose references are to that cell's row.
    mutating func takeFormula() -> CellFormula? {
        guard hasFormula else { return nil }
        var text = String(decoding: formula, as: UTF8.self)
        if let group {
            if text.isEmpty { text = groups[group] ?? "" } else { groups[group] = text }
        }
        return CellFormula(text: text, hasResult: hasResult)
    }

    private var plain: String { String(decoding: value, as: UTF8.self) }

    /// Only forms that XML allows; Swift also accepts numbers in letters, which do not occur in sheets.
    private var isNumber: Bool {
        value.allSatisfy { (0x30...0x39).contains($0) || [0x2b, 0x2d, 0x2e, 0x45, 0x65].contains($0) }
            && Double(plain) != nil
    }

    /// Throws for a missing text, because it may have been a decision.
    private func shared(_ texts: SharedStrings) throws(PartFault) -> String {
        guard let text = Int(plain).flatMap({ texts[$0] }) else { throw fault(.noText(plain)) }
        return text
    }

    private func fault(_ fault: CellFault) -> PartFault { .cell(reference.text, fault) }
}
