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

    /// The evidence folders of the workspaces in the folder of a company; none for any other folder.
    public static func parts(of folder: String) -> [String] {
        guard OrdinaryFile.isOne(folder + "/" + CompanyRecord.name) else { return [] }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.sorted().map { folder + "/" + $0 }.filter { OrdinaryFile.isOne($0 + "/" + EvidenceRecord.name) }
    }

    /// The temporary path for the evidence folder of a workspace.
    public func place(_ folder: String) -> String { aside.place(folder) }

    /// Writes the summary.
    ///
    /// - Parameters:
    ///   - reviews: the reviews of the workspaces, for the files that people complete.
    ///   - formats: the formats, each written as `access.EXTENSION`.
    ///   - onRows: called from time to time with the current file, and its rows written and in total.
    /// - Returns: the SHA-256 of `SHA256SUMS`.
    /// - Throws: ``WriteFailure``, ``RowCountMismatch`` or errors of the source; the folder is deleted then.
    public func write(
        _ source: some AccessSource, of workspaces: [AccessReport.Workspace],
        reviews: [CompanyReviewReport.Part] = [], _ context: AccessReport.Context, formats: [ReportFormat],
        options: ReportFile.Options = .init(),
        onRows: @escaping (_ file: String, _ rows: Int, _ total: Int) -> Void = { _, _, _ in }
    ) throws -> String {
        try aside.discardingOnError {
            let report = try AccessReport.make(source, of: workspaces, context)
            var files: [EvidenceRecord.File] = []
            for format in formats {
                try aside.add(report, as: "access.\(format.rawValue)", options, to: &files, onRows)
            }
            if let review = CompanyReviewReport.make(reviews, context) {
                var copies: [EvidenceRecord.File] = []
                try aside.makeFolder(EvidenceFolder.toFillInName)
                for format in formats where [.xlsx, .csv].contains(format) {
                    let name = "\(EvidenceFolder.toFillInName)/review.\(format.rawValue)"
                    try aside.add(review, as: name, options, to: &copies, onRows)
                }
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
