import Domain

/// What is wrong with one part of a workbook.
public enum PartFault: Error, Hashable, Sendable {
    /// It is required and missing.
    case missing
    /// It has a password.
    case encrypted
    /// Its bytes are damaged, or compressed by a method that workbooks do not use.
    case notUnpacked
    /// Its unpacked size exceeds the limit for one file.
    case tooLarge
    /// It is not XML, or not text.
    case malformed(reason: String, line: Int)
    /// It is declared to be in an encoding other than UTF-8 and UTF-16.
    case encoding(String)
    /// It is declared to be in a version of XML other than 1.0.
    case version(String)
    /// It has a document type, with which it could define entities.
    case documentType
    /// Its elements are nested deeper than any program writes them.
    case tooDeep
    /// A tag or a comment is longer than the limit.
    case tooLong(line: Int)
    /// Its root element is not the one of such a part.
    case root(String)
    /// An element is in a place where not all programs read it; nil for an element of another vocabulary.
    case misplaced(String?)
    /// The shared text with this number is longer than the limit.
    case textTooLong(number: Int)
    /// A relationship, by its identifier, does not lead to exactly one part.
    case relationship(String)
    /// Two sheets have the same name.
    case twoSheets(String)
    /// A sheet has no name or no part, or an unknown state.
    case sheet(String)
    /// The number of a row is not valid.
    case rowNumber(String)
    /// A row occurs twice or after a later one.
    case rowOrder(Int)
    /// The reference of a cell is not valid in its row.
    case cellReference(String, row: Int)
    /// Merged cells are not a valid range, or overlap others.
    case merge(String)
    /// A cell, for example `C7`.
    case cell(String, CellFault)

    /// What is wrong; follows the name of the part.
    var clause: String {
        switch self {
        case .missing: "there is no such part"
        case .encrypted: "nothing can be read without its password"
        case .notUnpacked: "the data cannot be unpacked"
        case .tooLarge: "the unpacked size exceeds the limit"
        case .malformed(let reason, let line): "line \(line) is not well-formed XML in UTF-8 or UTF-16 (\(reason))"
        case .encoding(let name):
            "the encoding is declared as \"\(Terminal.plain(name, limit: 40))\"; only UTF-8 and UTF-16 are allowed"
        case .version(let version):
            "the XML version is declared as \"\(Terminal.plain(version, limit: 40))\"; only 1.0 is allowed"
        case .documentType: "there is a document type declaration (DOCTYPE), which is not allowed"
        case .tooDeep: "elements are nested too deeply"
        case .tooLong(let line): "line \(line) has a tag or a comment that is too long"
        case .root(let element): "the first element is not \"\(element)\" of an Excel workbook"
        case .misplaced(let element):
            (element.map { "the element \"\(Terminal.plain($0, limit: 40))\"" } ?? "an element of another vocabulary")
                + " is in a place where not all programs read it"
        case .textTooLong(let number): "the shared text \(number) is too long"
        case .relationship(let id): "the relationship \"\(Terminal.plain(id, limit: 60))\" does not lead to one part"
        case .twoSheets(let name): "two sheets are named \"\(Terminal.plain(name, limit: 60))\""
        case .sheet(let name): "the sheet \"\(Terminal.plain(name, limit: 60))\" has no valid definition"
        case .rowNumber(let text): "\"\(Terminal.plain(text, limit: 40))\" is not the number of a row"
        case .rowOrder(let row): "row \(row) comes twice, or after a later row"
        case .cellReference(let text, let row): "\"\(Terminal.plain(text, limit: 40))\" is not a cell of row \(row)"
        case .merge(let range):
            "the merged cells \"\(Terminal.plain(range, limit: 40))\" are not a valid range, or overlap others"
        case .cell(let cell, let fault): "cell \(cell) \(fault.clause)"
        }
    }
}

/// What is wrong with one cell.
public enum CellFault: Hashable, Sendable {
    /// It occurs twice, or after a cell to its right.
    case order
    /// It has a type that Excel does not know.
    case type(String)
    /// Its value does not fit its type.
    case value(String)
    /// It has two kinds of content.
    case contents
    /// It refers to a missing text.
    case noText(String)
    /// Its text is longer than the limit.
    case tooLong
    /// It has content that merged cells hide.
    case merged(in: String)

    var clause: String {
        switch self {
        case .order: "comes twice, or after a cell to its right"
        case .type(let type): "has the unknown type \"\(Terminal.plain(type, limit: 40))\""
        case .value(let value): "has the value \"\(Terminal.plain(value, limit: 40))\", which does not fit its type"
        case .contents: "has two kinds of content, and programs differ in which one they show"
        case .noText(let number):
            "refers to the shared text \"\(Terminal.plain(number, limit: 40))\", which does not exist"
        case .tooLong: "has a text that is too long"
        case .merged(let range): "has content that the merged cells \(range) hide"
        }
    }
}
