import Domain
import Foundation

/// A file with one secret, for its owner only.
public enum SecretFile {
    /// Writes a new file.
    ///
    /// - Throws: ``SettingsFailure`` if other users can change the folder, or the file already exists.
    public static func write(_ secret: String, to path: String) throws(SettingsFailure) {
        try PrivateFile.create(path, holding: secret + "\n", ifThere: "the file already exists; remove it first")
    }

    /// Prepares the file in place of an existing one; its `commit` replaces the existing one.
    ///
    /// - Throws: ``SettingsFailure`` if other users can change the folder, or the file cannot be written.
    public static func prepare(_ secret: String, inPlaceOf path: String) throws(SettingsFailure) -> PartialFile {
        do throws(UntrustedFile) { try FileTrust.ofThisProcess.follow(path) } catch { throw .untrusted(error) }
        do {
            let place = try PartialFile(path: path)
            try FileHandle(fileDescriptor: place.descriptor).write(contentsOf: Data((secret + "\n").utf8))
            return place
        } catch {
            throw .unwritable(file: path, reason: (error as? WriteFailure)?.reason ?? error.localizedDescription)
        }
    }
}

/// Files that belong to their owner alone.
enum PrivateFile {
    /// Creates a file with mode 600, and the folders above it with mode 700 where they are missing.
    ///
    /// - Parameter reason: what to say where there is a file already.
    static func create(_ path: String, holding text: String, ifThere reason: String) throws(SettingsFailure) {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        // A file that others can change would not be read afterwards.
        do throws(UntrustedFile) { try FileTrust.ofThisProcess.follow(folder) } catch { throw .untrusted(error) }
        try? FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw .unwritable(file: path, reason: errno == EEXIST ? reason : String(cString: strerror(errno)))
        }
        do {
            try FileHandle(fileDescriptor: descriptor, closeOnDealloc: true).write(contentsOf: Data(text.utf8))
        } catch {
            unlink(path)
            throw .unwritable(file: path, reason: "\(error.localizedDescription)")
        }
    }
}
