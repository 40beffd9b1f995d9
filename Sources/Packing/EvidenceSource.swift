import Domain
import Foundation
import Reports
import Reviewing
import TerminalIO
import Verification

/// An evidence folder that can be read: one on the disk, or one in an archive.
///
/// An archive is unpacked to a temporary folder of this user while it is read. ssh-keygen, openssl and the libraries for
/// workbooks read files by their paths, so nothing else could check them.
public struct EvidenceSource: Sendable {
    /// The folder to read.
    public let folder: String
    /// What was found beside the evidence in an archive; empty for a folder.
    public let findings: [EvidenceCheck.Finding]

    /// Runs `body` with the folder at a path, or with that of the archive at the path.
    ///
    /// - Parameters:
    ///   - path: a folder or a zip archive.
    ///   - onFile: called with each name before an entry is unpacked.
    /// - Throws: ``CommandFailure`` if the archive cannot be read or has no evidence; what `body` throws.
    public static func with<Value>(
        _ path: String, onFile: (String) -> Void = { _ in }, _ body: (EvidenceSource) async throws -> Value
    ) async throws -> Value {
        guard let kind = FileStatus(path: path)?.kind else {
            throw CommandFailure(
                .nothingSent, code: .notFound, "\(Terminal.plain(path)) does not exist; nothing was verified")
        }
        guard kind != .folder else {
            try ScratchFolder.requireRoom(for: size(of: path))
            return try await body(EvidenceSource(folder: path, findings: []))
        }
        guard kind == .regular, access(path, R_OK) == 0 else {
            let reason = kind == .regular ? String(cString: strerror(errno)) : "it is neither a folder nor a file"
            throw CommandFailure(
                .nothingSent, code: .inputInvalid,
                "\(Terminal.plain(path)) cannot be read: \(reason); nothing was verified")
        }
        return try await ScratchFolder.with { scratch in
            do throws(ArchiveFault) {
                try ArchiveReader(path: path).unpack(into: scratch.path, onFile: onFile)
            } catch {
                throw CommandFailure(
                    .nothingSent, code: error.code,
                    "\(Terminal.plain(path)) cannot be read: \(error.sentence); nothing was verified")
            }
            let source = try EvidenceSource(unpackedIn: scratch.path, from: path)
            try ScratchFolder.requireRoom(for: size(of: source.folder))
            return try await body(source)
        }
    }

    /// The bytes of all files in a folder; about as many are written when its reports are written once more.
    private static func size(of folder: String) -> Int {
        let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        return names.reduce(0) { $0 + (OrdinaryFile.size(of: folder + "/" + $1) ?? 0) }
    }

    private init(folder: String, findings: [EvidenceCheck.Finding]) {
        self.folder = folder
        self.findings = findings
    }

    private init(unpackedIn root: String, from path: String) throws {
        let found = Self.evidenceFolders(in: root)
        guard let folder = found.first, found.count == 1 else {
            throw CommandFailure(
                .nothingSent, code: .inputInvalid,
                "\(Terminal.plain(path)) contains "
                    + (found.isEmpty
                        ? "no evidence folder, which has a file \(Manifest.name)"
                        : "\(found.count.grouped) evidence folders; unpack it, and verify each of them")
                    + "; nothing was verified")
        }
        self.folder = folder
        let isAsPacked = Self.isAsPacked(path, of: folder)
        findings =
            Self.findings(beside: folder, in: root, isAsPacked: isAsPacked) + [Self.finding(isAsPacked: isAsPacked)]
    }

    /// Compares the archive with the one that this version makes of the same evidence. Archives can be made so that other
    /// programs find other files in them; only one with exactly these bytes cannot.
    private static func isAsPacked(_ path: String, of folder: String) -> Bool {
        let isSame = try? ScratchFolder.with { scratch in
            let made = scratch.place("archive.zip")
            try EvidencePackage(of: folder).make(made)
            return OrdinaryFile.sha256(at: made) == OrdinaryFile.sha256(at: path)
        }
        return isSame == true
    }

    private static func finding(isAsPacked: Bool) -> EvidenceCheck.Finding {
        isAsPacked
            ? .init(
                result: .ok, sentence: "the archive is, byte for byte, the one that review pack makes of the evidence")
            : .init(
                result: .notChecked,
                sentence:
                    "the archive is not the one that review pack of this version makes of the evidence, so other programs may "
                    + "find other files in it; verify the folder that your own program unpacks")
    }

    /// The evidence folders that are not in another one, for example in that of a company.
    private static func evidenceFolders(in root: String) -> [String] {
        if OrdinaryFile.isOne(root + "/" + Manifest.name) { return [root] }
        return names(in: root).filter { !FolderLitter.contains($0) }.map { root + "/" + $0 }
            .filter { FileStatus(path: $0, followsLinks: false)?.kind == .folder }.flatMap(evidenceFolders)
    }

    private static func names(in folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    }

    /// Compares the index with the evidence, and names everything else in the archive.
    private static func findings(
        beside folder: String, in root: String, isAsPacked: Bool
    ) -> [EvidenceCheck.Finding] {
        guard folder != root else { return [] }
        let parent = URL(fileURLWithPath: folder).deletingLastPathComponent().path
        let index = AuditIndex.names.filter { OrdinaryFile.isOne(parent + "/" + $0) }
        var findings = [
            index.isEmpty
                ? .init(result: .notChecked, sentence: "the archive has no index, which review pack writes")
                : finding(aboutIndex: index, in: parent, of: folder, isAsPacked: isAsPacked)
        ]
        let others = (FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []).filter { name in
            let path = root + "/" + name
            return OrdinaryFile.isOne(path) && !path.hasPrefix(folder + "/")
                && !index.contains { path == parent + "/" + $0 }
                && !name.split(separator: "/").contains { FolderLitter.contains(String($0)) }
        }.sorted()
        if !others.isEmpty {
            let shown = others.prefix(10).map { Terminal.plain($0) } + (others.count > 10 ? ["…"] : [])
            findings.append(
                .init(
                    result: .notChecked,
                    sentence: "in the archive beside the evidence, and not checked: \(shown.joined(separator: ", "))"))
        }
        return findings
    }

    private static func finding(
        aboutIndex names: [String], in parent: String, of folder: String, isAsPacked: Bool
    ) -> EvidenceCheck.Finding {
        let shown = names.joined(separator: ", ")
        let same = EvidenceCheck.Finding(result: .ok, sentence: "\(shown): the content follows from the evidence")
        // The archive with these bytes contains the index that would be derived here.
        if isAsPacked { return same }
        let version = packedWith(parent + "/" + AuditIndex.names[0])
        if let version, version != Provenance.Program.current.name {
            return .init(
                result: .notChecked,
                sentence: "\(shown): written by rollcall \(Terminal.plain(version)), and not compared with the evidence"
            )
        }
        guard let stated = try? EvidencePackage(of: folder).index() else {
            return .init(result: .failed, sentence: "\(shown): the evidence is not that of a closed review")
        }
        let wrong = stated.filter { OrdinaryFile.bytes(at: parent + "/" + $0.name) != $0.content }.map(\.name)
        return wrong.isEmpty
            ? same
            : .init(
                result: .failed,
                sentence: "missing, or not what follows from the evidence: \(wrong.joined(separator: ", "))")
    }

    /// The version that wrote an index, as its first row states it; nil if it states none.
    private static func packedWith(_ path: String) -> String? {
        var rows: [[String]] = []
        _ = CSVReadBack.rows(of: path) { if rows.count < 2 { rows.append($0.cells) } }
        guard rows.count == 2, let column = rows[0].firstIndex(of: AuditIndex.versionKey),
            rows[1].indices.contains(column)
        else { return nil }
        return rows[1][column]
    }
}
