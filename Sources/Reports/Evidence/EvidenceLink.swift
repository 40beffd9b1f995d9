import Domain
import Foundation

/// A link of the chain of evidence: the checksums that one command has written.
///
/// Each link names the checksums of all links before it, so that `sha256sum -c` checks them too, and the hash of the last
/// link covers everything so far.
public struct EvidenceLink: Hashable, Sendable {
    /// The kinds of links, in the order in which they can first appear.
    public enum Kind: String, Sendable, CaseIterable {
        /// The exported review, or the review of all workspaces of a company.
        case review
        /// Accounts that were added to an open review.
        case supplement
        /// Decisions that were applied.
        case remediation
        /// The closing statement.
        case closing
    }

    /// The kind.
    public let kind: Kind
    /// The number among the links of its kind, from 1.
    public let number: Int

    /// Creates a link.
    ///
    /// - Parameter number: from 1; a review and a closing statement are always number 1.
    public init(_ kind: Kind, number: Int = 1) {
        self.kind = kind
        self.number = number
    }

    /// The prefix of its file names: `supplement`, `remediation-2`; empty for the review.
    public var stem: String {
        kind == .review ? "" : kind.rawValue + (number == 1 ? "" : "-\(number)")
    }

    /// The name of the checksums, for example `remediation-2.SHA256SUMS`.
    public var manifest: String { kind == .review ? Manifest.name : stem + "." + Manifest.name }

    /// The link with checksums of a name; nil if the name is not that of checksums.
    public init?(manifest name: String) {
        if name == Manifest.name {
            self.init(.review)
            return
        }
        // Asked for every file of a folder, many times: to compile a regular expression took half of a verification.
        let end = "." + Manifest.name
        guard name.hasSuffix(end) else { return nil }
        let parts = name.dropLast(end.count).split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard let kind = Kind(rawValue: String(parts[0])), kind != .review else { return nil }
        guard parts.count == 2 else {
            self.init(kind)
            return
        }
        // `remediation-1` and `closing-2` are not names that the program gives.
        guard kind != .closing, let number = Int(parts[1]), number > 1, number < 1_000_000_000,
            String(number) == parts[1]
        else { return nil }
        self.init(kind, number: number)
    }

    /// The links of a kind in a folder, in the order of their numbers.
    static func all(_ kind: Kind, in folder: String) -> [EvidenceLink] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.compactMap(EvidenceLink.init(manifest:)).filter { $0.kind == kind }.sorted {
            $0.number < $1.number
        }
    }

    /// Every link of an evidence folder, in the order of the chain. Links of versions that did not chain remediations
    /// are in the order of their numbers.
    public static func all(in folder: String) -> [EvidenceLink] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let links = names.compactMap { name in
            EvidenceLink(manifest: name).map { link in
                (link: link, before: link.kind == .review ? 0 : link.named(in: folder).count)
            }
        }
        let order = { (entry: (link: EvidenceLink, before: Int)) in
            (entry.link.kind == .closing ? 1 : 0, entry.before, entry.link.kind.place, entry.link.number)
        }
        return links.sorted { order($0) < order($1) }.map(\.link)
    }

    /// The files that its checksums name; none if the checksums cannot be read.
    public func entries(in folder: String) -> [Manifest.Entry] {
        Manifest(at: folder + "/" + manifest, subfolder: EvidenceFolder.attachmentsName)?.entries ?? []
    }

    /// The links whose checksums this one names, with the hashes that it states.
    public func named(in folder: String) -> [(link: EvidenceLink, sha256: String)] {
        entries(in: folder).compactMap { entry in
            EvidenceLink(manifest: entry.file).map { ($0, entry.sha256) }
        }
    }

    /// The links before this one in a folder. If the folder does not have it yet, it comes after all of them.
    public func predecessors(in folder: String) -> [EvidenceLink] {
        Array(Self.all(in: folder).prefix { $0 != self })
    }

    /// The hashes of the links before this one, by the names of their files: what this one has to name.
    ///
    public func predecessorHashes(in folder: String) -> [String: String] {
        var hashes: [String: String] = [:]
        for link in predecessors(in: folder) {
            hashes[link.manifest] = Manifest.sha256(of: link.manifest, in: folder)
        }
        return hashes
    }
}

extension EvidenceLink.Kind {
    fileprivate var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
