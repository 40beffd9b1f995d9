import Domain
import Foundation

/// The reviews of all of a company's workspaces as they are filed: an evidence folder each, and a summary beside them.
///
/// It appears under its name only when all of it is there.
public struct CompanyFolder {
    private let aside: FolderAside

    /// Takes a place.
    ///
    /// - Throws: ``WriteFailure`` if something is there already, or the folder around it cannot be written to.
    public init(path: String) throws(WriteFailure) { aside = try FolderAside(path: path) }

    /// Where the evidence folder of a workspace is made.
    public func place(_ folder: String) -> String { aside.place(folder) }

    /// Writes the summary.
    ///
    /// - Parameter formats: which to write, each as `access.EXTENSION`.
    /// - Returns: the SHA-256 of `SHA256SUMS`.
    /// - Throws: ``WriteFailure``, ``RowCountMismatch`` or what the source throws; nothing is left behind then.
    public func write(
        _ source: some AccessSource, of workspaces: [AccessReport.Workspace], _ context: AccessReport.Context,
        formats: [ReportFormat], options: ReportFile.Options = .init()
    ) throws -> String {
        try aside.discardingOnError {
            let report = try AccessReport.make(source, of: workspaces, context)
            let files = try formats.compactMap { try aside.add(report, as: "access.\($0.rawValue)", options) }
            return try aside.seal(
                CompanyRecord(context, workspaces, files: files), as: CompanyRecord.name, beside: files)
        }
    }

    /// Takes away what was begun.
    public func discard() { aside.discard() }

    /// What went wrong in a folder inside, told by the place that people know.
    public func told(_ failure: WriteFailure) -> WriteFailure { aside.told(failure) }
}
