import Domain
import Foundation

/// Reads the files that settings come from, with what is wrong as a ``SettingsFailure``.
enum SettingsFile {
    /// Reads one as a whole.
    ///
    /// - Parameters:
    ///   - limit: how many bytes it may have.
    ///   - isSecret: whether others must not be able to read it.
    ///   - reason: what to say of a longer one.
    static func read(
        _ path: String, atMost limit: Int, isSecret: Bool = false, ifTooLong reason: String
    ) throws(SettingsFailure) -> TrustedFile.Contents {
        do throws(TrustedFile.Failure) {
            return try TrustedFile.read(path, atMost: limit, isSecret: isSecret)
        } catch {
            switch error {
            case .untrusted(let file): throw .untrusted(file)
            case .unreadable: throw .unreadable(file: path, reason: "check that it is a file, and its permissions")
            case .tooLong: throw .unreadable(file: path, reason: reason)
            }
        }
    }
}
