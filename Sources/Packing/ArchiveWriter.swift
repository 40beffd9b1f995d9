import CZip
import Domain
import Foundation

/// Writes a zip archive whose bytes depend only on its files, their names and one time.
struct ArchiveWriter {
    /// What an entry is made from.
    enum Content {
        /// A file, which is read when the archive is written.
        case file(String)
        /// Bytes in memory.
        case bytes(Data)
    }

    /// The entries, with their names in the archive.
    var entries: [(name: String, content: Content)]
    /// The time of every entry. Zip stores it in two-second steps from 1980 to 2107, and without a time zone: as UTC here.
    var time: Date

    /// Copies a complete archive to its place.
    static func copy(_ made: String, to place: PartialFile) throws {
        let output = FileHandle(fileDescriptor: place.descriptor, closeOnDealloc: false)
        let input = try FileHandle(forReadingFrom: URL(fileURLWithPath: made))
        do {
            while let part = try input.read(upToCount: 1 << 20), !part.isEmpty { try output.write(contentsOf: part) }
        } catch {
            throw WriteFailure.last(place.path)
        }
    }

    /// Writes the archive.
    ///
    /// - Parameter path: a new file in a folder of this user: libzip writes to a file of its own beside it.
    /// - Throws: ``WriteFailure``.
    func write(to path: String) throws(WriteFailure) {
        guard let archive = zip_open(path, ZIP_CREATE | ZIP_EXCL, nil) else { throw WriteFailure.last(path) }
        let isComplete = entries.allSatisfy { add($0.name, $0.content, to: archive) } && zip_close(archive) == 0
        guard isComplete else {
            let reason = String(cString: zip_strerror(archive))
            zip_discard(archive)
            throw WriteFailure(path: path, reason: reason)
        }
    }

    /// - Returns: false if libzip refused; its reason is in the archive.
    private func add(_ name: String, _ content: Content, to archive: OpaquePointer) -> Bool {
        guard let source = Self.source(of: content, in: archive) else { return false }
        let place = zip_file_add(archive, name, source, zip_flags_t(ZIP_FL_ENC_UTF_8))
        guard place >= 0 else {
            zip_source_free(source)
            return false
        }
        let (date, clock) = Self.stored(time)
        let entry = UInt64(place)
        // Workbooks are packed already. The level is that of zlib's own default.
        let (method, level) = name.hasSuffix(".xlsx") ? (ZIP_CM_STORE, UInt32(0)) : (ZIP_CM_DEFLATE, 6)
        // Otherwise, libzip would store the time of the file in the local time zone.
        return zip_set_file_compression(archive, entry, method, level) == 0
            && zip_file_set_dostime(archive, entry, clock, date, 0) == 0
            && zip_file_set_external_attributes(archive, entry, 0, UInt8(ZIP_OPSYS_UNIX), UInt32(0o100644) << 16) == 0
    }

    private static func source(of content: Content, in archive: OpaquePointer) -> OpaquePointer? {
        switch content {
        case .file(let path): return zip_source_file(archive, path, 0, -1)
        case .bytes(let data):
            guard let copy = malloc(max(1, data.count)) else { return nil }
            data.withUnsafeBytes { bytes in
                if let start = bytes.baseAddress { copy.copyMemory(from: start, byteCount: bytes.count) }
            }
            // libzip frees the copy.
            return zip_source_buffer(archive, copy, UInt64(data.count), 1)
        }
    }

    /// A time in the form of the MS-DOS file system (APPNOTE.TXT of PKWARE, section 4.4.6).
    static func stored(_ time: Date) -> (date: UInt16, clock: UInt16) {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second], from: time)
        guard let year = parts.year, (1980...2107).contains(year), let month = parts.month, let day = parts.day,
            let hour = parts.hour, let minute = parts.minute, let second = parts.second
        else { return (0x21, 0) }
        return (
            UInt16((year - 1980) << 9 | month << 5 | day), UInt16(hour << 11 | minute << 5 | second / 2)
        )
    }
}
