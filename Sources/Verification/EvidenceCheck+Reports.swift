import Domain
import Foundation
import Hashing
import Reports
import TerminalIO

/// Reports that are written once more, to be compared.
extension EvidenceCheck {
    /// Writes reports, and compares them with those that a record names.
    ///
    /// - Parameters:
    ///   - stem: what they belong to.
    ///   - origin: the files that they follow from.
    mutating func compare(
        _ reports: [String: Report], with files: [EvidenceRecord.File], of stem: String, from origin: String,
        _ options: ReportFile.Options = .init(), in scratch: ScratchFolder, _ writer: WritingProgram
    ) throws {
        var written: [EvidenceRecord.File] = []
        for (name, report) in reports.sorted(by: { $0.key < $1.key }) {
            guard let file = ReportFile(path: scratch.place(name), options: options) else { continue }
            onFile("Writing \(Terminal.plain(name)) once more")
            let rows = try file.write(report)
            written.append(.init(name: name, sha256: try SHA256Text.ofFile(file.path), rows: rows))
        }
        compare(written, with: files, of: stem, from: origin, in: scratch, writer)
    }

    /// Compares files that were written once more with those that a record names: byte by byte if the same program would
    /// write the same bytes, otherwise by their content.
    mutating func compare(
        _ written: [EvidenceRecord.File], with files: [EvidenceRecord.File], of stem: String, from origin: String,
        in scratch: ScratchFolder, _ writer: WritingProgram
    ) {
        let stated = Dictionary(files.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let wanted = Set(written.map(\.name))
        for file in files where !wanted.contains(file.name) {
            note(.failed, "\(stem): \(Terminal.plain(file.name)) does not belong to it")
        }
        var same = 0
        for file in written {
            let name = Terminal.plain(file.name)
            guard let filed = stated[file.name] else {
                note(.failed, "\(stem): \(name) is missing")
                continue
            }
            if file.rows != filed.rows { note(.failed, "\(name): the numbers of rows in the record") }
            // The copy of a file in which fields are left out has another hash than the sealed one.
            let rewritten = rewritten(file.name)
            let isSame = file.sha256 == rewritten?.sha256 ?? filed.sha256
            if rewritten != nil { confirmed[file.name] = isSame }
            if !isSame {
                let difference = Difference.between(
                    path(file.name), and: scratch.place(file.name), format: ReportFormat(path: file.name))
                guard difference?.count == 0, !writer.isThis else {
                    let words =
                        difference.map { $0.count == 0 ? "no cell, but other bytes" : $0.words } ?? "it cannot be read"
                    note(.failed, "\(name) differs from what follows from \(origin): \(words)\(writer.remark)")
                    confirmed[file.name] = nil
                    continue
                }
            }
            same += 1
        }
        if same > 0 {
            note(
                .ok,
                "\(stem): \(same.counted("report has", "reports have")) the content that follows from \(origin)")
        }
    }
}
