import Connections
import Domain
import Foundation
import Populations
import Reports
import TerminalIO
import WorkspaceAPI

extension ReviewMaking {
    /// What the audit log records about the accounts, with the response stored in the folder, or why there is no log.
    ///
    /// The log is no condition for a review: one line says why there is none, and the evidence records it.
    ///
    /// - Parameter name: the name of the workspace in the API; nil if it is not known.
    func activity(
        over connection: Connection, to folder: EvidenceFolder, workspace name: String?, of source: RosterReview
    ) async throws -> ReviewActivityState {
        guard asksForActivity else { return .absent(.notRequested) }
        do {
            let (log, receivedAt) = try await connection.auditLog(
                to: folder.place(ReviewActivity.fileName), workspace: name, after: source.snapshot.takenAt)
            return .recorded(
                try ReviewActivity(
                    log.activity, sha256: log.sha256, receivedAt: receivedAt, workspace: name, of: source))
        } catch let failure as ListingFailure {
            console.warn(
                "The review has no activity, because the audit log cannot be used: "
                    + "\(Terminal.plain(failure.reason, limit: 500)). To review without the log: --no-activity")
            return .absent(AbsentActivity(failure))
        }
    }
}
