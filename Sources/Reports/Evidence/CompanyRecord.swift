import Domain

/// `company.json`: which workspaces were reviewed, where each one's evidence is, and what binds it to the summary.
public struct CompanyRecord: Codable, Hashable, Sendable {
    /// The file's name beside the evidence folders.
    public static let name = "company.json"
    /// Raised when a member changes its meaning or goes away.
    public static let schemaVersion = 1

    /// One workspace.
    public struct Workspace: Codable, Hashable, Sendable {
        /// As the API identifies it.
        public var uid: String
        /// As the API names it.
        public var name: String
        /// The evidence folder's name; nil if the workspace was not reviewed.
        public var folder: String?
        /// Of the evidence folder's `SHA256SUMS`.
        public var manifestSHA256: String?
        /// Why the workspace was not reviewed.
        public var failure: String?

        /// What became of one.
        public init(_ workspace: AccessReport.Workspace) {
            uid = workspace.workspace.uid
            name = workspace.workspace.name
            switch workspace.result {
            case .reviewed(let reviewed): (folder, manifestSHA256) = (reviewed.folder, reviewed.manifestSHA256)
            case .failed(let reason): failure = reason
            }
        }
    }

    /// The form of the file.
    public var schemaVersion: Int
    /// The reviews' name.
    public var id: String
    /// The program's version.
    public var version: String
    /// Every workspace that the credentials reach, in the API's order.
    public var workspaces: [Workspace]
    /// The summary's files.
    public var files: [EvidenceRecord.File]

    init(_ context: AccessReport.Context, _ workspaces: [AccessReport.Workspace], files: [EvidenceRecord.File]) {
        schemaVersion = Self.schemaVersion
        id = context.id
        version = context.version
        self.workspaces = workspaces.map(Workspace.init)
        self.files = files
    }
}
