import Domain
import Foundation
import Reports
import Reviewing

/// The index of an archive: which file and column answers which requirement.
enum AuditIndex {
    /// The file names of the index, beside the folder with the evidence.
    static let names = ["index.csv", "index.html"]
    /// The column with the version of the program that wrote the index.
    static let versionKey = "packedWith"

    /// The report.
    ///
    /// - Parameters:
    ///   - files: every file of the archive with its SHA-256, by path.
    ///   - time: the time when the last review was closed.
    static func make(_ reviews: [PackedReview], id: String, files: [(path: String, sha256: String)], at time: Date)
        -> Report
    {
        let practice = reviews.first?.record.workspace ?? ""
        var report = Report(
            kind: .auditIndex, title: Practice.title("Audit index of review \(id)", of: practice), time: time)
        report.warnings = reviews.compactMap { review in
            review.closing.forcedBecause.map { "\(review.record.workspace) was closed with open items: \($0)" }
        }
        report.facts = reviews.map(facts)
        report.stamp = [
            Fact("review", "Review", .text(id)),
            Fact("evidenceHash", "Evidence hash", .text(reviews.map(\.evidenceHash).joined(separator: ", "))),
            Fact("warning", "Warning", Cell(report.warnings.joined(separator: "; "))),
            Fact(versionKey, "Packed with rollcall", .text(Provenance.Program.current.name)),
        ]
        report.tables = [
            Table(
                id: "requirements", title: "Requirements",
                note:
                    "Where each requirement is answered. The wording of the standard counts. No signature covers the index itself: "
                    + "'rollcall verify' compares it with the evidence.", role: .population,
                columns: columns, rows: reviews.flatMap(lines)),
            Table(
                id: "files", title: "Files", note: filesNote(reviews), role: .annex, columns: fileColumns(reviews),
                rows: files),
        ]
        return report
    }

    private static func facts(_ review: PackedReview) -> FactGroup {
        let (record, closing) = (review.record, review.closing)
        return FactGroup(
            key: "review", title: "Review of \(record.workspace)",
            facts: [
                Fact("review", "Review", .text(record.review)), Fact("period", "Period", .text(record.period)),
                Fact("workspace", "Workspace", .text(record.workspace)),
                Fact("takenAt", "Listed (UTC)", .text(record.takenAt)),
                Fact("closedAt", "Closed (UTC)", .text(closing.closedAt)),
                Fact("reviewers", "Reviewed by", Cell(closing.reviewers.joined(separator: ", "))),
                Fact("approver", "Approved by", Cell(closing.approver)),
                Fact("evidenceHash", "Evidence hash", .text(review.evidenceHash)),
                Fact("rollcallVersion", "rollcall", .text(closing.rollcallVersion)),
            ]
                + (review.redaction.map { [Fact("redacted", "Redacted copy without", .text($0.words))] } ?? []))
    }

    /// One row: a requirement and one place where it is answered.
    struct Line {
        var workspace: String
        var requirement: AuditRequirement
        var shows: String
        var place: AuditProof.Place?
        var figures: String
    }

    private static func lines(of review: PackedReview) -> [Line] {
        let workspace = review.record.workspace
        return AuditRequirement.all.flatMap { requirement in
            let shown = requirement.proofs.flatMap { proof in
                proof.places(in: review).map { place in
                    Line(
                        workspace: workspace, requirement: requirement, shows: proof.title(of: review), place: place,
                        figures: proof.figures(of: review))
                }
            }
            guard !requirement.missing.isEmpty else { return shown }
            return shown + [
                Line(
                    workspace: workspace, requirement: requirement, shows: "Not shown: " + requirement.missing,
                    figures: "")
            ]
        }
    }

    private static let columns: [RowColumn<Line>] = [
        RowColumn("standard", "Standard", 20, "The standard, with its version.") { .text($0.requirement.standard) },
        RowColumn("requirement", "Requirement", 16, "The number of the requirement.") {
            .text($0.requirement.clause)
        },
        RowColumn("asks", "What it asks for", 40, "A short form of the requirement.") { .text($0.requirement.asks) },
        RowColumn("shows", "What is shown", 44, "What the review shows, or what to ask for instead.") {
            .text($0.shows)
        },
        RowColumn("file", "File", 34, "The file; empty if it is not shown.") { Cell($0.place?.file) },
        RowColumn(
            "columns", "Columns", 40, "Columns of a CSV file, or members of a JSON file; empty for the whole file."
        ) {
            Cell($0.place?.columns)
        },
        RowColumn("figures", "Figures", 40, "What the review shows, in figures.") { Cell($0.figures) },
        RowColumn("workspace", "Workspace", 20, isPrinted: false, "The workspace.") { .text($0.workspace) },
    ]

    /// What the table of files contains, and what it lacks.
    private static func filesNote(_ reviews: [PackedReview]) -> String {
        let left = reviews.flatMap { review in (review.redaction?.withheld ?? []).map { review.path($0.name) } }
        guard reviews.contains(where: { $0.redaction != nil }) else { return "Every file of the evidence." }
        return "Every file of this redacted copy."
            + (left.isEmpty ? "" : " Left out of it, of the files that the checksums name: \(left.listed("and")).")
    }

    private static func fileColumns(_ reviews: [PackedReview]) -> [RowColumn<(path: String, sha256: String)>] {
        let rewritten = reviews.reduce(into: [String: String]()) { rewritten, review in
            guard let redaction = review.redaction else { return }
            for file in redaction.rewritten { rewritten[review.path(file.name)] = redaction.words }
        }
        return [
            RowColumn("path", "File", 44, "The path in the archive.") { .text($0.path) },
            RowColumn("content", "Content", 50, "What the file contains.") { file in
                let words = FileContent.words(for: file.path)
                return Cell(rewritten[file.path].map { words + ", written once more without \($0)" } ?? words)
            },
            RowColumn("sha256", "SHA-256", 66, "As sha256sum calculates it.") { .text($0.sha256) },
        ]
    }
}
