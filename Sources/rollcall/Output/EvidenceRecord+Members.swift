import Foundation
import Reports
import TerminalIO

extension EvidenceRecord {
    /// A review that was written, as programs read it.
    ///
    /// - Parameters:
    ///   - folder: as it was given, or made from the review's name.
    ///   - manifest: the SHA-256 of `SHA256SUMS`.
    func members(folder: String, manifest: String) -> [JSONMember] {
        [
            JSONMember("review", review), JSONMember("workspace", workspace), JSONMember("period", period),
            JSONMember("folder", folder), JSONMember("manifestSHA256", manifest), JSONMember("takenAt", takenAt),
            JSONMember("users", users), JSONMember("invites", invites), JSONMember("counts", counts),
            JSONMember("previous", previous), JSONMember("warnings", warnings), JSONMember("files", files),
        ]
    }
}
