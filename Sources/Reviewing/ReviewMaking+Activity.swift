import Connections
import Domain
import Foundation
import Populations
import Reports
import TerminalIO
import WorkspaceAPI

extension ReviewMaking {
    /// What the audit log records about the accounts, with the response stored in the folder; nil if the log is not wanted or
    /// not available.
    ///
    /// The log is no condition for a review: one line says why there is none.
    ///
    /// - Parameter name: the name of the workspace in the API; nil if it is not known.
    func activity(
        over connection: Connection, to folder: EvidenceFolder, workspace name: String?, of source: RosterReview
    ) async throws -> ReviewActivity? {
        guard asksForActivity else { return nil }
        do {
            let (log, receivedAt) = try await connection.auditLog(
                to: folder.place(ReviewActivity.fileName), workspace: name, after: source.snapshot.takenAt)
            return try ReviewActivity(
                log.activity, sha256: log.sha256, receivedAt: receivedAt, workspace: name, of: source)
        } catch let failure as ListingFailure {
            console.warn(
                "The review has no activity, because the audit log cannot be used: "
                    + "\(Terminal.plain(failure.reason, limit: 500)). To review without the log: --no-activity")
            return nil
        }
    }
}
