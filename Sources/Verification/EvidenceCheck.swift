import Domain
import Foundation
import Hashing
import Populations
import Reports
import Reviewing
import WorkspaceAPI

/// Checks an evidence folder offline. Reports each check, and fails on any later change.
public struct EvidenceCheck {
    /// The result of one check.
    public struct Finding: Sendable {
        /// Whether the check passed, failed, or was not possible.
        public enum Result: String, CaseIterable, Sendable { case ok, failed, notChecked }
        /// Whether the check passed.
        public var result: Result
        /// What was checked, with numbers.
        public var sentence: String

        /// Creates a result.
        public init(result: Result, sentence: String) {
            self.result = result
            self.sentence = sentence
        }

        /// The finding with the name of the folder of a workspace.
        func of(_ folder: String) -> Finding {
            Finding(result: result, sentence: "\(Terminal.plain(folder)): \(sentence)")
        }
    }

    let folder: String
    /// The folder of the previous review, or a folder that contains it; nil to search beside the folder.
    let previousFolder: String?
    /// What is kept outside the folder.
    public var anchors = EvidenceAnchors()
    /// Called with a description of each step before it starts.
    public var onFile: (String) -> Void = { _ in }
    /// The findings so far, in the order of the checks.
    public private(set) var findings: [Finding] = []

    /// The folder as the steps after the export read it; nil if that is not possible. It is read once.
    lazy var reviewed: ReviewedFolder? = try? ReviewedFolder(path: folder)
    /// The files that have, byte by byte, the content that follows from the response.
    var recomputed: Set<String> = []
    /// What the folder leaves out, if it is a redacted copy.
    var redaction: RedactionRecord?
    /// The rewritten files of a redacted copy whose content follows from the sealed files: byte by byte, or only text by
    /// text.
    var confirmed: [String: Bool] = [:]
    /// The uids, and the keys of addresses, whose end the remediations so far have decided.
    var removed: Set<String> = []

    /// What the findings establish; empty if the folder cannot be read.
    public internal(set) var claims: [EvidenceClaim] = []
    /// The account types that the remediations so far have given, by uid.
    var given: [String: String] = [:]
    /// What has no history, as in folders of earlier versions, so that its reports were not written once more.
    var notRecomputed: [String] = []
    /// Whether the review is closed, or what is open.
    var completeness = EvidenceClaim(code: .complete, result: .notEstablished, sentence: "the review is not closed")
    /// Whether the response is of the period that the review claims.
    var periodClaim = EvidenceClaim(code: .inPeriod, result: .notEstablished, sentence: "the period was not compared")
    /// Whether something outside the folder confirms it.
    var anchorClaims: [EvidenceClaim] = []

    /// Creates a check of an evidence folder.
    ///
    /// - Parameter previousFolder: the folder of the previous review; nil to search beside the folder.
    public init(folder: String, previousFolder: String?) {
        self.folder = folder
        self.previousFolder = previousFolder
    }

    /// Runs all checks that are possible; checks that depend on an unreadable file are left out.
    public mutating func run() {
        guard let manifest = readManifest(), readRedaction() else { return }
        checkHashes(manifest)
        guard var record = readRecord(), let accounts = checkAnswer(record) else {
            // The hash of a ticket counts whatever the files contain.
            return checkExpectedHash()
        }
        checkMembers()
        checkNames(record.files, EvidenceRecord.name, manifest)
        // Files that SHA256SUMS does not name are not opened: their names may point anywhere.
        let names = Set(manifest.entries.map(\.file))
        let stated = record
        record.files.removeAll { !names.contains($0.name) }
        record.split?.parts.removeAll { !names.contains($0.file) }
        checkQuery(record)
        checkTimes(record)
        checkRecomputed(stated, sealed: names)
        checkFiles(record, accounts)
        checkPrivileged(record, accounts)
        checkParts(record, accounts)
        for names in supplements { checkSupplement(names, record) }
        checkRedaction()
        for names in remediations { checkRemediation(names, record) }
        checkClosing(record)
        checkLinks(of: record)
        checkChain(record)
        checkAnchors(of: record)
        makeClaims(of: record)
    }

    mutating func note(_ result: Finding.Result, _ sentence: String) {
        findings.append(Finding(result: result, sentence: sentence))
    }

    /// Adds a finding: passed if `holds`, otherwise failed.
    mutating func expect(_ holds: Bool, _ sentence: String, otherwise failure: String) {
        note(holds ? .ok : .failed, holds ? sentence : failure)
    }

    func path(_ name: String) -> String { folder + "/" + name }

    /// The SHA-256 of a file of the folder; nil if there is no readable regular file.
    ///
    /// In a redacted copy, that of the original of a file which the copy has without some fields, or not at all.
    func sha256(of name: String) -> String? {
        redaction?.originalSHA256(of: name, in: folder) ?? Manifest.sha256(of: name, in: folder)
    }

    /// More bytes than a file of the largest review has.
    private static let largestFile = 8 << 30

    mutating func readManifest() -> Manifest? {
        let strange = contents.filter { !OrdinaryFile.isOne(path($0)) && !isFolder($0) }
        let huge = contents.filter { OrdinaryFile.size(of: path($0)).map { $0 > Self.largestFile } ?? false }
        guard strange.isEmpty, huge.isEmpty else {
            for name in strange {
                note(.failed, "\(Terminal.plain(name)) is not a regular file; nothing in the folder was read")
            }
            for name in huge {
                note(.failed, "\(Terminal.plain(name)) is larger than 8 GiB; nothing in the folder was read")
            }
            return nil
        }
        guard OrdinaryFile.isOne(path(Manifest.name)) else {
            note(.failed, "\(Manifest.name) is missing or unreadable; this is not an evidence folder")
            return nil
        }
        guard let manifest = Manifest(at: path(Manifest.name)), !manifest.entries.isEmpty else {
            note(.failed, "\(Manifest.name) is not a list of SHA-256 checksums")
            return nil
        }
        note(.ok, "SHA-256 of \(Manifest.name): \(manifest.sha256)")
        return manifest
    }

    private var contents: [String] { Self.contents(of: folder).sorted() }

    /// Whether the folder has an entry of this name.
    func contains(_ name: String) -> Bool { FileStatus(path: path(name), followsLinks: false) != nil }

    func isFolder(_ name: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path(name), isDirectory: &isFolder) && isFolder.boolValue
    }

    /// Checks that a record and `SHA256SUMS` name the same files with the same hashes.
    mutating func checkNames(_ files: [EvidenceRecord.File], _ record: String, _ manifest: Manifest) {
        let stated = Set(files.map { [$0.name, $0.sha256] })
        let hashed = Set(manifest.entries.filter { $0.file != record }.map { [$0.file, $0.sha256] })
        let different = Set(stated.symmetricDifference(hashed).map { Terminal.plain($0[0]) }).sorted()
        if !different.isEmpty {
            let names = different.prefix(5).joined(separator: ", ") + (different.count > 5 ? ", …" : "")
            note(.failed, "the files or hashes in \(record) differ from \(Manifest.name): \(names)")
        }
    }

    /// The supplements of the review.
    var supplements: [SupplementRecord.Names] { SupplementRecord.Names.all(in: folder) }

    /// The remediations of the review.
    var remediations: [RemediationRecord.Names] { RemediationRecord.Names.all(in: folder) }

    /// Checks the hash of every file, and that there are no other files.
    ///
    /// - Parameters:
    ///   - others: names that belong here and have their own hashes.
    ///   - needed: names that must be among the files.
    mutating func checkHashes(
        _ manifest: Manifest, besides others: [String] = [],
        needed: [String] = [EvidenceRecord.name, EvidenceFolder.answerName]
    ) {
        let filledIn = filledInHere
        for entry in manifest.entries {
            let name = Terminal.plain(entry.file)
            onFile("Hashing \(name)")
            switch sha256(of: entry.file) {
            case entry.sha256? where redaction?.contains(entry.file) == true: noteRedacted(entry.file)
            case entry.sha256?: note(.ok, "\(name) is unchanged")
            case nil: note(.failed, "\(name) is missing or unreadable")
            case let hash? where filledIn.contains(hash) && Self.canBeFilledIn(entry.file):
                note(.ok, "\(name) was completed in this folder; a remediation applied it")
            default: note(.failed, "\(name) was changed after it was written")
            }
        }
        let belonging = (remediations.map(\.link) + supplements.map(\.link)).flatMap { link in
            [link.manifest] + (readManifest(of: link)?.entries.map(\.file) ?? [])
        }
        let listed = Set(
            manifest.entries.map(\.file) + [Manifest.name] + belonging + others + sealedByClosing
                + (redaction == nil ? [] : [RedactionRecord.name]))
        let unlisted = contents.filter { !listed.contains($0) && !EvidenceLink.isSeal($0, in: folder) }
        for name in unlisted where !isNoEvidence(name) && !isAttachments(name) {
            if isUnfinished(name) {
                note(
                    .notChecked,
                    "\(Terminal.plain(name)) is a completed review of a run that has not stored its results here")
            } else {
                note(.failed, "\(Terminal.plain(name)) is not in \(Manifest.name)")
            }
        }
        checkSurroundings(ignored: unlisted.filter { isNoEvidence($0) })
        for name in needed where !listed.contains(name) {
            note(.failed, "\(name) is not in \(Manifest.name)")
        }
    }

    /// Whether reviewers complete this file: a workbook or the CSV file of a review.
    static func canBeFilledIn(_ name: String) -> Bool {
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
            note(
                .failed,
                "\(EvidenceRecord.name) was written by a newer version of rollcall; verify it with that version")
            return nil
        }
        expect(
            SHA256Text.of(Data(record.query.text.utf8)) == record.query.sha256,
            "the query matches its hash in \(EvidenceRecord.name)",
            otherwise: "the query does not match its hash in \(EvidenceRecord.name)")
        return record
    }

    /// Compares the raw response with the record.
    ///
    /// - Returns: the accounts that every file must contain; nil if the response cannot be read.
    private mutating func checkAnswer(_ record: EvidenceRecord) -> [AccountLine]? {
        onFile("Reading \(EvidenceFolder.answerName)")
        guard let data = OrdinaryFile.bytes(at: path(EvidenceFolder.answerName)),
            let roster = try? Listing(decoding: data).population.roster
        else {
            note(.failed, "\(EvidenceFolder.answerName) is not a response of listUsers")
            return nil
        }
        expect(
            SHA256Text.of(data) == record.answerSHA256,
            "the raw response matches its hash in \(EvidenceRecord.name)",
            otherwise: "the raw response does not match its hash in \(EvidenceRecord.name)")
        let (users, invites) = (roster.active.count, roster.invited.count)
        expect(
            users == record.users && invites == record.invites,
            "the raw response has \(users.counted("active user")) and \(invites.counted("invitation")), as recorded",
            otherwise: "the raw response has \(users.counted("active user")) and \(invites.counted("invitation")); "
                + "\(EvidenceRecord.name) records \(record.users.grouped) and \(record.invites.grouped)")
        return AccountLine.all(in: roster)
    }

    static func contents(of folder: String) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    }

    static func paths(in folder: String) -> [String] { contents(of: folder).map { folder + "/" + $0 } }
}
