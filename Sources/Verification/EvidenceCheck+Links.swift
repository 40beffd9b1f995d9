import Domain
import Foundation
import Hashing
import Reports
import Reviewing

/// The chain of evidence, from the previous review to the last step of this one.
extension EvidenceCheck {
    /// Checks that every link names all links before it with their hashes, so that none can be removed or replaced.
    mutating func checkLinks(of review: EvidenceRecord) {
        let links = EvidenceLink.all(in: folder)
        guard links.count > 1 else { return }
        var unchained: [EvidenceLink] = []
        var broken: [String] = []
        for link in links.dropFirst() {
            let stated = Dictionary(link.named(in: folder).map { ($0.link, $0.sha256) }, uniquingKeysWith: { $1 })
            let before = Array(links.prefix { $0 != link })
            guard let previous = previousSHA256(of: link) else {
                unchained.append(link)
                continue
            }
            let wrong = before.filter { sha256(of: $0.manifest) != stated[$0] }
            let missing = stated.keys.filter { !before.contains($0) }
            if !wrong.isEmpty || !missing.isEmpty || before.last.flatMap({ stated[$0] }) != previous {
                let names = (wrong + missing).map { Terminal.plain($0.manifest) }.sorted().joined(separator: ", ")
                broken.append("\(link.manifest) (\(names.isEmpty ? "its predecessor" : names))")
            }
        }
        expect(
            broken.isEmpty,
            "the chain of evidence is complete: " + links.map { Terminal.plain($0.manifest) }.joined(separator: ", "),
            otherwise:
                "the chain of evidence is broken: these do not name what precedes them, or name what is missing: "
                + broken.joined(separator: "; "))
        if !unchained.isEmpty, review.provenance != nil {
            for link in unchained {
                checkStep(Terminal.plain(link.stem), of: review, missing: ["what precedes it in the chain"])
            }
        } else if !unchained.isEmpty {
            note(
                .notChecked,
                "written by an earlier version, without a chain: "
                    + unchained.map { Terminal.plain($0.manifest) }.joined(separator: ", ")
                    + "; whether a remediation was deleted cannot be seen from this folder")
        }
    }

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
        // A copy from before the decisions were applied may be beside it.
        let whole = copies.first { candidate in
            previous.lastLink.map { Manifest.sha256(of: $0.file, in: candidate) == $0.sha256 } ?? true
        }
        let found = whole ?? copies.first
        if let found {
            note(.ok, "the previous review, \(name), is unchanged since this review was written")
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

    /// The hash of the preceding checksums in the record of a link; nil in records of earlier versions.
    private func previousSHA256(of link: EvidenceLink) -> String? {
        struct Stated: Decodable { var previousSHA256: String? }
        return OrdinaryFile.bytes(at: path(link.stem + ".record.json"))
            .flatMap { try? RecordJSON.decode(Stated.self, from: $0) }?.previousSHA256
    }
}
