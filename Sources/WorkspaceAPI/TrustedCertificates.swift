import Domain
import Foundation

/// The certificates that the server's certificate is checked against: those of the system, or others instead.
public struct TrustedCertificates: Hashable, Sendable {
    /// A file of certificates (PEM).
    var file: String?
    /// A folder of certificates with names from `openssl rehash`; several are separated by colons.
    var folder: String?

    /// The certificates of the system.
    public static let system = TrustedCertificates()

    /// The certificates in `SSL_CERT_FILE` and `SSL_CERT_DIR`, or both; those of the system if both are empty or not
    /// set.
    public init(environment: [String: String]) {
        self.init(file: environment["SSL_CERT_FILE"], folder: environment["SSL_CERT_DIR"])
    }

    /// Creates a set; empty paths are ignored.
    init(file: String? = nil, folder: String? = nil) {
        self.file = file.flatMap { $0.isEmpty ? nil : $0 }
        self.folder = folder.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Why they cannot be used, in one sentence; nil if they can. OpenSSL ignores a missing folder.
    public var problem: String? {
        // Anyone who can change them can impersonate the API. libcurl opens them by their names.
        let named =
            [("SSL_CERT_FILE", file)] + (folder ?? "").split(separator: ":").map { ("SSL_CERT_DIR", String($0)) }
        for case (let variable, let path?) in named {
            do throws(UntrustedFile) {
                try FileTrust.ofThisProcess.follow(path)
            } catch {
                return "\(variable): \(error.sentence)"
            }
        }
        if let file, access(file, R_OK) != 0 || FileStatus(path: file)?.kind != .regular {
            return "SSL_CERT_FILE is \(file), which cannot be read"
        }
        for each in (folder ?? "").split(separator: ":") where !Self.isReadableFolder(String(each)) {
            return "SSL_CERT_DIR contains \(each), which is not a readable folder"
        }
        return nil
    }

    private static func isReadableFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
            && access(path, R_OK | X_OK) == 0
    }
}
