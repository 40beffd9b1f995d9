import Domain
import Foundation
import Reports
import Reviewing

/// The previous review, which this one names by its checksums.
extension EvidenceCheck {
    /// Checks that the previous review is unchanged, if its folder is found.
    mutating func checkChain(_ record: EvidenceRecord) {
        guard let previous = record.previous else {
            return note(.ok, "this is the first review of the workspace; there is no previous review to check")
        }
        let name = "review \(Terminal.plain(previous.id)) of \(Terminal.plain(previous.takenAt))"
        let parent = URL(fileURLWithPath: folder).deletingLastPathComponent().path
        // Beside this folder or, if it is part of a review of all workspaces, in another such review beside that one.
        let own = URL(fileURLWithPath: folder).lastPathComponent
        let around = URL(fileURLWithPath: parent).deletingLastPathComponent().path
        let candidates =
            previousFolder.map { [$0] + Self.paths(in: $0) }
            ?? Self.paths(in: parent) + Self.paths(in: around).map { $0 + "/" + own }
        let copies = candidates.filter { candidate in
            Manifest.sha256(of: Manifest.name, in: candidate) == previous.manifestSHA256
        }
        // A copy from before the decisions were applied, and a redacted copy, may be beside it.
        let whole = copies.filter { candidate in
            previous.lastLink.map { Manifest.sha256(of: $0.file, in: candidate) == $0.sha256 } ?? true
        }
        let found = whole.first { !RedactionRecord.isOne($0) } ?? whole.first ?? copies.first
        if let found {
            compareFiles(of: previous, name, in: found)
            checkLastLink(of: previous, in: found)
            checkVersion(of: record, after: found)
        } else if previousFolder != nil {
            note(.failed, "--previous: the folder does not contain \(name), or the review was changed since")
        } else {
            note(
                .notChecked, "the previous review, \(name), is not beside this folder; name its folder: --previous DIR")
        }
    }

    /// Checks that the previous review still has the links that it had when this one was exported.
    private mutating func checkLastLink(of previous: EvidenceRecord.Previous, in folder: String) {
        let links = EvidenceLink.all(in: folder)
        guard let last = previous.lastLink else {
            guard links.count > 1 else { return }
            return note(
                .notChecked,
                "this review does not name the supplements, remediations and closing of the previous review, as earlier "
                    + "versions did not; verify that folder itself")
        }
        guard let place = links.firstIndex(where: { $0.manifest == last.file }),
            Manifest.sha256(of: last.file, in: folder) == last.sha256
        else {
            return note(
                .failed,
                "the previous review had \(Terminal.plain(last.file)) when this one was exported; it was changed or removed "
                    + "since")
        }
        let wrong = links[place].named(in: folder).filter {
            Manifest.sha256(of: $0.link.manifest, in: folder) != $0.sha256
        }
        expect(
            wrong.isEmpty,
            "the previous review has the same evidence up to \(Terminal.plain(last.file)) as when this one was exported",
            otherwise: "in the previous review these were changed or removed since this one was exported: "
                + wrong.map { Terminal.plain($0.link.manifest) }.joined(separator: ", "))
        let later = links[(place + 1)...].map { Terminal.plain($0.manifest) }
        guard !later.isEmpty else { return }
        note(
            .notChecked,
            "in the previous review, later than this review and not covered by it: \(later.joined(separator: ", "))")
    }

    /// Compares the files of the previous review with the checksums that this review names, up to its last link then.
    private mutating func compareFiles(of previous: EvidenceRecord.Previous, _ name: String, in folder: String) {
        var other = EvidenceCheck(folder: folder, previousFolder: nil)
        guard other.readRedaction() else {
            let reason = other.findings.last?.sentence ?? "\(RedactionRecord.name) cannot be read"
            return note(.failed, "the previous review, \(name): \(reason)")
        }
        let links = EvidenceLink.all(in: folder)
        let last = links.firstIndex { $0.manifest == previous.lastLink?.file } ?? 0
        let files = links.prefix(last + 1).flatMap { $0.entries(in: folder) }
            .filter { EvidenceLink(manifest: $0.file) == nil }
        var compared = ComparedFiles()
        let completed = other.filledInHere
        for entry in files {
            onFile("Hashing \(Terminal.plain(entry.file)) of the previous review")
            let sha256 = Manifest.sha256(of: entry.file, in: folder)
            if sha256 == entry.sha256 {
                compared.unchanged += 1
            } else if other.redaction?.contains(entry.file) == true {
                compared.left.append(Terminal.plain(entry.file))
            } else if let sha256, completed.contains(sha256), Self.canBeFilledIn(entry.file) {
                compared.unchanged += 1
            } else {
                compared.changed.append(Terminal.plain(entry.file))
            }
        }
        note(compared, name, other.redaction)
    }

    /// How the files of the previous review compare with its checksums.
    private struct ComparedFiles {
        /// How many have their hash, or were completed in the folder.
        var unchanged = 0
        /// Those that a redacted copy has with other content, or not at all.
        var left: [String] = []
        /// Those that were changed or removed.
        var changed: [String] = []
    }

    private mutating func note(_ files: ComparedFiles, _ name: String, _ redaction: RedactionRecord?) {
        let unchanged = files.unchanged.counted("file is", "files are") + " unchanged"
        if !files.changed.isEmpty {
            let names = files.changed.prefix(10).joined(separator: ", ") + (files.changed.count > 10 ? ", …" : "")
            note(
                .failed, "in the previous review, \(name), these were changed or removed since it was written: \(names)"
            )
        } else if let redaction {
            note(
                .notChecked,
                "the previous review, \(name), is a redacted copy without \(redaction.words): \(unchanged) since this review "
                    + "was written"
                    + (files.left.isEmpty
                        ? ""
                        : "; not compared, because the copy has them with other content or not at all: "
                            + files.left.joined(separator: ", ") + "; name the folder of the original: --previous DIR"))
        } else {
            note(.ok, "the previous review, \(name), is unchanged since this review was written: \(unchanged)")
        }
    }
}
