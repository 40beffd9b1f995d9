import Domain
import Foundation
import Reports

/// The review that a run carries out, as the run's record keeps it.
struct ReviewBinding: Codable, Hashable {
    /// The review's name.
    var review: String
    /// The evidence folder, as an absolute path.
    var folder: String
    /// The SHA-256 of the review's `SHA256SUMS`.
    var manifestSHA256: String
    /// What the remediation's files begin with.
    var stem: String
    /// The filled-in files.
    var decisions: [RemediationRecord.DecisionFile]

    init(
        review: String, folder: String, manifestSHA256: String, stem: String,
        decisions: [RemediationRecord.DecisionFile]
    ) {
        self.review = review
        self.folder = folder
        self.manifestSHA256 = manifestSHA256
        self.stem = stem
        self.decisions = decisions
    }

    /// Reads what a run's record has; nil if the run carries out no review.
    init?(_ json: String?) throws {
        guard let json else { return nil }
        self = try JSONDecoder().decode(Self.self, from: Data(json.utf8))
    }

    /// As a run's record keeps it.
    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    var names: RemediationRecord.Names { .init(stem: stem) }

    /// The names under which filled-in files are kept.
    static func names(of stem: String, files: [FilledFile]) -> [RemediationRecord.DecisionFile] {
        let names = RemediationRecord.Names(stem: stem)
        return files.enumerated().map { place, file in
            let `extension` = URL(fileURLWithPath: file.path).pathExtension.lowercased()
            let kept = `extension`.wholeMatch(of: #/[a-z0-9]{1,8}/#) == nil ? "" : `extension`
            return .init(
                name: names.decisions(place + 1, extension: kept), source: file.path, sha256: file.sha256)
        }
    }
}
