import Domain
import Foundation

/// The folder with the reviews of all workspaces of a company: an evidence folder for each, and a summary.
///
/// It appears under its name only when it is complete.
public struct CompanyFolder {
    /// Names that the folder of a workspace cannot have.
    public static let reservedNames: Set<String> = ["access", "company"]

    private let aside: FolderAside

    /// Starts a folder.
    ///
    /// - Throws: ``WriteFailure`` if the path exists and is not an empty folder, or the parent folder is not writable.
    public init(path: String) throws(WriteFailure) { aside = try FolderAside(path: path) }

    /// The temporary path for the evidence folder of a workspace.
    public func place(_ folder: String) -> String { aside.place(folder) }

    /// Writes the summary.
    ///
    /// - Parameters:
    ///   - formats: the formats, each written as `access.EXTENSION`.
    ///   - onRows: called from time to time with the current file, and its rows written and in total.
    /// - Returns: the SHA-256 of `SHA256SUMS`.
    /// - Throws: ``WriteFailure``, ``RowCountMismatch`` or errors of the source; the folder is deleted then.
    public func write(
        _ source: some AccessSource, of workspaces: [AccessReport.Workspace], _ context: AccessReport.Context,
        formats: [ReportFormat], options: ReportFile.Options = .init(),
        onRows: @escaping (_ file: String, _ rows: Int, _ total: Int) -> Void = { _, _, _ in }
    ) throws -> String {
        try aside.discardingOnError {
            let report = try AccessReport.make(source, of: workspaces, context)
            var files: [EvidenceRecord.File] = []
            for format in formats {
                try aside.add(report, as: "access.\(format.rawValue)", options, to: &files, onRows)
            }
            return try aside.seal(
                CompanyRecord(context, workspaces, files: files), as: CompanyRecord.name, beside: files)
        }
    }

    /// Deletes the incomplete folder.
    public func discard() { aside.discard() }

    /// The failure with the final path in place of the temporary one.
    public func withFinalPath(_ failure: WriteFailure) -> WriteFailure { aside.withFinalPath(failure) }
}
