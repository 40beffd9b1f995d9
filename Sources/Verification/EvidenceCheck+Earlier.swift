import Domain
import Foundation
import Reports
import Reviewing

/// Folders of versions that stored no history. A folder gets rid of checks by claiming to be one, so everything in it has to
/// agree with that.
extension EvidenceCheck {
    /// The last version whose folders may have no history.
    private static let lastWithoutHistory = [0, 1, 0]

    /// Checks a folder without ``HistoryRecord``.
    mutating func checkEarlier(_ record: EvidenceRecord) {
        let name = EvidenceRecord.name
        guard record.schemaVersion < EvidenceRecord.schemaWithHistory else {
            return note(.failed, "\(HistoryRecord.name) is not in \(Manifest.name)")
        }
        var contradictions: [String] = []
        if record.schemaVersion < 1 { contradictions.append("no version writes schemaVersion \(record.schemaVersion)") }
        if Self.numbers(of: record.rollcallVersion).map({ Self.lastWithoutHistory.lexicographicallyPrecedes($0) })
            ?? true
        {
            contradictions.append("\(name) is of version \(Terminal.plain(record.rollcallVersion, limit: 40))")
        }
        if record.provenance != nil { contradictions.append("\(name) states its provenance") }
        if record.previous?.lastLink != nil {
            contradictions.append("\(name) names the last checksums of the previous review")
        }
        let templates = record.files.map(\.name).filter(EvidenceFolder.isTemplate)
        if !templates.isEmpty { contradictions.append("it has \(templates.listed("and"))") }
        guard contradictions.isEmpty else {
            return note(
                .failed,
                "\(HistoryRecord.name) was removed: \(name) claims to be of an earlier version, but "
                    + contradictions.joined(separator: ", and "))
        }
        notRecomputed.append("the review")
        note(
            .notChecked,
            "the folder claims to be of an earlier version and has no \(HistoryRecord.name): its reports were not "
                + "written once more. What they say about earlier reviews (first seen, changes, previous decisions), and "
                + "the content of the page, were not compared")
    }

    /// The numbers of a version such as 0.1.0; nil for another text.
    private static func numbers(of version: String) -> [Int]? {
        let numbers = version.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
        return numbers.contains(nil) || numbers.count != 3 ? nil : numbers.compactMap(\.self)
    }

    /// A later version has written the previous review, so that this one cannot be of an earlier version.
    mutating func checkVersion(of record: EvidenceRecord, after previous: String) {
        guard record.schemaVersion < EvidenceRecord.schemaWithHistory,
            let other = try? EvidenceRecord(readingFrom: previous), other.schemaVersion > record.schemaVersion
        else { return }
        note(
            .failed,
            "\(EvidenceRecord.name) claims to be of an earlier version than the previous review, which was written before it"
        )
    }

    /// Programs that store the provenance of a review also chain, explain and count its later steps.
    ///
    /// - Parameter missing: what the record of the step does not state.
    mutating func checkStep(_ stem: String, of review: EvidenceRecord, missing: [String]) {
        guard review.provenance != nil, !missing.isEmpty else { return }
        note(
            .failed,
            "\(stem): its record does not state \(missing.listed("or")), although the review was written by a version that "
                + "does")
    }
}
