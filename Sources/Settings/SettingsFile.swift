import Domain
import Foundation

/// Reads files with settings, and converts errors to ``SettingsFailure``.
enum SettingsFile {
    /// Reads a whole file.
    ///
    /// - Parameters:
    ///   - limit: the maximum number of bytes.
    ///   - isSecret: whether to refuse a file that others can read.
    ///   - reason: the reason in the message for a longer file.
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
