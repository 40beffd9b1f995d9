import Domain
import Foundation
import Readers
import Reports
import TerminalIO

/// Reads how a review is split.
public enum ReviewSharing {
    /// Reads the value of `--split-by`: `accountType`, `domain`, or the path of a list of reviewers.
    ///
    /// - Throws: ``CommandFailure`` for a list that cannot be read or contradicts itself.
    public static func read(_ text: String) throws -> EvidenceFolder.Sharing {
        switch text {
        case "accountType", "account-type": return .init(ReviewSplit(.accountType))
        case "domain": return .init(ReviewSplit(.domain))
        default:
            guard let bytes = FileManager.default.contents(atPath: text) else {
                throw CommandFailure(
                    .nothingSent,
                    "--split-by \(Terminal.plain(text)): expected accountType, domain or a readable file")
            }
            guard try !OrdinaryFile.isStream(text) && ListSource.isWorkbook(text) else {
                return .init(ReviewSplit(try rule(bytes, name: text)), assignments: bytes)
            }
            return try fromWorkbook(text)
        }
    }

    /// Converts a sheet to the CSV that is stored in the evidence folder, so that the folder does not depend on the
    /// workbook.
    private static func fromWorkbook(_ path: String) throws -> EvidenceFolder.Sharing {
        var text = "email,uid,reviewer\r\n"
        do {
            for row in try AssignmentReader.rows(of: ListSource(workbook: path, ListOptions(.disable))) {
                text += [row.email, row.uid, row.reviewer].map(quoted).joined(separator: ",") + "\r\n"
            }
        } catch {
            throw CommandFailure.reading(path, error)
        }
        let bytes = Data(text.utf8)
        return .init(ReviewSplit(try rule(bytes, name: path)), assignments: bytes)
    }

    /// Reads a list of reviewers. Names that differ only in case or blanks are one person, with the first spelling.
    ///
    /// - Parameter parts: the names of the parts of a review that exists; nil for a new one.
    static func rule(_ bytes: Data, name: String, parts: [String]? = nil) throws -> ReviewSplit.Rule {
        // Earlier versions made a part of every spelling.
        var spellings = Dictionary(
            (parts ?? []).map { (PersonName.key(of: $0), $0) }, uniquingKeysWith: { first, _ in first })
        let spelled = { (reviewer: String) -> String in
            if parts?.contains(reviewer) == true { return reviewer }
            let key = PersonName.key(of: reviewer)
            let spelling = spellings[key] ?? reviewer
            spellings[key] = spelling
            return spelling
        }
        var byUID: [String: String] = [:]
        var byAddress: [String: String] = [:]
        do {
            for row in try AssignmentReader.rows(
                of: .text(CSVReader(source: DataByteSource(bytes), options: CSVOptions())))
            {
                let place = "\(Terminal.plain(name)):\(row.line)"
                guard !row.reviewer.isEmpty, !row.uid.isEmpty || !row.email.isEmpty else {
                    throw CommandFailure(.nothingSent, "\(place): the row needs a reviewer, and an address or a uid")
                }
                let reviewer = spelled(row.reviewer)
                let other: String?
                if row.uid.isEmpty {
                    other = byAddress.updateValue(reviewer, forKey: EmailAddress.key(of: row.email))
                } else {
                    other = byUID.updateValue(reviewer, forKey: row.uid)
                }
                if let other, other != reviewer {
                    let whose = Terminal.plain(row.email.isEmpty ? row.uid : row.email, limit: 254)
                    throw CommandFailure(
                        .nothingSent,
                        "\(place): \(whose) has two reviewers, \(Terminal.plain(other)) and \(Terminal.plain(reviewer))"
                    )
                }
            }
        } catch let error as CSVError {
            throw CommandFailure(.nothingSent, "\(Terminal.plain(name)) \(error.sentenceWithoutOptions)")
        }
        return .people(byUID: byUID, byAddress: byAddress)
    }
}
