import Domain
import Foundation

/// The files that seal a link: they are beside its checksums, and are not part of them.
extension EvidenceLink {
    /// The name of the signature of its checksums by `ssh-keygen -Y sign`.
    public var signature: String { manifest + ".sig" }
    /// The name of the time stamp of its checksums (RFC 3161).
    public var timestamp: String { manifest + ".tsr" }

    /// The record of the link.
    ///
    /// - Parameter isCompany: whether the folder is that of the reviews of all workspaces.
    public func record(isCompany: Bool) -> String {
        if kind == .review { return isCompany ? CompanyRecord.name : EvidenceRecord.name }
        return stem + ".record.json"
    }

    /// Whether a file is the signature or the time stamp of a link that exists in the folder.
    public static func isSeal(_ name: String, in folder: String) -> Bool {
        guard name.hasSuffix(".sig") || name.hasSuffix(".tsr") else { return false }
        let manifest = String(name.dropLast(4))
        return EvidenceLink(manifest: manifest) != nil && OrdinaryFile.isOne(folder + "/" + manifest)
    }

    /// Removes the signature and the time stamp of checksums that are about to be written differently. Call it before
    /// they are written: a folder without a seal is intact, one with a wrong seal is not.
    public func removeSeals(in folder: String, unlessOf manifest: Data) {
        guard OrdinaryFile.bytes(at: folder + "/" + self.manifest) != manifest else { return }
        unlink(folder + "/" + signature)
        unlink(folder + "/" + timestamp)
    }
}
