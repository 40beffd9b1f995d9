import CExpat
import CZip

/// Reads the cells of an Excel workbook (.xlsx, ECMA-376) as text, sheet by sheet, row by row.
///
///     let book = try WorkbookReader(path: "review.xlsx")
///     try book.rows(of: "Active users") { row in print(row[1]) }
///
/// The text is what Excel and LibreOffice show; if they would show different content, the workbook is refused.
public final class WorkbookReader {
    /// The names of all sheets in the order of their tabs, including hidden ones.
    public let sheetNames: [String]
    /// The names of the sheets whose tabs are hidden.
    public let hiddenSheets: Set<String>
    /// Whether its days are counted from 1904 and not from 1900.
    let countsFrom1904: Bool
    private let archive: ZipArchive
    /// The parts by the names of the sheets; nil for a sheet without cells, such as a chart.
    private let parts: [String: PartName?]
    private let texts: SharedStrings

    /// Kinds of sheets without cells.
    private static let otherSheets: Set = ["chartsheet", "dialogsheet"]

    /// Opens a workbook and reads its list of sheets and its shared texts.
    ///
    /// - Throws: ``WorkbookError``, also for a sheet without a part, because its rows would be missed.
    public init(path: String) throws {
        let archive = try ZipArchive(path: path)
        let package = try Relationships(of: nil, in: archive)
        guard let name = try Self.part(of: "officeDocument", package, of: nil) else { throw WorkbookError.notAWorkbook }
        let (sheets, countsFrom1904) = try WorkbookSheet.all(in: Self.part(name, of: archive))
        let relations = try Relationships(of: name, in: archive)
        var parts: [String: PartName?] = [:]
        for sheet in sheets {
            guard let target = relations[sheet.relationship], let kind = target.kind, let part = target.part,
                kind == "worksheet" || Self.otherSheets.contains(kind)
            else { throw WorkbookError.part(name.description, .sheet(sheet.name)) }
            parts[sheet.name] = .some(kind == "worksheet" ? part : nil)
        }
        self.archive = archive
        self.countsFrom1904 = countsFrom1904
        sheetNames = sheets.map(\.name)
        hiddenSheets = Set(sheets.filter(\.isHidden).map(\.name))
        self.parts = parts
        let table = try Self.part(of: "sharedStrings", relations, of: name)
        texts = try table.map { try SharedStrings(Self.part($0, of: archive)) } ?? SharedStrings()
    }

    /// Whether a file is an archive with a workbook, even if the workbook is damaged.
    static func isWorkbook(path: String) -> Bool {
        do {
            let book = try Relationships(of: nil, in: ZipArchive(path: path)).part(of: "officeDocument")?.description
            return book.map { $0.hasPrefix("xl/") && $0.hasSuffix(".xml") } ?? false
        } catch {
            return (error as? WorkbookError) != .notAWorkbook
        }
    }

    /// Passes every row with cells of a sheet to `body`, in order.
    ///
    /// - Throws: ``WorkbookError``, possibly after some rows were passed on, or what `body` throws.
    public func rows(of sheet: String, _ body: (WorkbookRow) throws -> Void) throws {
        _ = try rowsAndMerges(of: sheet, body)
    }

    /// The same, for a reader that has to know the merged cells.
    ///
    /// - Returns: the merged cells with a text.
    func rowsAndMerges(of sheet: String, _ body: (WorkbookRow) throws -> Void) throws -> [MergedRange] {
        guard let found = parts[sheet] else { throw WorkbookError.part(sheet, .missing) }
        guard let name = found else { return [] }
        return try SheetReader.read({ try Self.part(name, of: archive) }, texts, body)
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
