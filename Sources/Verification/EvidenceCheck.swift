import Domain
import Foundation
import Hashing
import Populations
import Reports
import Reviewing
import WorkspaceAPI

/// Checks an evidence folder, offline: says what was checked, and fails on any edit.
public struct EvidenceCheck {
    /// One thing that was looked at.
    public struct Finding {
        /// How it came out.
        public enum Result: String, CaseIterable { case ok, failed, notChecked }
        /// What came of it.
        public var result: Result
        /// What was checked, with the figures.
        public var sentence: String
    }

    let folder: String
    /// Where the review before is, or the reviews of several workspaces among which it is; nil to look beside the folder.
    let previousFolder: String?
    /// Told what is looked at next.
    public var onFile: (String) -> Void = { _ in }
    /// What was looked at so far, in that order.
    public private(set) var findings: [Finding] = []

    /// Checks an evidence folder.
    ///
    /// - Parameter previousFolder: where the review before is; nil to look beside the folder.
    public init(folder: String, previousFolder: String?) {
        self.folder = folder
        self.previousFolder = previousFolder
    }

    /// Looks at everything that can be looked at; what depends on something broken is left out.
    public mutating func run() {
        guard let manifest = readManifest() else { return }
        checkHashes(manifest)
        guard var record = readRecord(), let accounts = checkAnswer(record) else { return }
        checkNames(record.files, EvidenceRecord.name, manifest)
        // What the sums do not name has no place here, and may lie anywhere.
        let names = Set(manifest.entries.map(\.file))
        record.files.removeAll { !names.contains($0.name) }
        record.split?.parts.removeAll { !names.contains($0.file) }
        checkFiles(record, accounts)
        checkPrivileged(record, accounts)
        checkParts(record, accounts)
        for names in remediations { checkRemediation(names, record) }
        checkChain(record)
    }

    mutating func note(_ result: Finding.Result, _ sentence: String) {
        findings.append(Finding(result: result, sentence: sentence))
    }

    /// Notes whether something holds.
    mutating func expect(_ holds: Bool, _ sentence: String, otherwise failure: String) {
        note(holds ? .ok : .failed, holds ? sentence : failure)
    }

    func path(_ name: String) -> String { folder + "/" + name }

    mutating func readManifest() -> Manifest? {
        let strange = contents.filter { !OrdinaryFile.isOne(path($0)) && !isFolder($0) }
        guard strange.isEmpty else {
            for name in strange {
                note(.failed, "\(Terminal.plain(name)) is no ordinary file; nothing in the folder was read")
            }
            return nil
        }
        guard let data = OrdinaryFile.bytes(at: path(Manifest.name)) else {
            note(.failed, "\(Manifest.name) is not there or cannot be read; this is no evidence folder")
            return nil
        }
        guard let manifest = Manifest(text: String(decoding: data, as: UTF8.self)), !manifest.entries.isEmpty else {
            note(.failed, "\(Manifest.name) is not a list of SHA-256 sums")
            return nil
        }
        note(.ok, "SHA-256 of \(Manifest.name): \(SHA256Text.of(data)); compare it with the one in your ticket")
        return manifest
    }

    private var contents: [String] { Self.contents(of: folder).sorted() }

    private func isFolder(_ name: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path(name), isDirectory: &isFolder) && isFolder.boolValue
    }

    /// A record and the sums name the same files, with the same hashes.
    mutating func checkNames(_ files: [EvidenceRecord.File], _ record: String, _ manifest: Manifest) {
        let stated = Set(files.map { [$0.name, $0.sha256] })
        let hashed = Set(manifest.entries.filter { $0.file != record }.map { [$0.file, $0.sha256] })
        if stated != hashed { note(.failed, "\(record) does not name the files of \(Manifest.name) with these sums") }
    }

    /// What carried the review's decisions out, once or several times.
    private var remediations: [RemediationRecord.Names] { RemediationRecord.Names.all(in: folder) }

    /// Every file against its hash, and no file beside them.
    ///
    /// - Parameters:
    ///   - others: names that belong here and have hashes of their own.
    ///   - needed: names that have to be among the files.
    mutating func checkHashes(
        _ manifest: Manifest, besides others: [String] = [],
        needed: [String] = [EvidenceRecord.name, EvidenceFolder.answerName]
    ) {
        let filledIn = filledInHere
        for entry in manifest.entries {
            let name = Terminal.plain(entry.file)
            onFile("Hashing \(name)")
            switch OrdinaryFile.sha256(at: path(entry.file)) {
            case entry.sha256?: note(.ok, "\(name) is as it was written")
            case nil: note(.failed, "\(name) is missing, or cannot be read")
            case let hash? where filledIn.contains(hash) && Self.canBeFilledIn(entry.file):
                note(.ok, "\(name) was filled in here; a remediation names it as what was decided")
            default: note(.failed, "\(name) was changed after it was written")
            }
        }
        let belonging = remediations.flatMap { names in
            [names.manifest] + (readManifest(of: names)?.entries.map(\.file) ?? [])
        }
        let listed = Set(manifest.entries.map(\.file) + [Manifest.name] + belonging + others)
        for name in contents where !listed.contains(name) {
            note(.failed, "\(Terminal.plain(name)) is not in \(Manifest.name)")
        }
        for name in needed where !listed.contains(name) {
            note(.failed, "\(name) is not in \(Manifest.name)")
        }
    }

    /// A workbook or the CSV of a review; nobody decides in a page.
    private static func canBeFilledIn(_ name: String) -> Bool {
        guard name.hasPrefix("review"), let format = ReportFormat(path: name) else { return false }
        return [.xlsx, .csv].contains(format)
    }

    private mutating func readRecord() -> EvidenceRecord? {
        let record: EvidenceRecord
        do {
            record = try EvidenceRecord(readingFrom: folder)
        } catch {
            let reason = (error as? InvalidRecord).map { ": it is " + Terminal.plain($0.description, limit: 200) } ?? ""
            note(.failed, "\(EvidenceRecord.name) cannot be read" + reason)
            return nil
        }
        guard record.schemaVersion <= EvidenceRecord.schemaVersion else {
            note(.failed, "\(EvidenceRecord.name) was written by a newer version of rollcall; use that one")
            return nil
        }
        expect(
            SHA256Text.of(Data(record.query.text.utf8)) == record.query.sha256, "the query has the hash that is stated",
            otherwise: "the query is not the one whose hash is stated")
        return record
    }

    /// The raw answer against the record: the accounts that every file has to have.
    private mutating func checkAnswer(_ record: EvidenceRecord) -> [AccountLine]? {
        onFile("Reading \(EvidenceFolder.answerName)")
        guard let data = OrdinaryFile.bytes(at: path(EvidenceFolder.answerName)),
            let roster = try? Listing(decoding: data).population.roster
        else {
            note(.failed, "\(EvidenceFolder.answerName) is not an answer of listUsers")
            return nil
        }
        expect(
            SHA256Text.of(data) == record.answerSHA256, "the raw answer has the hash that is stated",
            otherwise: "the raw answer is not the one whose hash is stated")
        let (users, invites) = (roster.active.count, roster.invited.count)
        expect(
            users == record.users && invites == record.invites,
            "the raw answer has \(users.counted("active user")) and \(invites.counted("invite")), as stated",
            otherwise: "the raw answer has \(users.counted("active user")) and \(invites.counted("invite")); "
                + "\(EvidenceRecord.name) states \(record.users.grouped) and \(record.invites.grouped)")
        return AccountLine.all(in: roster)
    }

    private mutating func checkChain(_ record: EvidenceRecord) {
        guard let previous = record.previous else {
            return note(.ok, "the first review of this workspace; there is none before it to look back to")
        }
        let name = "review \(Terminal.plain(previous.id)) of \(Terminal.plain(previous.takenAt))"
        let parent = URL(fileURLWithPath: folder).deletingLastPathComponent().path
        // Beside it, or in the review of all workspaces that lies beside the one that this belongs to.
        let own = URL(fileURLWithPath: folder).lastPathComponent
        let around = URL(fileURLWithPath: parent).deletingLastPathComponent().path
        let candidates =
            previousFolder.map { [$0] + Self.paths(in: $0) }
            ?? Self.paths(in: parent) + Self.paths(in: around).map { $0 + "/" + own }
        let isFound = candidates.contains { candidate in
            OrdinaryFile.sha256(at: candidate + "/" + Manifest.name) == previous.manifestSHA256
        }
        if isFound {
            note(.ok, "\(name) is there, as it was when this one was written")
        } else if previousFolder != nil {
            note(.failed, "the folder given does not hold \(name), or that was changed since")
        } else {
            note(.notChecked, "\(name) does not lie beside this folder; give its place with --previous")
        }
    }

    private static func contents(of folder: String) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    }

    private static func paths(in folder: String) -> [String] { contents(of: folder).map { folder + "/" + $0 } }
}
