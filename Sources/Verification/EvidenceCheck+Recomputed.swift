import Domain
import Foundation
import Hashing
import Reports
import Reviewing
import TerminalIO
import WorkspaceAPI

/// The review is written once more, from its raw response and its history alone, and compared.
extension EvidenceCheck {
    /// Checks that every file of the review has the content that follows from `answer.json` and `history.json`.
    ///
    /// - Parameter sealed: the names in `SHA256SUMS`.
    mutating func checkRecomputed(_ record: EvidenceRecord, sealed: Set<String>) {
        guard sealed.contains(HistoryRecord.name) else { return checkEarlier(record) }
        onFile("Writing the review once more")
        do {
            try ScratchFolder.with { try checkRecomputed(record, in: $0) }
        } catch {
            note(.failed, "the review cannot be written once more: \(Self.reason(for: error))")
        }
    }

    private mutating func checkRecomputed(_ record: EvidenceRecord, in scratch: ScratchFolder) throws {
        let templates = scratch.place("templates")
        try FileManager.default.createDirectory(atPath: templates, withIntermediateDirectories: false)
        let history = try HistoryRecord(readingFrom: folder)
        guard history.schemaVersion <= HistoryRecord.schemaVersion else {
            return note(
                .failed,
                "\(HistoryRecord.name) was written by a newer version of rollcall; verify it with that version")
        }
        let review = try RecalledReview(
            record, history, in: folder, split: record.split == nil ? nil : reviewed?.split(with: 0),
            templates: templates,
            redaction: redaction)
        let copy = try EvidenceFolder(path: scratch.place("review"))
        defer { copy.discard() }
        let onFile = onFile
        let derived = try copy.derive(review.source, review.context, review.export) { name, rows, _ in
            if rows == 0 { onFile("Writing \(Terminal.plain(name)) once more") }
        }
        let writer = WritingProgram(
            version: record.rollcallVersion, record.provenance, libraries: history.libraries)
        checkRecord(record, against: derived, writer)
        checkContents(record, against: derived, in: copy, writer)
    }

    static func reason(for error: any Error) -> String {
        let text =
            switch error {
            case let failure as RecalledAccounts.Failure: failure.reason
            case let failure as CommandFailure: failure.sentence ?? ""
            case let failure as any ExplainedError: failure.sentence
            case let invalid as InvalidRecord: "a history is \(invalid.description)"
            case is DecodingError, is CocoaError: "\(HistoryRecord.name) cannot be read"
            default: "\(error)"
            }
        return Terminal.plain(text, limit: 300)
    }

    /// Checks that the query is one that this program has sent: another one could leave accounts out.
    mutating func checkQuery(_ record: EvidenceRecord) {
        expect(
            Self.isKnown(record.query),
            "the query is the one that rollcall sends",
            otherwise: "the query in \(EvidenceRecord.name) is none that rollcall has ever sent")
    }

    /// Whether a query is one that rollcall sends, with its hash.
    static func isKnown(_ query: EvidenceRecord.Query) -> Bool {
        GraphQLDocument.everyListUsers.contains(query.text) && query.name == "listUsers"
            && SHA256Text.of(Data(query.text.utf8)) == query.sha256
    }

    /// Compares the record with the one that follows, member by member.
    private mutating func checkRecord(
        _ record: EvidenceRecord, against derived: EvidenceRecord, _ writer: WritingProgram
    ) {
        let (stated, wanted) = (Self.members(of: record), Self.members(of: derived))
        let names = Set(stated.keys).union(writer.isThis ? Set(wanted.keys) : []).sorted()
        // A copy without departments has one row for all of them.
        let hasDepartments = redaction?.fields.contains(.department) != true
        let different = names.filter {
            stated[$0] != wanted[$0] && (hasDepartments || !$0.hasSuffix("." + PeopleTables.withoutAccountID))
        }
        let words = different.prefix(4).map { name in
            "\(Terminal.plain(name)) is \(Terminal.plain(stated[name] ?? "missing", limit: 80)) instead of "
                + Terminal.plain(wanted[name] ?? "missing", limit: 80)
        }
        let more = different.count - words.count
        expect(
            different.isEmpty,
            "\(EvidenceRecord.name) has the counts, names and links that follow from \(EvidenceFolder.answerName) and "
                + HistoryRecord.name,
            otherwise: "\(EvidenceRecord.name) differs from \(EvidenceFolder.answerName) and \(HistoryRecord.name): "
                + words.joined(separator: "; ") + (more > 0 ? "; \(more.counted("more difference"))" : "")
                + writer.remark)
    }

    /// The members of a record besides its hashes, by path.
    private static func members(of record: EvidenceRecord) -> [String: String] {
        var members: [String: String] = [:]
        func add(_ value: Any, _ path: String) {
            if let object = value as? [String: Any] {
                for (name, value) in object { add(value, path.isEmpty ? name : path + "." + name) }
            } else if let list = value as? [Any] {
                for (place, value) in list.enumerated() { add(value, "\(path)[\(place + 1)]") }
            } else {
                members[path] = "\(value)"
            }
        }
        var record = record
        let files = record.files
        record.files = []
        guard let bytes = try? RecordJSON.encode(record), let value = try? JSONSerialization.jsonObject(with: bytes)
        else { return [:] }
        add(value, "")
        for file in files { for (table, count) in file.rows { members["rows of \(file.name).\(table)"] = "\(count)" } }
        return members
    }

    /// Compares every file: byte by byte if the same program would write the same bytes, otherwise by its content.
    private mutating func checkContents(
        _ record: EvidenceRecord, against derived: EvidenceRecord, in copy: EvidenceFolder, _ writer: WritingProgram
    ) {
        let stated = Dictionary(record.files.map { ($0.name, $0.sha256) }, uniquingKeysWith: { first, _ in first })
        let wanted = Set(derived.files.map(\.name))
        for file in record.files where !wanted.contains(file.name) && !isWithheld(file.name) {
            note(.failed, "\(Terminal.plain(file.name)) does not belong to the review by \(HistoryRecord.name)")
        }
        var (compared, byText) = (0, 0)
        for file in derived.files where file.name != EvidenceFolder.answerName {
            let name = Terminal.plain(file.name)
            guard let sha256 = stated[file.name] else {
                note(.failed, "\(name) belongs to the review by \(HistoryRecord.name), and is missing")
                continue
            }
            compared += 1
            // The copy of a file in which fields are left out has another hash than the sealed one.
            let rewritten = rewritten(file.name)
            if (rewritten?.sha256 ?? sha256) == file.sha256 {
                recomputed.insert(file.name)
                if rewritten != nil { confirmed[file.name] = true }
                continue
            }
            onFile("Comparing \(name)")
            // A file that was completed in the folder can be compared only by its hash.
            guard writer.isThis || self.sha256(of: file.name) == sha256 else {
                compared -= 1
                note(.notChecked, "\(name) was completed in the folder, and not compared\(writer.remark)")
                continue
            }
            let difference = Difference.between(
                path(file.name), and: copy.place(file.name), format: ReportFormat(path: file.name))
            if let difference, difference.count == 0, !writer.isThis {
                // The same texts can be hidden, or stand beside others that no cell has.
                if rewritten != nil { confirmed[file.name] = false }
                byText += 1
                continue
            }
            compared -= 1
            let words = difference.map { $0.count == 0 ? "no cell, but other bytes" : $0.words } ?? "it cannot be read"
            note(
                .failed,
                "\(name) differs from what follows from \(EvidenceFolder.answerName) and \(HistoryRecord.name): \(words)\(writer.remark)"
            )
        }
        if compared > 0 {
            note(
                .ok,
                "\(compared.counted("file has", "files have")) the content that follows from "
                    + "\(EvidenceFolder.answerName) and \(HistoryRecord.name)"
                    + (byText == 0 ? ", byte by byte" : ", text by text"))
        }
    }
}
