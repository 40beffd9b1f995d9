import Foundation

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// The parts of a workbook, as XML.
enum SheetXML {
    /// Excel's own limits: 1,048,576 rows and 16,384 columns a sheet.
    private static let maximumRow = 1_048_576
    private static let maximumColumns = 16_384

    /// The attributes of every element of a name.
    static func attributes(of name: String, in data: Data, part: String) throws(WorkbookError) -> [[String: String]] {
        let events = XMLEvents()
        var found: [[String: String]] = []
        events.begin = { element, attributes in if element == name { found.append(attributes) } }
        try events.parse(data, part: part)
        return found
    }

    /// The table of texts that cells refer to by number.
    static func sharedStrings(in data: Data) throws(WorkbookError) -> [String] {
        let events = XMLEvents()
        var texts: [String] = []
        var current = TextRuns()
        events.begin = { element, _ in
            if element == "si" { current = TextRuns() }
            current.begin(element)
        }
        events.text = { current.add($0) }
        events.end = { element in
            current.end(element)
            if element == "si" { texts.append(ExcelEscapes.removed(from: current.text)) }
        }
        try events.parse(data, part: "xl/sharedStrings.xml")
        return texts
    }

    /// Every row that has cells.
    static func rows(
        in data: Data, part: String, sharedStrings: [String], _ body: @escaping (WorkbookRow) throws -> Void
    ) throws {
        let events = XMLEvents()
        var row = WorkbookRow(number: 0)
        var column = -1
        var type = ""
        var value = ""
        var isValue = false
        var runs = TextRuns()
        var failure: (any Error)?
        let stop = { (error: any Error) in
            failure = failure ?? error
            events.stop()
        }
        // A place that cannot be understood must not become another place: it is beyond every sheet's end.
        let place = { (reference: String?, next: Int, index: (String) -> Int?) in
            reference.map { index($0) ?? maximumRow + 1 } ?? next
        }
        events.begin = { element, attributes in
            runs.begin(element)
            switch element {
            case "row":
                row = WorkbookRow(
                    number: place(attributes["r"], row.number + 1) { Int($0) },
                    isHidden: ["1", "true"].contains(attributes["hidden"]) || attributes["ht"] == "0")
                if !(1...maximumRow).contains(row.number) { stop(WorkbookError.damaged(part: part)) }
            case "c":
                column = place(attributes["r"], column + 1, columnIndex)
                if column >= maximumColumns { stop(WorkbookError.damaged(part: part)) }
                type = attributes["t"] ?? "n"
                value = ""
                runs = TextRuns()
            case "v": isValue = true
            default: break
            }
        }
        events.text = { text in
            if isValue { value += text } else { runs.add(text) }
        }
        let shared = { (number: String) in
            if let place = Int(number), sharedStrings.indices.contains(place) { return sharedStrings[place] }
            // Somebody's decision may have stood there.
            stop(WorkbookError.damaged(part: part))
            return ""
        }
        events.end = { element in
            runs.end(element)
            switch element {
            case "v": isValue = false
            case "c":
                let text =
                    switch type {
                    case "s": value.isEmpty ? "" : shared(value)
                    case "inlineStr": ExcelEscapes.removed(from: runs.text)
                    case "b": value == "1" ? "TRUE" : "FALSE"
                    default: ExcelEscapes.removed(from: value)
                    }
                if !text.isEmpty && failure == nil { row.cells[column] = text }
            case "row":
                column = -1
                guard !row.cells.isEmpty, failure == nil else { return }
                do {
                    try body(row)
                } catch {
                    stop(error)
                }
            default: break
            }
        }
        // They hold each other, and what the caller has handed over.
        defer { events.forget() }
        do {
            try events.parse(data, part: part)
        } catch {
            throw failure ?? error
        }
        if let failure { throw failure }
    }

    /// `C7` → 2.
    static func columnIndex(_ reference: String) -> Int? {
        var index = 0
        for byte in reference.utf8 {
            guard (0x41...0x5a).contains(byte) else { break }
            index = index * 26 + Int(byte - 0x40)
            guard index <= maximumColumns else { return nil }
        }
        return index > 0 ? index - 1 : nil
    }
}

/// The text of a cell that may be written in several runs, without the hints for pronunciation between them.
private struct TextRuns {
    private(set) var text = ""
    private var isText = false
    private var isHint = false

    mutating func begin(_ element: String) {
        if element == "t" { isText = true }
        if element == "rPh" { isHint = true }
    }

    mutating func end(_ element: String) {
        if element == "t" { isText = false }
        if element == "rPh" { isHint = false }
    }

    mutating func add(_ part: String) {
        if isText && !isHint { text += part }
    }
}

/// Foundation's XML parser with closures; no entity of a document is ever loaded.
private final class XMLEvents: NSObject, XMLParserDelegate {
    var begin: (String, [String: String]) -> Void = { _, _ in }
    var end: (String) -> Void = { _ in }
    var text: (String) -> Void = { _ in }
    private var parser: XMLParser?
    private var depth = 0
    private var hasBegun = false

    func parse(_ data: Data, part: String) throws(WorkbookError) {
        guard Self.isSafe(data) else { throw .damaged(part: part) }
        // Through a stream: handed more than some megabytes at once, the parser on Linux reports a failure at the end of
        // a document that has none.
        let parser = XMLParser(stream: InputStream(data: data))
        parser.shouldResolveExternalEntities = false
        parser.delegate = self
        self.parser = parser
        // The parser takes a document that is cut for a whole one; so what was begun is counted.
        guard parser.parse(), hasBegun, depth == 0 else { throw .damaged(part: part) }
    }

    /// Whether Foundation's parser lives through the document. On Linux a name that is not UTF-8 and an instruction
    /// without data (`<?a?>`) stop the whole process inside it. What writes workbooks writes them in UTF-8 and without
    /// instructions; and a part of a package has no document type (ECMA-376 part 2, 8.1.4), so that there is no entity
    /// to expand.
    private static func isSafe(_ data: Data) -> Bool {
        guard data.withUnsafeBytes({ UTF8Check.validPrefix(of: $0).count == $0.count }),
            data.range(of: Data("<!DOCTYPE".utf8)) == nil
        else { return false }
        var rest = data[...]
        while let start = rest.range(of: Data("<?".utf8)) {
            rest = rest[start.upperBound...]
            guard let end = rest.range(of: Data("?>".utf8)) else { return false }
            let hasData = rest[..<end.lowerBound].contains { $0 == 0x20 || $0 == 0x09 || $0 == 0x0a || $0 == 0x0d }
            if !hasData { return false }
            rest = rest[end.upperBound...]
        }
        return true
    }

    func stop() { parser?.abortParsing() }

    /// Lets go of everything that was to be called.
    func forget() {
        begin = { _, _ in }
        end = { _ in }
        text = { _ in }
        parser = nil
    }

    /// Some programs write `x:row` where others write `row`.
    private static func local(_ name: String) -> String {
        guard name.utf8.contains(0x3a), let colon = name.lastIndex(of: ":") else { return name }
        return String(name[name.index(after: colon)...])
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        depth += 1
        hasBegun = true
        begin(Self.local(name), attributes)
    }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        depth -= 1
        end(Self.local(name))
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { text(string) }
}

/// `_x0041_` in a cell's text (ECMA-376 part 1, 22.9.2.19, `ST_Xstring`).
enum ExcelEscapes {
    /// The text that was meant.
    static func removed(from text: String) -> String {
        guard text.utf8.contains(0x5f), text.contains("_x") else { return text }
        // By scalars: an accent behind the escape would otherwise make another character of its end.
        return text.replacing(#/_x([0-9A-Fa-f]{4})_/#.matchingSemantics(.unicodeScalar)) { match in
            UInt32(match.output.1, radix: 16).flatMap(Unicode.Scalar.init).map { String(Character($0)) }
                ?? String(match.output.0)
        }
    }
}
