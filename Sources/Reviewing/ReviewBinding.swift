import Domain
import Foundation
import Readers
import Reports
import TerminalIO

/// The review that a run applies, as stored in the record of the run.
public struct ReviewBinding: Codable, Hashable {
    /// The id of the review.
    public var review: String
    /// The evidence folder, as an absolute path.
    public var folder: String
    /// The SHA-256 of `SHA256SUMS` of the review.
    public var manifestSHA256: String
    /// The prefix of the file names of the remediation.
    public var stem: String
    /// The number of the rules for reading the completed files; nil in runs and plans of versions without it.
    public var reviewRules: Int?
    /// The completed files.
    public var decisions: [RemediationRecord.DecisionFile]
    /// How to seal the remediation, also after a resume; nil to not seal it.
    public var seal: SealRequest?

    /// Creates the next remediation of a folder.
    public init(review: String, folder: String, manifestSHA256: String, files: [FilledFile]) {
        self.review = review
        self.folder = folder
        self.manifestSHA256 = manifestSHA256
        let stem = Self.nextStem(in: folder)
        self.stem = stem
        reviewRules = ReviewRules.current.rawValue
        decisions = Self.names(of: stem, files: files)
    }

    /// Reads the binding from the record of a run; nil if the run applies no review. `JSONDecoder` is sufficient
    /// because only this program writes the ledger.
    public init?(_ json: String?) throws {
        guard let json else { return nil }
        self = try JSONDecoder().decode(Self.self, from: Data(json.utf8))
    }

    /// The JSON for the record of a run.
    public func json() throws -> String { try JSONText.line(self) }

    /// The file names of the remediation.
    public var names: RemediationRecord.Names { .init(stem: stem) }

    /// The file names of the first remediation that does not exist yet.
    var nextNames: RemediationRecord.Names { .init(stem: Self.nextStem(in: folder)) }

    /// The file names of the copies of completed files.
    private static func names(of stem: String, files: [FilledFile]) -> [RemediationRecord.DecisionFile] {
        let names = RemediationRecord.Names(stem: stem)
        return files.enumerated().map { place, file in
            let `extension` = URL(fileURLWithPath: file.path).pathExtension.lowercased()
            let kept = `extension`.wholeMatch(of: #/[a-z0-9]{1,8}/#) == nil ? "" : `extension`
            return .init(
                name: names.decisions(place + 1, extension: kept), source: file.path, sha256: file.sha256,
                otherReviews: file.otherReviews, signOff: file.signOff)
        }
    }

    /// The prefix of the first remediation that does not exist yet.
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

    /// Copies the completed files into the evidence folder, before anything is sent.
    ///
    /// - Throws: ``CommandFailure``; then nothing is sent, because there would be no evidence of the decisions.
    public func keep(_ files: [FilledFile]) throws {
        try refuseIfClosed()
        guard Self.nextStem(in: folder) == stem else {
            throw CommandFailure(
                .nothingSent,
                "another remediation was stored in \(Terminal.plain(folder, limit: 1000)) in the meantime; nothing was "
                    + "sent; run the command again")
        }
        do throws(WriteFailure) {
            for (kept, file) in zip(decisions, files) {
                try WholeFile.write(file.bytes, to: folder + "/" + kept.name)
            }
        } catch {
            throw CommandFailure(.nothingSent, error.sentence + "; nothing was sent")
        }
    }

    /// Refuses to send anything for a review that is closed.
    ///
    /// - Throws: ``CommandFailure``.
    public func refuseIfClosed() throws {
        if let closing = try ClosingRecord.read(in: folder) { throw closing.refusal("nothing was sent") }
    }

    /// Reads the completed files of a saved plan again, for its evidence.
    ///
    /// - Returns: the files, and the binding of a new remediation.
    /// - Throws: ``CommandFailure`` if one of them, or the evidence folder, has changed since the plan was saved.
    public func reread(options: CSVOptions) throws -> (binding: ReviewBinding, files: [FilledFile]) {
        guard ReviewRules(recorded: reviewRules) == .current else {
            throw CommandFailure(
                .nothingSent,
                "the plan was saved by another version of rollcall, which has other rules for reading decisions; save "
                    + "the plan again; nothing was sent")
        }
        guard Manifest.sha256(of: Manifest.name, in: folder) == manifestSHA256 else {
            throw CommandFailure(
                .nothingSent,
                "\(Terminal.plain(folder, limit: 1000)) is not the folder of review \(Terminal.plain(review)); "
                    + "restore the folder, or save the plan again; nothing was sent")
        }
        try refuseIfClosed()
        guard Self.nextStem(in: folder) == stem else {
            throw CommandFailure(
                .nothingSent, code: .workspaceChanged,
                "other decisions of review \(Terminal.plain(review)) were applied after the plan was saved; save the plan "
                    + "again; nothing was sent")
        }
        let files = try decisions.map { try FilledFile($0, at: $0.source, options: options) }
        guard zip(decisions, files).allSatisfy({ $0.sha256 == $1.sha256 }) else {
            throw CommandFailure(
                .nothingSent,
                "the completed reviews were changed after the plan was saved; save the plan again; nothing was sent")
        }
        return (
            ReviewBinding(review: review, folder: folder, manifestSHA256: manifestSHA256, files: files), files
        )
    }
}
