import Domain
import Foundation
import Reports
import Reviewing
import TerminalIO
import Verification

/// A closed review, or the closed reviews of all workspaces of a company, as one archive for an auditor.
///
/// The archive contains one folder, named after the review: an index (`index.html`, `index.csv`) and the folder
/// `evidence` with every sealed file, unchanged. Copies to complete and other files that belong to no evidence stay out.
public struct EvidencePackage {
    /// The name of the folder in the archive that contains the evidence.
    static let evidenceName = "evidence"

    private let folder: String
    private let reviews: [PackedReview]
    private let id: String

    /// Reads the records of a folder.
    ///
    /// - Throws: ``CommandFailure`` if a review is not closed or cannot be read.
    public init(of folder: String) throws {
        self.folder = folder
        let parts = CompanyFolder.parts(of: folder)
        reviews =
            try parts.isEmpty
            ? [PackedReview(closedIn: folder, prefix: "")]
            : parts.map { try PackedReview(closedIn: $0, prefix: URL(fileURLWithPath: $0).lastPathComponent + "/") }
        id = reviews[0].record.review
    }

    /// The evidence hash of each review.
    public var evidenceHashes: [(workspace: String, sha256: String)] {
        reviews.map { ($0.record.workspace, $0.evidenceHash) }
    }

    /// The fields that the folder leaves out, in words; nil if it is no redacted copy.
    public var redactedWords: String? { reviews.lazy.compactMap(\.redaction?.words).first }

    /// The files of the evidence, relative to the folder.
    private var files: [String] {
        let summary = reviews[0].prefix.isEmpty ? [] : PackedReview.evidence(in: folder)
        return (summary + reviews.flatMap { review in review.files.map { review.prefix + $0 } }).sorted()
    }

    /// When the last of the reviews was closed.
    private var time: Date { reviews.compactMap { Timestamp.recorded($0.closing.closedAt) }.max() ?? .distantPast }

    /// The files of the index.
    func index() throws -> [(name: String, content: Data)] {
        let listed = try files.map { file in
            guard let sha256 = OrdinaryFile.sha256(at: folder + "/" + file) else {
                throw CommandFailure(
                    .nothingSent, code: .inputInvalid,
                    "\(Terminal.plain(folder + "/" + file)) is missing or unreadable; nothing was written")
            }
            return (path: Self.evidenceName + "/" + file, sha256: sha256)
        }
        let report = AuditIndex.make(reviews, id: id, files: listed, at: time)
        return try ScratchFolder.with { scratch in
            try AuditIndex.names.map { name in
                try ReportFile(path: scratch.place(name))?.write(report)
                return (name, OrdinaryFile.bytes(at: scratch.place(name)) ?? Data())
            }
        }
    }

    /// Copies the evidence without some fields of the company's own list, and calls `body` with the package of the copy.
    ///
    /// - Throws: ``CommandFailure`` if a review cannot be copied without them; what `body` throws.
    public func redacted(
        without fields: [RedactionRecord.Field], _ body: (EvidencePackage) async throws -> Void
    ) async throws {
        try await ScratchFolder.with { scratch in
            let copy = scratch.place("copy")
            try FileManager.default.createDirectory(atPath: copy, withIntermediateDirectories: false)
            for review in reviews {
                let part = review.prefix.isEmpty ? "" : "/" + review.prefix.dropLast()
                let (from, to) = (folder + part, copy + part)
                try FileManager.default.createDirectory(atPath: to, withIntermediateDirectories: true)
                try RedactedCopy(of: from, without: fields).write(review.files, to: to)
            }
            for name in reviews[0].prefix.isEmpty ? [] : PackedReview.evidence(in: folder) {
                try FileManager.default.copyItem(atPath: folder + "/" + name, toPath: copy + "/" + name)
            }
            try await body(EvidencePackage(of: copy))
        }
    }

    /// Writes the archive.
    ///
    /// - Parameters:
    ///   - path: where it appears when it is complete; what is there is replaced.
    ///   - check: called with the complete archive under a temporary path; nothing appears if it throws.
    /// - Throws: ``WriteFailure``, ``CommandFailure`` for a file that cannot be packed, or what `check` throws.
    public func write(to path: String, checking check: (String) async throws -> Void) async throws {
        // Found out first: the rest may take minutes.
        _ = try PartialFile(path: path)
        try await ScratchFolder.with { folder in
            let made = folder.place("archive.zip")
            try make(made)
            try await check(made)
            let place = try PartialFile(path: path)
            try ArchiveWriter.copy(made, to: place)
            try place.commit()
        }
    }

    /// Writes the archive to a path in a folder of this user.
    func make(_ path: String) throws {
        try refuseNames()
        var taken: Set<String> = []
        let root = "review-" + FileSlug.make(id, orElse: "evidence", besides: &taken)
        let index = try index().map { (name: root + "/" + $0.name, content: ArchiveWriter.Content.bytes($0.content)) }
        let evidence = files.map { file in
            (name: "\(root)/\(Self.evidenceName)/\(file)", content: ArchiveWriter.Content.file(folder + "/" + file))
        }
        try ArchiveWriter(entries: index + evidence, time: time).write(to: path)
    }

    /// Names that earlier versions sealed, and that not every program can unpack.
    private func refuseNames() throws {
        guard let wrong = ArchivePath.unusable(among: files) else { return }
        throw CommandFailure(
            .nothingSent, code: .inputInvalid,
            "\(Terminal.plain(wrong.name)) cannot be packed: \(wrong.reason); hand over the folder itself; nothing was written"
        )
    }
}
