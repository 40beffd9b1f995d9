import Domain
import Foundation
import Hashing
import Ledger
import Reports

/// What is kept outside an evidence folder, and proves that the folder is the one that was written.
public struct EvidenceAnchors {
    /// An evidence hash from a ticket or an earlier report, 64 hexadecimal characters in lower case; nil if none is given.
    public var expected: String?
    /// The ledger of this machine; nil if there is none, or it is not to be asked.
    public var ledger: Ledger?
    /// Why a ledger could not be read; nil if it could, or there is none.
    public var ledgerProblem: String?

    /// No anchors.
    public init() {}

    /// An evidence hash in the form in which hashes are compared; nil if the text is not one.
    public static func hash(_ text: String) -> String? {
        let hash = text.trimmingCharacters(in: .whitespaces).lowercased()
        return hash.count == 64 && hash.allSatisfy { $0.isASCII && $0.isHexDigit } ? hash : nil
    }
}

extension EvidenceCheck {
    /// Reports the evidence hash of the folder, and compares the links with what is kept outside of it.
    mutating func checkAnchors(of review: EvidenceRecord) {
        let links = EvidenceLink.all(in: folder)
        if let last = links.last, let hash = hash(of: last) {
            note(.ok, "evidence hash, the SHA-256 of \(Terminal.plain(last.manifest)): \(hash)")
        }
        checkExpectedHash()
        checkLedger(review, links)
    }

    /// Compares the links with the given hash, if there is one.
    mutating func checkExpectedHash() {
        guard let expected = anchors.expected else {
            return claimAnchor(.anchored, .notEstablished, "no hash was given")
        }
        checkExpected(expected, EvidenceLink.all(in: folder))
    }

    private mutating func claimAnchor(
        _ code: EvidenceClaim.Code, _ result: EvidenceClaim.Result, _ sentence: String
    ) {
        anchorClaims.append(.init(code: code, result: result, sentence: sentence))
    }

    static func noSuchHash(_ expected: String) -> String {
        "no checksums in this folder have the given hash \(expected): what it was noted for was changed or removed"
    }

    private func hash(of link: EvidenceLink) -> String? { sha256(of: link.manifest) }

    /// The given hash may be that of any link: it covers everything up to it.
    private mutating func checkExpected(_ expected: String, _ links: [EvidenceLink]) {
        guard let place = links.firstIndex(where: { hash(of: $0) == expected }) else {
            claimAnchor(.anchored, .failed, "no checksums in this folder have the given hash")
            return note(.failed, Self.noSuchHash(expected))
        }
        note(
            .ok,
            "\(Terminal.plain(links[place].manifest)) has the given hash: the evidence up to it is what was written then"
        )
        let later = links[(place + 1)...].map { Terminal.plain($0.manifest) }
        claimAnchor(
            .anchored, .established,
            "up to \(Terminal.plain(links[place].manifest))"
                + (later.isEmpty ? "" : "; not covered: \(later.joined(separator: ", "))"))
        guard !later.isEmpty else { return }
        note(.notChecked, "later than the given hash, and not covered by it: \(later.joined(separator: ", "))")
    }

    /// Compares the links with those that the ledger has recorded. It keeps every hash for good.
    private mutating func checkLedger(_ review: EvidenceRecord, _ links: [EvidenceLink]) {
        if let problem = anchors.ledgerProblem {
            claimAnchor(.knownToLedger, .notEstablished, "the ledger cannot be read")
            return note(.notChecked, "the ledger was not asked: \(problem)")
        }
        guard let ledger = anchors.ledger else {
            return claimAnchor(.knownToLedger, .notEstablished, "no ledger was asked")
        }
        let name = Terminal.plain(review.review)
        do {
            let workspace = WorkspaceIdentity.name(formerly: review.workspace)
            let known = try ledger.reviews(named: review.review).filter {
                WorkspaceIdentity.name(formerly: $0.workspace) == workspace
            }
            let own = hash(of: EvidenceLink(.review))
            guard !known.isEmpty else {
                claimAnchor(.knownToLedger, .notEstablished, "the ledger does not know the review")
                return note(.notChecked, "the ledger of this machine does not know review \(name)")
            }
            guard known.contains(where: { $0.manifestSHA256 == own }) else {
                claimAnchor(.knownToLedger, .failed, "the ledger knows the review with other hashes")
                return note(
                    .failed, "the ledger of this machine knows review \(name) with another \(Manifest.name)")
            }
            let steps = try ledger.steps(of: review.review, in: workspace).filter { $0.reviewSHA256 == own }
            // Earlier versions wrote the files of a resumed run again.
            let last = Dictionary(steps.map { ($0.file, $0) }, uniquingKeysWith: { $1 })
            let wrong = last.values.filter { sha256(of: $0.file) != $0.sha256 }.map(\.file).sorted()
            expect(
                wrong.isEmpty,
                "the ledger of this machine knows review \(name) and \(last.count.counted("later step")) with these hashes",
                otherwise: "the ledger of this machine knows these with another hash, or they were removed: "
                    + wrong.map { Terminal.plain($0) }.joined(separator: ", "))
            claimAnchor(
                .knownToLedger, wrong.isEmpty ? .established : .failed,
                wrong.isEmpty
                    ? "the review and \(last.count.counted("later step"))"
                    : "the ledger knows later steps with other hashes")
            let unknown = links.filter { $0.kind != .review && last[$0.manifest] == nil }
            if !unknown.isEmpty {
                note(
                    .notChecked,
                    "the ledger of this machine does not know "
                        + unknown.map { Terminal.plain($0.manifest) }.joined(separator: ", "))
            }
        } catch {
            claimAnchor(.knownToLedger, .notEstablished, "the ledger cannot be read")
            note(.notChecked, "the ledger was not asked: \(Terminal.plain(error.sentence, limit: 300))")
        }
    }
}

extension CompanyCheck {
    /// Compares a given hash with the summary and with every link of every workspace.
    mutating func checkAnchors(_ folders: [String]) {
        if let hash = Manifest.sha256(of: Manifest.name, in: folder) {
            note(.ok, "evidence hash, the SHA-256 of \(Manifest.name): \(hash)")
        }
        guard let expected = anchors.expected else { return }
        let places = [(folder: folder, name: "")] + folders.map { (folder: folder + "/" + $0, name: $0 + "/") }
        for place in places {
            for link in EvidenceLink.all(in: place.folder)
            where Manifest.sha256(of: link.manifest, in: place.folder) == expected {
                // The summary names the checksums of each review as it was exported.
                let covered =
                    place.name.isEmpty
                    ? "every review as it was exported"
                    : "\(Terminal.plain(place.name + link.manifest)); no other workspace"
                claims.append(.init(code: .anchored, result: .established, sentence: covered))
                return note(
                    .ok,
                    "\(Terminal.plain(place.name + link.manifest)) has the given hash: the evidence up to it is what was "
                        + "written then")
            }
        }
        claims.append(.init(code: .anchored, result: .failed, sentence: "no checksums have the given hash"))
        note(.failed, EvidenceCheck.noSuchHash(expected))
    }
}
