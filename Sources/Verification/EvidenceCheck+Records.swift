import Domain
import Foundation
import Reports
import Reviewing

/// Members of records that no check reads.
extension EvidenceCheck {
    /// Checks that the records state nothing that this program does not know: a misspelt member is one that is missing,
    /// and an additional one may state anything.
    ///
    /// `history.json` is not among them; it is written once more as a whole.
    mutating func checkMembers() {
        checkMembers(of: EvidenceRecord.self, in: EvidenceRecord.name)
        checkMembers(of: PeopleSalts.self, in: PeopleProof.saltsName)
        checkMembers(of: RedactionRecord.self, in: RedactionRecord.name)
        for names in supplements { checkMembers(of: SupplementRecord.self, in: names.record) }
        for names in remediations { checkMembers(of: RemediationRecord.self, in: names.record) }
        checkMembers(of: ClosingRecord.self, in: ClosingRecord.Names.record)
    }

    /// Checks one record. Whether it is there, and can be read, others check.
    mutating func checkMembers<Record: Codable>(of type: Record.Type, in name: String) {
        guard contains(name), let data = OrdinaryFile.bytes(at: path(name)),
            let unknown = try? RecordJSON.unknownMembers(of: type, in: data), !unknown.isEmpty
        else { return }
        let more = unknown.count - 4
        let words = unknown.prefix(4).map { Terminal.plain($0, limit: 100) } + (more > 0 ? [more.counted("other")] : [])
        note(
            .failed,
            "\(Terminal.plain(name)) states \(words.listed("and")), which this version of rollcall does not know; if a newer "
                + "version wrote it, verify it with that version")
    }
}
