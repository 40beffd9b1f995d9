import CXlsxWriter
import Domain
import Foundation

/// A workbook that is being written by libxlsxwriter in constant-memory mode: rows go to temporary files as they come,
/// from the top to the bottom and from the left to the right.
final class Workbook {
    private let path: String
    private let partial: String
    private let book: UnsafeMutablePointer<lxw_workbook>
    private var sheets: [UnsafeMutablePointer<lxw_worksheet>] = []
    private var isOpen = true

    /// Begins a workbook.
    ///
    /// - Parameters:
    ///   - path: where it will appear.
    ///   - partial: where it is written until it is complete.
    init(path: String, partial: String) throws(WriteFailure) {
        self.path = path
        self.partial = partial
        var options = lxw_workbook_options()
        options.constant_memory = 1
        // No sheet of accounts comes near 4 GB, and some programs do not open what is marked as if it did.
        options.use_zip64 = 0
        guard let book = workbook_new_opt(partial, &options) else {
            throw WriteFailure(path: path, reason: "there is not enough memory")
        }
        self.book = book
    }

    deinit {
        if isOpen { lxw_workbook_free(book) }
    }

    /// Adds a sheet behind the others.
    func addSheet(_ name: String) throws(WriteFailure) -> Sheet {
        guard let sheet = workbook_add_worksheet(book, name) else {
            throw WriteFailure(path: path, reason: "no sheet '\(name)' can be begun; is the temporary folder full?")
        }
        sheets.append(sheet)
        return Sheet(sheet, name: name)
    }

    /// Makes a format; the workbook keeps it.
    func format(_ set: (UnsafeMutablePointer<lxw_format>) -> Void) -> Format {
        guard let format = workbook_add_format(book) else { return Format(pointer: nil) }
        set(format)
        return Format(pointer: format)
    }

    /// Adds a bar chart to be put on a sheet.
    func barChart() -> UnsafeMutablePointer<lxw_chart>? {
        workbook_add_chart(book, UInt8(LXW_CHART_BAR.rawValue))
    }

    /// What the file's properties say; the creation time is the report's, so that the same data gives the same bytes.
    func setProperties(title: String, author: String, created: Date) {
        let texts = CTexts()
        var properties = lxw_doc_properties()
        properties.title = texts.pointer(XLSXText.outsideCells(title))
        properties.author = texts.pointer(XLSXText.outsideCells(author))
        properties.comments = texts.pointer("Written by rollcall")
        properties.created = time_t(created.timeIntervalSince1970)
        workbook_set_properties(book, &properties)
    }

    /// Puts the sheets together into the file.
    func close() throws(WriteFailure) {
        try checkTemporaryFiles()
        isOpen = false
        errno = 0
        let error = workbook_close(book)
        guard error == LXW_NO_ERROR else {
            // The system's reason says more than the library's: "No space left on device".
            let reason = errno != 0 ? strerror(errno).map { String(cString: $0) } : nil
            throw WriteFailure(path: path, reason: reason ?? String(cString: lxw_strerror(error)))
        }
    }

    /// The library does not look whether its temporary files could be written, and would leave rows out of the
    /// workbook without a word when the disk is full; so it is looked at here, before they are put together.
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

    /// Whether sheets of so many bytes cannot be put together on a disk: that makes a second copy of them.
    ///
    /// A file system in memory without a limit says that it has no blocks at all, and some over a network say more than
    /// can be counted; neither is full.
    static func isTooSmall(_ disk: statvfs, for bytes: Int) -> Bool {
        disk.f_blocks > 0 && Double(disk.f_bavail) * Double(disk.f_frsize) < Double(bytes) + 1_048_576
    }
}

/// A cell format; nil is the plain one.
struct Format {
    let pointer: UnsafeMutablePointer<lxw_format>?
    /// Nothing set.
    static var plain: Format { Format(pointer: nil) }

    /// Its number in the sheets; 0 for the plain one. Given to it when it is first asked for.
    var number: Int32 { pointer.map { lxw_format_get_xf_index($0) } ?? 0 }
}
