/// Why a command ended, for programs: `error.code` of a document. A code keeps its meaning; sentences may be reworded.
public enum ErrorCode: String, CaseIterable, Codable, Sendable {
    /// The run or the check is complete, and something in it needs attention.
    case needsAttention
    /// Nothing was sent or written, for a reason that has no code of its own.
    case nothingSent
    /// The command line has an unknown command, option or value.
    case usage
    /// The API could not be reached.
    case unreachable
    /// The API asked to wait longer than allowed.
    case rateLimited
    /// The API refused the credentials.
    case credentialsRefused
    /// A signal ended the command.
    case interrupted
    /// Endpoint, key, secret or workspace is not set.
    case credentialsMissing
    /// The configuration file, an environment variable or a credentials file cannot be used.
    case settingsInvalid
    /// The list, plan or review cannot be read.
    case inputInvalid
    /// Rows of the input are rejected, and the command was told to send nothing in this case.
    case rowsRejected
    /// The plan exceeds a safety limit.
    case limitExceeded
    /// The person at the terminal did not confirm.
    case cancelled
    /// There is no terminal to ask at, and no --yes.
    case confirmationRequired
    /// The workspace has changed since the plan was made.
    case workspaceChanged
    /// The credentials are for another workspace than the plan, run or review.
    case wrongWorkspace
    /// The user list from the API is incomplete or implausible.
    case userListUnusable
    /// The ledger cannot be used, or another run is using the workspace.
    case ledgerUnusable
    /// There is no such run, review or snapshot.
    case notFound
    /// The review has open items, or no approver.
    case reviewOpen
    /// The review is closed.
    case reviewClosed
    /// A file exists already and is not replaced.
    case fileExists
    /// A file could not be written.
    case fileNotWritten
    /// Standard output could not be written.
    case outputNotWritten
}
