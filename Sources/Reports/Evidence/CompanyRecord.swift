import Domain

/// `company.json`: the workspaces that were reviewed, their evidence folders, and the hashes of these folders.
public struct CompanyRecord: Codable, Hashable, Sendable {
    /// The name of the file.
    public static let name = "company.json"
    /// Increased when a member changes its meaning or is removed.
    public static let schemaVersion = 1

    /// One workspace.
    public struct Workspace: Codable, Hashable, Sendable {
        /// The uid in the API.
        public var uid: String
        /// The name in the API.
        public var name: String
        /// The name of the evidence folder; nil if the workspace was not reviewed.
        public var folder: String?
        /// The SHA-256 of `SHA256SUMS` in the evidence folder.
        public var manifestSHA256: String?
        /// Why the workspace was not reviewed.
        public var failure: String?

        /// Creates the record of a workspace.
        public init(_ workspace: AccessReport.Workspace) {
            uid = workspace.workspace.uid
            name = workspace.workspace.name
            switch workspace.result {
            case .reviewed(let reviewed): (folder, manifestSHA256) = (reviewed.folder, reviewed.manifestSHA256)
            case .failed(let reason): failure = reason
            }
        }
    }

    /// The version of the format.
    public var schemaVersion: Int
    /// The id of the reviews.
    public var id: String
    /// The version of the program.
    public var version: String
    /// When the last of the listings was complete; UTC, ISO 8601. Nil in records of versions without it.
    public var takenAt: String?
    /// When the review was started, before the first listing; UTC, ISO 8601. Nil in records of versions without it.
    public var requestedAt: String?
    /// The host of the endpoint; nil in records of versions without it.
    public var endpointHost: String?
    /// The libraries on which the bytes of the reports depend; nil in records of versions without it.
    public var libraries: [String]?
    /// All workspaces that the credentials give access to, in the order of the API.
    public var workspaces: [Workspace]
    /// The files of the summary.
    public var files: [EvidenceRecord.File]

    init(_ context: AccessReport.Context, _ workspaces: [AccessReport.Workspace], files: [EvidenceRecord.File]) {
        schemaVersion = Self.schemaVersion
        id = context.id
        version = context.version
        takenAt = Timestamp.text(context.takenAt)
        requestedAt = Timestamp.text(context.startedAt)
        endpointHost = context.endpointHost
        libraries = HistoryRecord.libraries
        self.workspaces = workspaces.map(Workspace.init)
        self.files = files
    }
}
