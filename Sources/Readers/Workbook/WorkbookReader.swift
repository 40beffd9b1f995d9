import CExpat
import CZip

/// Reads the cells of an Excel workbook (.xlsx, ECMA-376) as text, sheet by sheet, row by row.
///
///     let book = try WorkbookReader(path: "review.xlsx")
///     try book.rows(of: "Active users") { row in print(row[1]) }
///
/// Where Excel and LibreOffice would show something, that is what is read; where they would not show the same, the
/// workbook is refused.
public final class WorkbookReader {
    /// The names of the sheets, in the order of their tabs, also of those that are hidden.
    public let sheetNames: [String]
    /// The names of the sheets whose tabs are hidden.
    public let hiddenSheets: Set<String>
    private let archive: ZipArchive
    /// By the names of the sheets; nil for one that has no cells, such as a chart.
    private let parts: [String: PartName?]
    private let texts: SharedStrings

    /// Kinds of sheets that have no cells, or macros in their place.
    private static let otherSheets: Set = ["chartsheet", "dialogsheet"]

    /// Opens a workbook and reads what its sheets have in common.
    ///
    /// - Throws: ``WorkbookError``, also for a sheet that has no part: its rows would be missed.
    public init(path: String) throws {
        let archive = try ZipArchive(path: path)
        let package = try Relationships(of: nil, in: archive)
        guard let name = try Self.part(of: "officeDocument", package, of: nil) else { throw WorkbookError.notAWorkbook }
        let sheets = try WorkbookSheet.all(in: Self.part(name, of: archive))
        let relations = try Relationships(of: name, in: archive)
        var parts: [String: PartName?] = [:]
        for sheet in sheets {
            guard let target = relations[sheet.relationship], let kind = target.kind, let part = target.part,
                kind == "worksheet" || Self.otherSheets.contains(kind)
            else { throw WorkbookError.part(name.description, .sheet(sheet.name)) }
            parts[sheet.name] = .some(kind == "worksheet" ? part : nil)
        }
        self.archive = archive
        sheetNames = sheets.map(\.name)
        hiddenSheets = Set(sheets.filter(\.isHidden).map(\.name))
        self.parts = parts
        let table = try Self.part(of: "sharedStrings", relations, of: name)
        texts = try table.map { try SharedStrings(Self.part($0, of: archive)) } ?? SharedStrings()
    }

    /// Whether a file is an archive with a workbook in it, whatever is wrong with it besides.
    static func isWorkbook(path: String) -> Bool {
        do {
            let book = try Relationships(of: nil, in: ZipArchive(path: path)).part(of: "officeDocument")?.description
            return book.map { $0.hasPrefix("xl/") && $0.hasSuffix(".xml") } ?? false
        } catch {
            return (error as? WorkbookError) != .notAWorkbook
        }
    }

    /// Hands over every row of a sheet that has cells, in order.
    ///
    /// - Throws: ``WorkbookError``, perhaps after some rows were handed over, or what `body` throws.
    public func rows(of sheet: String, _ body: (WorkbookRow) throws -> Void) throws {
        guard let found = parts[sheet] else { throw WorkbookError.part(sheet, .missing) }
        guard let name = found else { return }
        try SheetReader.read({ try Self.part(name, of: archive) }, texts, body)
    }

    private static func part(_ name: PartName, of archive: ZipArchive) throws -> PartReader {
        guard let part = try archive.part(name) else { throw WorkbookError.part(name.description, .missing) }
        return part
    }

    private static func part(of kind: String, _ relations: Relationships, of source: PartName?) throws -> PartName? {
        do throws(PartFault) {
            return try relations.part(of: kind)
        } catch {
            throw WorkbookError.part(PartName.relationships(of: source)?.description ?? "", error)
        }
    }
}

/// The libraries that read workbooks.
public enum WorkbookReaderLibraries {
    /// Their names and versions, for example `libzip 1.7.3`.
    public static var versions: [String] {
        let expat = XML_ExpatVersionInfo()
        return [
            "libzip \(String(cString: zip_libzip_version()))", "expat \(expat.major).\(expat.minor).\(expat.micro)",
        ]
    }
}
