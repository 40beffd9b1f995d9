import Domain
import Foundation
import Reports

/// What stands beside the evidence: copies to complete, attachments, and litter.
extension EvidenceCheck {
    /// The manifest that closing the review has written; nil if there is none, or it is not a manifest.
    private var closing: Manifest? {
        Manifest(at: path(EvidenceFolder.closingManifestName), subfolder: EvidenceFolder.attachmentsName)
    }

    /// Names in the folder whose hashes are in the manifest of the closing.
    var sealedByClosing: [String] {
        closing.map { $0.entries.map(\.file) + [EvidenceFolder.closingManifestName] } ?? []
    }

    /// Whether a name in the folder belongs to no evidence: the copies to complete, and litter.
    func isNoEvidence(_ name: String) -> Bool {
        FolderLitter.contains(name) || (name == EvidenceFolder.toFillInName && isFolder(name))
    }

    /// Whether a name in the folder is that of the folder with attachments.
    func isAttachments(_ name: String) -> Bool { name == EvidenceFolder.attachmentsName && isFolder(name) }

    /// Names what is ignored, and checks what the closing has sealed, with the attachments.
    ///
    /// - Parameter ignored: the names of what belongs to no evidence.
    mutating func checkSurroundings(ignored: [String]) {
        if !ignored.isEmpty {
            let shown = ignored.prefix(10).map { Terminal.plain($0) } + (ignored.count > 10 ? ["…"] : [])
            note(.ok, "not evidence, and not checked: \(shown.joined(separator: ", "))")
        }
        let closing = closing
        if let closing {
            let changed = closing.entries.filter { sha256(of: $0.file) != $0.sha256 }
            expect(
                changed.isEmpty,
                "\(EvidenceFolder.closingManifestName): \(unchanged(closing))",
                otherwise: "\(EvidenceFolder.closingManifestName): missing or changed: "
                    + changed.map { Terminal.plain($0.file) }.joined(separator: ", "))
        }
        let sealed = Set(closing?.entries.map(\.file) ?? [])
        let open = attachments.filter { !sealed.contains($0) }
        guard !open.isEmpty else { return }
        let name = "\(EvidenceFolder.attachmentsName): \(open.count.counted("file is", "files are"))"
        if closing == nil {
            note(.notChecked, "\(name) not sealed yet; closing the review seals \(open.count == 1 ? "it" : "them")")
        } else {
            note(.failed, "\(name) not in \(EvidenceFolder.closingManifestName)")
        }
    }

    /// The files in the folder of attachments, with its name, in all of its folders.
    private var attachments: [String] {
        let folder = EvidenceFolder.attachmentsName
        let names = FileManager.default.enumerator(atPath: path(folder))?.compactMap { $0 as? String } ?? []
        return names.filter { name in
            !name.split(separator: "/").contains { FolderLitter.contains(String($0)) }
                && !isFolder(folder + "/" + name)
        }.map { folder + "/" + $0 }
    }
}
