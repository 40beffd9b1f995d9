import Domain
import Foundation

/// The reviews of all of a company's workspaces as they are filed: an evidence folder each, and a summary beside them.
///
/// It appears under its name only when all of it is there.
public struct CompanyFolder {
    /// Names that no workspace's folder takes.
    public static let reservedNames: Set<String> = ["access", "company"]

    private let aside: FolderAside

    /// Takes a place.
    ///
    /// - Throws: ``WriteFailure`` if something is there already, or the folder around it cannot be written to.
    public init(path: String) throws(WriteFailure) { aside = try FolderAside(path: path) }

    /// Where the evidence folder of a workspace is made.
    public func place(_ folder: String) -> String { aside.place(folder) }

    /// Writes the summary.
    ///
    /// - Parameters:
    ///   - formats: which to write, each as `access.EXTENSION`.
    ///   - onRows: told which file is written, and now and then how many of how many rows.
    /// - Returns: the SHA-256 of `SHA256SUMS`.
    /// - Throws: ``WriteFailure``, ``RowCountMismatch`` or what the source throws; nothing is left behind then.
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

    /// Takes away what was begun.
    public func discard() { aside.discard() }

    /// What went wrong in a folder inside, told by the place that people know.
    public func withFinalPath(_ failure: WriteFailure) -> WriteFailure { aside.withFinalPath(failure) }
}
