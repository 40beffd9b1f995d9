import Domain
import Foundation
import Ledger
import Populations
import Reports
import Reviewing
import WorkspaceAPI

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
    public private(set) var claims: [EvidenceClaim] = []

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
        summary.checkNames(record.files, CompanyRecord.name, manifest)
        findings = summary.findings
        var rosters: [Roster?] = []
        var privileged: [String]?
        for workspace in record.workspaces {
            let checked = check(workspace)
            rosters.append(checked?.roster)
            privileged = privileged ?? checked?.privileged
        }
        checkPeople(record, rosters, privileged)
        checkAnchors(record.workspaces.compactMap(\.folder).filter { !$0.contains("/") && $0 != ".." && $0 != "." })
    }

    mutating func note(_ result: EvidenceCheck.Finding.Result, _ sentence: String) {
        findings.append(.init(result: result, sentence: sentence))
    }

    /// Checks one evidence folder, and whether the summary was made from it.
    private mutating func check(
        _ workspace: CompanyRecord.Workspace
    ) -> (roster: Roster, privileged: [String]?)? {
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
        claims += check.claims.map { claim in
            var claim = claim
            claim.sentence = "\(Terminal.plain(folder)): \(claim.sentence)"
            return claim
        }
        findings += check.findings.map { finding in
            .init(result: finding.result, sentence: "\(Terminal.plain(folder)): \(finding.sentence)")
        }
        guard let answer = OrdinaryFile.bytes(at: place + "/" + EvidenceFolder.answerName),
            let roster = try? Listing(decoding: answer).population.roster
        else { return nil }
        return (roster, (try? EvidenceRecord(readingFrom: place))?.privilegedTypes)
    }

    private func path(_ name: String) -> String { folder + "/" + name }

    /// Compares the people in the summary with the raw responses of all workspaces.
    private mutating func checkPeople(_ record: CompanyRecord, _ rosters: [Roster?], _ privileged: [String]?) {
        guard record.files.contains(where: { $0.name == "access.csv" }) else {
            return findings.append(
                .init(
                    result: .notChecked,
                    sentence: "the summary has no CSV file; only the hashes of its other files were checked"))
        }
        onFile("Reading access.csv")
        guard let found = rows(of: path("access.csv")), let stated = try? people(record, rosters, privileged) else {
            return findings.append(.init(result: .failed, sentence: "access.csv cannot be read"))
        }
        let isSame = found.sorted(by: Self.isLess) == stated.sorted(by: Self.isLess)
        let count = (stated.count - 1).counted("person", "people")
        findings.append(
            .init(
                result: isSame ? .ok : .failed,
                sentence: isSame
                    ? "access.csv contains the \(count) of all responses, with the account type in each workspace"
                    : "access.csv does not match the people in the responses"))
    }

    private static func isLess(_ one: [String], _ other: [String]) -> Bool { one.lexicographicallyPrecedes(other) }

    /// The rows of the summary, recalculated from the raw responses.
    private func people(
        _ record: CompanyRecord, _ rosters: [Roster?], _ privileged: [String]?
    ) throws -> [[String]] {
        let types = privileged.map { PrivilegedTypes($0.map(AccountType.init(rawValue:))) }
        let access = try AccessTable(privileged: types ?? .standard)
        for (place, roster) in rosters.enumerated() {
            if let roster { try access.add(roster, workspace: place) }
        }
        let workspaces = record.workspaces.map { Workspace(uid: $0.uid, name: $0.name) }
        let unreviewed = Set(workspaces.indices.filter { record.workspaces[$0].folder == nil })
        let table = AccessReport.people(access, workspaces, unreviewed: unreviewed, count: 0)
        var rows = [table.columns.map(\.key)]
        try table.rows { cells in rows.append(cells.map(\.text)) }
        return rows
    }

    private func rows(of path: String) -> [[String]]? {
        var rows: [[String]] = []
        return CSVReadBack.rows(of: path) { rows.append($0.cells) } ? rows : nil
    }
}
