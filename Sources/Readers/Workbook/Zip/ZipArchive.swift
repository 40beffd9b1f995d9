import CZip
import Domain

/// The parts of a package in a zip archive; only this type and ``ZipPart`` use libzip's pointers.
final class ZipArchive {
    /// The maximum number of entries; a workbook has a few dozen, and one for each picture.
    private static let mostEntries = 10_000

    private let handle: ZipHandle
    private let places: [PartName: UInt64]
    private let budget: UnpackingBudget

    /// Opens an archive and reads the names of its entries.
    ///
    /// - Throws: ``WorkbookError`` if it is not an archive, or programs would find different parts in it.
    init(path: String) throws(WorkbookError) {
        let handle = try ZipHandle(path: path)
        let size = max(0, FileStatus(path: path)?.size ?? 0)
        let count = zip_get_num_entries(handle.archive, 0)
        guard count <= Self.mostEntries else { throw .tooManyEntries(limit: Self.mostEntries) }
        var places: [PartName: UInt64] = [:]
        var unclaimed = UInt64(size)
        for place in 0..<UInt64(max(0, count)) {
            guard let entry = zip_get_name(handle.archive, place, ZIP_FL_ENC_RAW) else { throw .notAWorkbook }
            let packed = handle.status(place).comp_size
            guard packed <= unclaimed else { throw .overlappingEntries }
            unclaimed -= packed
            guard let name = PartName(entry: String(cString: entry)) else { continue }
            guard places.updateValue(place, forKey: name) == nil else { throw .twoParts(name.description) }
        }
        self.handle = handle
        self.places = places
        budget = UnpackingBudget(archiveBytes: size)
    }

    /// Opens a part for unpacking; nil if there is no such part.
    ///
    /// - Throws: ``WorkbookError`` for a part that cannot be unpacked.
    func part(_ name: PartName) throws(WorkbookError) -> PartReader? {
        guard let place = places[name] else { return nil }
        let source = try ZipPart(name: name.description, handle, place, budget)
        return PartReader(name: name.description, source: source)
    }
}

/// An open archive.
final class ZipHandle {
    let archive: OpaquePointer

    fileprivate init(path: String) throws(WorkbookError) {
        var error: Int32 = 0
        guard let archive = zip_open(path, ZIP_RDONLY, &error) else { throw .notAWorkbook }
        self.archive = archive
    }

    deinit { zip_discard(archive) }

    /// The attributes of an entry; all zero if the archive has none.
    func status(_ place: UInt64) -> zip_stat_t {
        var status = zip_stat_t()
        zip_stat_index(archive, place, 0, &status)
        return status
    }
}
