import CZip

/// One part of an archive, unpacked piece by piece.
///
/// A class, because it owns libzip's descriptor.
final class ZipPart: ByteSource {
    private let name: String
    private let handle: ZipHandle
    private let file: OpaquePointer
    private let place: UInt64
    private let budget: UnpackingBudget
    private var unpacked = 0

    /// - Throws: ``WorkbookError`` for a part that has a password, or is packed in a way that no workbook is.
    init(name: String, _ handle: ZipHandle, _ place: UInt64, _ budget: UnpackingBudget) throws(WorkbookError) {
        let status = handle.status(place)
        guard status.encryption_method == ZIP_EM_NONE else { throw .part(name, .encrypted) }
        // ECMA-376 part 2 has no others, and other programs read no others.
        guard [ZIP_CM_STORE, ZIP_CM_DEFLATE].contains(Int32(status.comp_method)),
            let file = zip_fopen_index(handle.archive, place, 0)
        else { throw .part(name, .notUnpacked) }
        (self.name, self.handle, self.file, self.place, self.budget) = (name, handle, file, place, budget)
    }

    deinit { zip_fclose(file) }

    /// - Throws: ``WorkbookError``
    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        let count = zip_fread(file, buffer.baseAddress, UInt64(buffer.count))
        // libzip compares the checksum when the end is reached.
        guard count >= 0 else { throw WorkbookError.part(name, .notUnpacked) }
        unpacked += Int(count)
        // What an entry claims to unpack to proves nothing; what comes out is counted.
        guard budget.allows(unpacked, of: place) else { throw WorkbookError.part(name, .tooLarge) }
        return Int(count)
    }
}

/// How much may be unpacked of all parts of one archive together. Entries may point to the same bytes, so that a limit
/// for each of them would be none.
final class UnpackingBudget {
    /// Twice the largest sheet that Excel writes: a sheet, and the texts in it.
    private static let most = 4_000_000_000
    /// A sheet packs to about a tenth of its size. What unpacks to more than this many times its size, and to more than
    /// ``harmless`` bytes, was made to fill a memory.
    private static let ratio = 200
    private static let harmless = 50_000_000

    private let limit: Int
    /// The most that was unpacked of each entry: to read a part again costs nothing more.
    private var unpacked: [UInt64: Int] = [:]
    private var total = 0

    init(archiveBytes: Int) {
        limit = min(Self.most, max(Self.harmless, min(archiveBytes, Self.most) * Self.ratio))
    }

    /// Counts what was unpacked of an entry since its beginning.
    ///
    /// - Returns: whether all of it is within the budget.
    func allows(_ count: Int, of entry: UInt64) -> Bool {
        let more = count - unpacked[entry, default: 0]
        if more > 0 {
            unpacked[entry] = count
            total += more
        }
        return total <= limit
    }
}
