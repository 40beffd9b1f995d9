extension ListSource {
    /// Opens a sheet of a workbook: the one given with `--sheet`, or the only one with people.
    ///
    /// - Throws: ``WorkbookError``, or ``ListError`` if there is no such sheet, or more than one.
    public init(workbook path: String, _ options: ListOptions) throws {
        let book = try WorkbookReader(path: path)
        let names = book.sheetNames
        if let wanted = options.sheet {
            let key = ListText.key(wanted)
            guard let name = names.first(where: { $0 == wanted }) ?? names.first(where: { ListText.key($0) == key })
            else { throw ListError.sheets(found: [], all: names) }
            self = .sheet(book, name: name)
            return
        }
        // Users do not see a hidden sheet, so it is used only if they name it.
        let shown = names.filter { !book.hiddenSheets.contains($0) }
        let found = shown.count == 1 ? shown : try shown.filter { try Self.holdsPeople(book, $0, options) }
        guard let name = found.first, found.count == 1 else { throw ListError.sheets(found: found, all: names) }
        if RowState.contradicts(name, options.purpose) {
            throw ListError.titleOfOthers(title: name, option: "--sheet")
        }
        self = .sheet(book, name: name)
    }

    /// Whether the beginning of a sheet has a header for people, or addresses.
    private static func holdsPeople(_ book: WorkbookReader, _ name: String, _ options: ListOptions) throws -> Bool {
        var source = ListSource.sheet(book, name: name)
        let rows = try source.window()
        if rows.prefix(HeaderSearch.depth).contains(where: { HeaderSearch.isHeader($0, options) }) { return true }
        let sample = ListSample(rows[...], width: rows.map(\.count).max() ?? 0)
        return sample.filled.indices.contains(where: sample.isOfAddresses)
    }

    /// Whether a file is an Excel workbook (.xlsx), independent of its name.
    ///
    /// - Throws: ``ByteSourceError``
    public static func isWorkbook(_ path: String) throws -> Bool {
        try isArchive(path) && WorkbookReader.isWorkbook(path: path)
    }

    /// Whether a file begins like a zip archive (APPNOTE 4.3.7), and so may be a workbook.
    ///
    /// - Throws: ``ByteSourceError``
    static func isArchive(_ path: String) throws -> Bool {
        let source = try FileByteSource(path: path)
        var start = [UInt8](repeating: 0, count: 4)
        let count = try start.withUnsafeMutableBytes { try source.read(into: $0) }
        return count == 4 && start == [0x50, 0x4b, 0x03, 0x04]
    }
}
