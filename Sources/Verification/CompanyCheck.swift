import Domain
import Foundation
import Reports

/// Checks the reviews of all workspaces of a company, offline: each evidence folder, and the summary against all of
/// them.
public struct CompanyCheck {
    let folder: String
    /// The folder with the previous reviews; nil to search beside the folder.
    let previousFolder: String?
    /// What is kept outside the folder.
    public var anchors = EvidenceAnchors()
    /// Called with a description of each step before it starts.
    public var onFile: (String) -> Void = { _ in }
    /// The findings so far, in the order of the checks.
    public private(set) var findings: [EvidenceCheck.Finding] = []

    /// What the findings establish about each workspace.
    public internal(set) var claims: [EvidenceClaim] = []

    /// Creates a check of a folder with the reviews of several workspaces.
    ///
    /// - Parameter previousFolder: the folder with the previous reviews; nil to search beside the folder.
    public init(folder: String, previousFolder: String?) {
        self.folder = folder
        self.previousFolder = previousFolder
    }

    /// Whether the folder contains the reviews of several workspaces.
    public static func isOne(_ folder: String) -> Bool {
        FileManager.default.fileExists(atPath: folder + "/" + CompanyRecord.name)
    }

    /// Runs all checks that are possible.
    public mutating func run() {
        var summary = EvidenceCheck(folder: folder, previousFolder: nil)
        summary.onFile = onFile
        guard let manifest = summary.readManifest() else { return findings = summary.findings }
        let data = OrdinaryFile.bytes(at: path(CompanyRecord.name)) ?? Data()
        guard let record = try? RecordJSON.decode(CompanyRecord.self, from: data),
            record.schemaVersion <= CompanyRecord.schemaVersion
        else {
            summary.note(.failed, "\(CompanyRecord.name) is unreadable, or was written by a newer version of rollcall")
            return findings = summary.findings
        }
        summary.checkHashes(
            manifest, besides: record.workspaces.compactMap(\.folder), needed: [CompanyRecord.name])
        summary.checkMembers(of: CompanyRecord.self, in: CompanyRecord.name)
        summary.checkNames(record.files, CompanyRecord.name, manifest)
        findings = summary.findings
        let reviews = record.workspaces.map { check($0) }
        checkSummary(record, reviews)
        checkAnchors(record.workspaces.compactMap(\.folder).filter { !$0.contains("/") && $0 != ".." && $0 != "." })
    }

    mutating func note(_ result: EvidenceCheck.Finding.Result, _ sentence: String) {
        findings.append(.init(result: result, sentence: sentence))
    }

    /// Checks one evidence folder, and whether the summary was made from it.
    private mutating func check(_ workspace: CompanyRecord.Workspace) -> ReviewOfWorkspace? {
        let name = Terminal.plain(workspace.name)
        guard let folder = workspace.folder else {
            let reason = workspace.failure.map { ": " + Terminal.plain($0, limit: 500) } ?? ""
            findings.append(.init(result: .notChecked, sentence: "\(name) was not reviewed\(reason)"))
            return nil
        }
        guard !folder.contains("/"), folder != "..", folder != "." else {
            findings.append(.init(result: .failed, sentence: "\(name): its evidence folder is not inside this folder"))
            return nil
        }
        let place = path(folder)
        let isBound =
            Manifest.sha256(of: Manifest.name, in: place).map { $0 == workspace.manifestSHA256 } ?? false
        findings.append(
            .init(
                result: isBound ? .ok : .failed,
                sentence: isBound
                    ? "\(Terminal.plain(folder)) is the review of \(name) that the summary is based on"
                    : "\(Terminal.plain(folder)) is missing, or not the review of \(name) that the summary is based on"
            ))
        var check = EvidenceCheck(folder: place, previousFolder: previousFolder)
        check.onFile = onFile
        // A given hash may be that of any workspace, so it is searched for at the end.
        check.anchors = anchors
        check.anchors.expected = nil
        check.run()
        claims += check.claims.filter { $0.code != .anchored || anchors.expected == nil }.map { $0.of(folder) }
        findings += check.findings.map { $0.of(folder) }
        return ReviewOfWorkspace(in: place)
    }

    private func path(_ name: String) -> String { folder + "/" + name }
}
