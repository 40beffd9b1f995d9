import Domain
import Foundation
import Readers
import Reports
import TerminalIO

/// The review that a run carries out, as the run's record keeps it.
public struct ReviewBinding: Codable, Hashable {
    /// The review's name.
    public var review: String
    /// The evidence folder, as an absolute path.
    public var folder: String
    /// The SHA-256 of the review's `SHA256SUMS`.
    public var manifestSHA256: String
    /// What the remediation's files begin with.
    public var stem: String
    /// The number of the rules by which the filled-in files were read; nil in runs and plans of versions that named none.
    public var reviewRules: Int?
    /// The filled-in files.
    public var decisions: [RemediationRecord.DecisionFile]

    /// The next remediation of a folder.
    public init(review: String, folder: String, manifestSHA256: String, files: [FilledFile]) {
        self.review = review
        self.folder = folder
        self.manifestSHA256 = manifestSHA256
        let stem = Self.nextStem(in: folder)
        self.stem = stem
        reviewRules = ReviewRules.current.rawValue
        decisions = Self.names(of: stem, files: files)
    }

    /// Reads what a run's record has; nil if the run carries out no review. `JSONDecoder` is enough: the ledger is the
    /// program's own file.
    public init?(_ json: String?) throws {
        guard let json else { return nil }
        self = try JSONDecoder().decode(Self.self, from: Data(json.utf8))
    }

    /// As a run's record keeps it.
    public func json() throws -> String { try JSONText.line(self) }

    /// What the remediation's files are called.
    public var names: RemediationRecord.Names { .init(stem: stem) }

    /// The names under which filled-in files are kept.
    private static func names(of stem: String, files: [FilledFile]) -> [RemediationRecord.DecisionFile] {
        let names = RemediationRecord.Names(stem: stem)
        return files.enumerated().map { place, file in
            let `extension` = URL(fileURLWithPath: file.path).pathExtension.lowercased()
            let kept = `extension`.wholeMatch(of: #/[a-z0-9]{1,8}/#) == nil ? "" : `extension`
            return .init(
                name: names.decisions(place + 1, extension: kept), source: file.path, sha256: file.sha256)
        }
    }

    /// The first remediation whose names are not taken.
    private static func nextStem(in folder: String) -> String {
        let taken = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        var number = 1
        while case let stem = RemediationRecord.Names(number: number).stem,
            taken.contains(where: { $0.hasPrefix(stem + ".") })
        {
            number += 1
        }
        return RemediationRecord.Names(number: number).stem
    }

    /// Keeps the filled-in files in the evidence folder, before anything is sent.
    ///
    /// - Throws: ``CommandFailure``; then nothing is sent, because nobody could show later what was decided.
    public func keep(_ files: [FilledFile]) throws {
        guard Self.nextStem(in: folder) == stem else {
            throw CommandFailure(
                .nothingSent,
                "another remediation was filed in \(Terminal.plain(folder, limit: 1000)) meanwhile; do it again; "
                    + "nothing was sent")
        }
        do throws(WriteFailure) {
            for (kept, file) in zip(decisions, files) {
                try WholeFile.write(file.bytes, to: folder + "/" + kept.name)
            }
        } catch {
            throw CommandFailure(.nothingSent, error.sentence + "; nothing was sent")
        }
    }

    /// Reads the filled-in files of a saved plan again, for its evidence.
    ///
    /// - Returns: the files, and a binding for a remediation of its own.
    /// - Throws: ``CommandFailure`` if one of them, or the evidence folder, is not as it was when the plan was saved.
    public func reread(options: CSVOptions) throws -> (binding: ReviewBinding, files: [FilledFile]) {
        guard ReviewRules(recorded: reviewRules) == .current else {
            throw CommandFailure(
                .nothingSent,
                "the plan was saved by another version of rollcall, which read the decisions by other rules; save the plan "
                    + "anew; nothing was sent")
        }
        guard OrdinaryFile.sha256(at: folder + "/" + Manifest.name) == manifestSHA256 else {
            throw CommandFailure(
                .nothingSent,
                "\(Terminal.plain(folder, limit: 1000)) is not the folder of review \(Terminal.plain(review)); "
                    + "put it back, or save the plan anew; nothing was sent")
        }
        let files = try decisions.map { try FilledFile(path: $0.source, options: options) }
        guard zip(decisions, files).allSatisfy({ $0.sha256 == $1.sha256 }) else {
            throw CommandFailure(
                .nothingSent,
                "the filled-in files were changed after the plan was saved; save the plan anew; nothing was sent")
        }
        return (
            ReviewBinding(review: review, folder: folder, manifestSHA256: manifestSHA256, files: files), files
        )
    }
}
