import Domain
import Foundation

/// The certificates that a server's has to be signed by: the system's, or others in place of all of them.
public struct TrustedCertificates: Hashable, Sendable {
    /// A file of certificates (PEM).
    var file: String?
    /// A folder of certificates under the names that `openssl rehash` gives them; several with colons between them.
    var folder: String?

    /// The system's.
    public static let system = TrustedCertificates()

    /// Those that `SSL_CERT_FILE` and `SSL_CERT_DIR` name, with both set those of both; with none, or empty, the system's.
    public init(environment: [String: String]) {
        self.init(file: environment["SSL_CERT_FILE"], folder: environment["SSL_CERT_DIR"])
    }

    /// An empty name is none.
    init(file: String? = nil, folder: String? = nil) {
        self.file = file.flatMap { $0.isEmpty ? nil : $0 }
        self.folder = folder.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Why they cannot be used, in one sentence; nil if nothing is wrong. OpenSSL passes over a folder that is missing.
    public var problem: String? {
        // Whoever can change them can stand in for the API. libcurl opens them by their names.
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
            return "SSL_CERT_FILE names \(file), which cannot be read"
        }
        for each in (folder ?? "").split(separator: ":") where !Self.isReadableFolder(String(each)) {
            return "SSL_CERT_DIR names \(each), which is not a folder that can be read"
        }
        return nil
    }

    private static func isReadableFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
            && access(path, R_OK | X_OK) == 0
    }
}
