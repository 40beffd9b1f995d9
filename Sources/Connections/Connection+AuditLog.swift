import Domain
import Foundation
import TerminalIO
import WorkspaceAPI

extension Connection {
    /// Requests the audit log of the workspace and stores the response in a file.
    ///
    /// - Parameters:
    ///   - path: the file, which must not exist; it is deleted if the response cannot be used.
    ///   - name: the name of the workspace in the API; nil if it is not known.
    ///   - listedAt: when the accounts were listed.
    /// - Throws: `ListingFailure` if the log is not available.
    public func auditLog(
        to path: String, workspace name: String?, after listedAt: Date
    ) async throws -> (log: AuditLog, receivedAt: Date) {
        let asking = StageCounter("Requesting the audit log", .bytes)
        return try await console.during(asking) {
            try await client.auditLog(to: path, workspace: name, after: listedAt) { progress in
                // The file is read in pieces of 1 MB.
                if case .read(let bytes, let total) = progress, bytes <= 1 << 20 {
                    asking.begin("Reading the audit log", of: total)
                }
                asking.show(progress)
            }
        }
    }
}

extension StageCounter {
    /// Shows the progress of a listing.
    func show(_ progress: ListingProgress) {
        switch progress {
        case .asked: wait(.until("the response"))
        case .received(let bytes, let stated):
            wait(nil)
            set(bytes, of: stated)
        case .read(let bytes, let total): set(bytes, of: total)
        case .tryingAgain(let time, let reason): wait(.time(time, because: reason))
        }
    }
}
