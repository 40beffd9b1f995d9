import CZip
import Domain
import Foundation

/// Why a workbook cannot be read.
public enum WorkbookError: Error, Hashable, Sendable {
    /// It is not a zip archive, or is damaged.
    case notAWorkbook
    /// A part is larger than is read: a damaged file, or one made to do harm.
    case tooLarge(part: String)
    /// A part that has to be there is missing or cannot be understood.
    case damaged(part: String)

    /// What is wrong, ready to follow the file's name.
    public var sentence: String {
        switch self {
        case .notAWorkbook: "is not an Excel workbook (.xlsx), or was cut short"
        case .tooLarge(let part): "holds \(Terminal.plain(part)), which unpacks to more than is read"
        case .damaged(let part): "is damaged: \(Terminal.plain(part)) cannot be read"
        }
    }
}

/// A zip archive, read through libzip; the only place that touches its pointers.
final class ZipArchive {
    private let archive: OpaquePointer

    /// The most bytes that one part may unpack to: 2 GB, more than the largest sheet that Excel writes.
    private static let limit = 2_000_000_000

    /// A sheet packs to about a tenth of its size. What unpacks to more than this many times its size, and to more than
    /// ``harmless`` bytes, was made to fill a memory.
    private static let ratio = 200
    private static let harmless = 50_000_000

    init(path: String) throws(WorkbookError) {
        var error: Int32 = 0
        guard let archive = zip_open(path, ZIP_RDONLY, &error) else { throw .notAWorkbook }
        self.archive = archive
    }

    deinit { zip_discard(archive) }

    /// Whether there is a part.
    func has(_ name: String) -> Bool { zip_name_locate(archive, name, 0) >= 0 }

    /// The bytes of a part, unpacked; nil if there is no such part.
    ///
    /// - Throws: ``WorkbookError`` for a part that is there and cannot be unpacked, or is too large.
    func data(_ name: String) throws(WorkbookError) -> Data? {
        guard zip_name_locate(archive, name, 0) >= 0 else { return nil }
        guard let part = zip_fopen(archive, name, 0) else { throw .damaged(part: name) }
        defer { zip_fclose(part) }
        var stat = zip_stat_t()
        let packed = zip_stat(archive, name, 0, &stat) == 0 ? Int(clamping: stat.comp_size) : 0
        let limit = min(Self.limit, max(Self.harmless, packed.multipliedReportingOverflow(by: Self.ratio).partialValue))
        var data = Data()
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = zip_fread(part, &buffer, UInt64(buffer.count))
            // libzip compares the checksum when the end is reached.
            guard count >= 0 else { throw .damaged(part: name) }
            guard count > 0 else { return data }
            data.append(contentsOf: buffer[..<Int(count)])
            // What a part claims to unpack to is not believed; what comes out is counted.
            guard data.count <= limit else { throw .tooLarge(part: name) }
        }
    }
}
