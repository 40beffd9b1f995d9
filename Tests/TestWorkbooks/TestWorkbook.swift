import Foundation

/// A workbook of one sheet, any part of which can be replaced by anything.
public struct TestWorkbook: Sendable {
    /// The namespace of SpreadsheetML.
    public static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    /// The same in strict documents.
    public static let strictMain = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    /// What the types of relationships begin with.
    public static let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    /// The same in strict documents.
    public static let strictRelations = "http://purl.oclc.org/ooxml/officeDocument/relationships"

    /// The entries of the archive, in its order.
    public var entries: [(name: String, bytes: [UInt8])] = []

    /// - Parameters:
    ///   - sheet: the XML of the sheet, whose name is `S`.
    ///   - strings: the XML of the table of texts.
    ///   - isStrict: whether its relationships are those of a strict document.
    public init(sheet: String, strings: String? = nil, isStrict: Bool = false) {
        self["[Content_Types].xml"] = Self.contentTypes(workbook: "xl/workbook.xml")
        let relations = isStrict ? Self.strictRelations : Self.relations
        let part = { (id: String, kind: String, target: String) in (id, relations + "/" + kind, target) }
        self["_rels/.rels"] = Self.relationships([part("r1", "officeDocument", "xl/workbook.xml")])
        self["xl/workbook.xml"] =
            "<workbook xmlns=\"\(isStrict ? Self.strictMain : Self.main)\" xmlns:r=\"\(relations)\"><sheets>"
            + "<sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
        let table = strings == nil ? [] : [part("r2", "sharedStrings", "sharedStrings.xml")]
        self["xl/_rels/workbook.xml.rels"] = Self.relationships(
            [part("r1", "worksheet", "worksheets/sheet1.xml")] + table)
        self["xl/worksheets/sheet1.xml"] = sheet
        if let strings { self["xl/sharedStrings.xml"] = strings }
    }

    /// What kinds of parts there are, of which LibreOffice needs to know the workbook.
    public static func contentTypes(workbook: String) -> String {
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
            + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
            + "<Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/\(workbook)\" ContentType="
            + "\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>"
    }

    /// Relationships: an identifier, the type and the target of each, and more attributes as they are written.
    public static func relationships(
        _ targets: [(id: String, type: String, target: String)], _ more: String = ""
    ) -> String {
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
            + targets.map { "<Relationship Id=\"\($0.id)\" Type=\"\($0.type)\" Target=\"\($0.target)\"\(more)/>" }
            .joined()
            + "</Relationships>"
    }

    /// A sheet with rows, and with what stands in front of them and behind them.
    public static func sheet(_ rows: String, before: String = "", after: String = "") -> String {
        "<worksheet xmlns=\"\(main)\">\(before)<sheetData>\(rows)</sheetData>\(after)</worksheet>"
    }

    /// A cell with a text of its own.
    public static func text(_ text: String, at reference: String = "") -> String {
        "<c \(reference.isEmpty ? "" : "r=\"\(reference)\" ")t=\"inlineStr\"><is><t>\(text)</t></is></c>"
    }

    /// The text of an entry; a new one is added behind the others, and nil takes it away.
    public subscript(name: String) -> String? {
        get { entries.first { $0.name == name }.map { String(decoding: $0.bytes, as: UTF8.self) } }
        set {
            let place = entries.firstIndex { $0.name == name }
            switch (place, newValue) {
            case (let place?, let text?): entries[place].bytes = Array(text.utf8)
            case (nil, let text?): entries.append((name, Array(text.utf8)))
            case (let place?, nil): entries.remove(at: place)
            case (nil, nil): break
            }
        }
    }

    /// Gives an entry another name.
    public mutating func rename(_ name: String, to other: String) {
        for place in entries.indices where entries[place].name == name { entries[place].name = other }
    }

    /// The file.
    public var bytes: [UInt8] { StoredZip(entries).bytes }
}
