import Domain
import Foundation
import Hashing
import Reports
import Reviewing

/// The chain of evidence, from the review to its last step.
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

    /// The hash of the preceding checksums in the record of a link; nil in records of earlier versions.
    private func previousSHA256(of link: EvidenceLink) -> String? {
        struct Stated: Decodable { var previousSHA256: String? }
        return OrdinaryFile.bytes(at: path(link.stem + ".record.json"))
            .flatMap { try? RecordJSON.decode(Stated.self, from: $0) }?.previousSHA256
    }
}
