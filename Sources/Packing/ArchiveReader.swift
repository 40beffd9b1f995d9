import CZip
import Domain
import Foundation
import Reports

/// Unpacks an archive into a folder of this user. Everything in the archive may be hostile.
///
/// Only this file and ``ArchiveWriter`` use libzip's pointers.
struct ArchiveReader: ~Copyable {
    /// More files than the evidence of a company with thousands of workspaces has.
    private static let mostEntries = 100_000
    /// Evidence packs to a tenth of its size; what unpacks to more than this many times the size of the archive, and to
    /// more than `harmless` bytes, was made to fill the disk.
    private static let ratio = 200
    private static let harmless = 500_000_000
    private static let most = 16 << 30

    private let archive: OpaquePointer
    private let entries: [Entry]

    private struct Entry {
        var place: UInt64
        var name: String
        var bytes: Int
    }

    /// Opens an archive, and checks the names and sizes of all entries before anything is unpacked.
    ///
    /// - Throws: ``ArchiveFault``.
    init(path: String) throws(ArchiveFault) {
        guard OrdinaryFile.isOne(path), let size = OrdinaryFile.size(of: path),
            let archive = zip_open(path, ZIP_RDONLY, nil)
        else { throw .notAnArchive }
        do throws(ArchiveFault) {
            entries = try Self.entries(of: archive, size: size)
        } catch {
            zip_discard(archive)
            throw error
        }
        self.archive = archive
    }

    deinit { zip_discard(archive) }

    private static func entries(of archive: OpaquePointer, size: Int) throws(ArchiveFault) -> [Entry] {
        let count = zip_get_num_entries(archive, 0)
        guard count > 0 else { throw .notAnArchive }
        guard count <= mostEntries else { throw .tooManyEntries(limit: mostEntries) }
        var entries: [Entry] = []
        var seen: Set<String> = []
        var (packed, unpacked) = (0, 0)
        for place in 0..<UInt64(count) {
            var status = zip_stat_t()
            zip_stat_index(archive, place, 0, &status)
            guard let name = name(of: place, in: archive) else { throw .notAnArchive }
            guard let path = ArchivePath(name) else { throw .name(name) }
            guard seen.insert(path.key).inserted else {
                throw .twice(path.text)
            }
            guard !isLink(archive, place) else { throw .link(name) }
            guard status.encryption_method == ZIP_EM_NONE else { throw .encrypted(name) }
            guard status.comp_size <= UInt64(size - packed) else { throw .overlapping }
            packed += Int(status.comp_size)
            guard status.size <= UInt64(limit(of: size) - unpacked) else { throw .tooLarge }
            unpacked += Int(status.size)
            if !path.isFolder { entries.append(Entry(place: place, name: path.text, bytes: Int(status.size))) }
        }
        return entries
    }

    /// The name of an entry. Old programs wrote the code page of MS-DOS, which libzip recognizes; it would also replace
    /// control characters, which must not hide.
    private static func name(of place: UInt64, in archive: OpaquePointer) -> String? {
        guard let raw = zip_get_name(archive, place, ZIP_FL_ENC_RAW) else { return nil }
        return String(validatingCString: raw)
            ?? zip_get_name(archive, place, ZIP_FL_ENC_GUESS).map { String(cString: $0) }
    }

    private static func limit(of size: Int) -> Int { min(most, max(harmless, min(size, most) * ratio)) }

    /// Whether an entry is a symbolic link of a Unix (the upper half of its attributes is the mode of the file).
    private static func isLink(_ archive: OpaquePointer, _ place: UInt64) -> Bool {
        var (system, attributes): (UInt8, UInt32) = (0, 0)
        zip_file_get_external_attributes(archive, place, 0, &system, &attributes)
        return system == UInt8(ZIP_OPSYS_UNIX) && (attributes >> 16) & 0o170000 == 0o120000
    }

    /// Writes every entry as a new regular file.
    ///
    /// - Parameters:
    ///   - folder: an empty folder that only this user can write to.
    ///   - onFile: called with each name before the entry is unpacked.
    /// - Throws: ``ArchiveFault``.
    func unpack(into folder: String, onFile: (String) -> Void = { _ in }) throws(ArchiveFault) {
        let needed = entries.reduce(0) { $0 + $1.bytes }
        let free = (try? FileManager.default.attributesOfFileSystem(forPath: folder))?[.systemFreeSize] as? Int
        guard needed < free ?? .max else { throw .noRoom(path: folder) }
        for entry in entries {
            onFile(entry.name)
            let path = folder + "/" + entry.name
            try? FileManager.default.createDirectory(
                at: URL(fileURLWithPath: path).deletingLastPathComponent(), withIntermediateDirectories: true)
            try unpack(entry, to: path)
        }
    }

    private func unpack(_ entry: Entry, to path: String) throws(ArchiveFault) {
        guard let file = zip_fopen_index(archive, entry.place, 0) else { throw .damaged(entry.name) }
        defer { zip_fclose(file) }
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        // A folder has this name, or a file has the name of a folder.
        guard descriptor >= 0 else { throw errno == ENOSPC ? .noRoom(path: path) : .twice(entry.name) }
        let output = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        var left = entry.bytes
        var buffer = [UInt8](repeating: 0, count: 1 << 17)
        while true {
            let count = buffer.withUnsafeMutableBytes { zip_fread(file, $0.baseAddress, UInt64($0.count)) }
            // libzip compares the checksum at the end.
            guard count >= 0 else { throw .damaged(entry.name) }
            guard count > 0 else { break }
            left -= Int(count)
            // The size that an entry declares was counted; it may be wrong.
            guard left >= 0 else { throw .tooLarge }
            do {
                try output.write(contentsOf: buffer.prefix(Int(count)))
            } catch {
                throw .noRoom(path: path)
            }
        }
        guard left == 0 else { throw .damaged(entry.name) }
    }
}
