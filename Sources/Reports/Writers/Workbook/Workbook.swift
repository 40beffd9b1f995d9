import CXlsxWriter
import Domain
import Foundation

/// A workbook that libxlsxwriter writes in constant-memory mode: rows are written to temporary files, from top to
/// bottom and from left to right.
final class Workbook {
    private let path: String
    private let partial: String
    private let book: UnsafeMutablePointer<lxw_workbook>
    private var sheets: [UnsafeMutablePointer<lxw_worksheet>] = []
    private var isOpen = true

    /// Starts a workbook.
    ///
    /// - Parameters:
    ///   - path: the final path.
    ///   - partial: the path until it is complete.
    init(path: String, partial: String) throws(WriteFailure) {
        self.path = path
        self.partial = partial
        var options = lxw_workbook_options()
        options.constant_memory = 1
        // Sheets of accounts are far below 4 GB, and some programs cannot open ZIP64 files.
        options.use_zip64 = 0
        guard let book = workbook_new_opt(partial, &options) else {
            throw WriteFailure(path: path, reason: "not enough memory")
        }
        self.book = book
    }

    deinit {
        if isOpen { lxw_workbook_free(book) }
    }

    /// Adds a sheet after the others.
    func addSheet(_ name: String) throws(WriteFailure) -> Sheet {
        guard let sheet = workbook_add_worksheet(book, name) else {
            throw WriteFailure(path: path, reason: "cannot add the sheet '\(name)'; the temporary folder may be full")
        }
        sheets.append(sheet)
        return Sheet(sheet, name: name)
    }

    /// Creates a format, which the workbook owns.
    func format(_ set: (UnsafeMutablePointer<lxw_format>) -> Void) -> Format {
        guard let format = workbook_add_format(book) else { return Format(pointer: nil) }
        set(format)
        return Format(pointer: format)
    }

    /// Names a cell, so that formulas and programs find it.
    func name(_ name: String, row: Int, column: Int, on sheet: Sheet) {
        let cell = "$\(SheetColumn.letters(column))$\(row + 1)"
        workbook_define_name(book, name, "=\(SheetName.inFormula(sheet.name))!\(cell)")
    }

    /// Adds a bar chart to be put on a sheet.
    func barChart() -> UnsafeMutablePointer<lxw_chart>? {
        workbook_add_chart(book, UInt8(LXW_CHART_BAR.rawValue))
    }

    /// Sets the properties of the file. The creation time is that of the report, so that the same data gives the same
    /// bytes.
    func setProperties(title: String, author: String, created: Date) {
        let texts = CTexts()
        var properties = lxw_doc_properties()
        properties.title = texts.pointer(XLSXText.outsideCells(title))
        properties.author = texts.pointer(XLSXText.outsideCells(author))
        properties.comments = texts.pointer("Written by rollcall")
        properties.created = time_t(created.timeIntervalSince1970)
        workbook_set_properties(book, &properties)
    }

    /// Writes the sheets to the file.
    func close() throws(WriteFailure) {
        try checkTemporaryFiles()
        isOpen = false
        errno = 0
        let error = workbook_close(book)
        guard error == LXW_NO_ERROR else {
            // The error of the system is more specific than that of the library: "No space left on device".
            let reason = errno != 0 ? strerror(errno).map { String(cString: $0) } : nil
            throw WriteFailure(path: path, reason: reason ?? String(cString: lxw_strerror(error)))
        }
    }

    /// Checks the temporary files before they are assembled. The library does not check them, and if the disk is full,
    /// it omits rows without an error.
    private func checkTemporaryFiles() throws(WriteFailure) {
        var bytes = 0
        for sheet in sheets {
            guard let file = sheet.pointee.optimize_tmpfile else { continue }
            guard fflush(file) == 0, ferror(file) == 0 else {
                throw WriteFailure(path: path, reason: "the temporary folder is full")
            }
            bytes += max(0, ftell(file))
        }
        var disk = statvfs()
        if statvfs(NSTemporaryDirectory(), &disk) == 0, Self.isTooSmall(disk, for: bytes) {
            throw WriteFailure(path: path, reason: "the temporary folder is full")
        }
    }

    /// Whether a disk is too small to assemble sheets of this size, which needs a second copy of them.
    ///
    /// File systems in memory without a limit report 0 blocks, and some network file systems report huge numbers;
    /// neither is full.
    static func isTooSmall(_ disk: statvfs, for bytes: Int) -> Bool {
        disk.f_blocks > 0 && Double(disk.f_bavail) * Double(disk.f_frsize) < Double(bytes) + 1_048_576
    }
}

/// A cell format.
struct Format {
    /// The format in the library; nil for the default.
    let pointer: UnsafeMutablePointer<lxw_format>?
    /// The default format.
    static var plain: Format { Format(pointer: nil) }

    /// The number in the sheets; 0 for the default. The library assigns it when it is first requested.
    var number: Int32 { pointer.map { lxw_format_get_xf_index($0) } ?? 0 }
}
