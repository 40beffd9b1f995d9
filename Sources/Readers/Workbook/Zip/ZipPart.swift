import CZip

/// One part of an archive, unpacked piece by piece.
///
/// A class, because it owns a file handle of libzip.
final class ZipPart: ByteSource {
    private let name: String
    private let handle: ZipHandle
    private let file: OpaquePointer
    private let place: UInt64
    private let budget: UnpackingBudget
    private var unpacked = 0

    /// - Throws: ``WorkbookError`` for a part with a password, or compressed by a method that workbooks do not use.
    init(name: String, _ handle: ZipHandle, _ place: UInt64, _ budget: UnpackingBudget) throws(WorkbookError) {
        let status = handle.status(place)
        guard status.encryption_method == ZIP_EM_NONE else { throw .part(name, .encrypted) }
        // ECMA-376 part 2 allows no other methods, and other programs read no others.
        guard [ZIP_CM_STORE, ZIP_CM_DEFLATE].contains(Int32(status.comp_method)),
            let file = zip_fopen_index(handle.archive, place, 0)
        else { throw .part(name, .notUnpacked) }
        (self.name, self.handle, self.file, self.place, self.budget) = (name, handle, file, place, budget)
    }

    deinit { zip_fclose(file) }

    /// - Throws: ``WorkbookError``
    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        let count = zip_fread(file, buffer.baseAddress, UInt64(buffer.count))
        // libzip checks the checksum at the end.
        guard count >= 0 else { throw WorkbookError.part(name, .notUnpacked) }
        unpacked += Int(count)
        // The size that an entry declares may be wrong, so the output is counted.
        guard budget.allows(unpacked, of: place) else { throw WorkbookError.part(name, .tooLarge) }
        return Int(count)
    }
}

/// The limit for the unpacked size of all parts of one archive together. Entries may share the same bytes, so a limit
/// for each entry would not be enough.
final class UnpackingBudget {
    /// Twice the size of the largest sheet that Excel writes: a sheet, and its texts.
    private static let most = 4_000_000_000
    /// A packed sheet has about a tenth of its size. An archive that unpacks to more than this many times its size, and
    /// to more than ``harmless`` bytes, was made to exhaust memory.
    private static let ratio = 200
    private static let harmless = 50_000_000

    private let limit: Int
    /// The maximum number of bytes unpacked from each entry: reading a part again does not count twice.
    private var unpacked: [UInt64: Int] = [:]
    private var total = 0

    init(archiveBytes: Int) {
        limit = min(Self.most, max(Self.harmless, min(archiveBytes, Self.most) * Self.ratio))
    }

    /// Counts the bytes unpacked from an entry since its beginning.
    ///
    /// - Returns: whether the total is within the budget.
    func allows(_ count: Int, of entry: UInt64) -> Bool {
        let more = count - unpacked[entry, default: 0]
        if more > 0 {
            unpacked[entry] = count
            total += more
        }
        return total <= limit
    }
}
