import Domain
import Foundation
import Ledger
import Planning
import Reports
import WorkspaceAPI

/// The evidence folder of the review that filled-in files belong to: what was reviewed, beyond doubt.
struct ReviewedFolder {
    /// Absolute.
    let path: String
    let record: EvidenceRecord
    let manifestSHA256: String
    /// Every account that was reviewed, in the order of the answer, with its row key.
    let population: [(key: String, account: ReviewedAccount)]
    /// How the review was shared out, if it was.
    let split: ReviewSplit?

    /// Looks for the folder where it was said to be, beside the files, and where the ledger remembers it.
    ///
    /// - Throws: ``CommandFailure`` if it is not there, or is not what was written then.
    static func find(review: String, besides files: [String], given: String?, ledger: Ledger) throws -> ReviewedFolder {
        let known = try inWords { try ledger.review(named: review) }
        let beside = files.map { URL(fileURLWithPath: $0).deletingLastPathComponent().path }
        let places = given.map { [$0] } ?? beside + [known?.folder].compactMap(\.self)
        let found = places.first { place in
            (try? EvidenceRecord(readingFrom: place))?.review == review
        }
        let name = Terminal.plain(review)
        guard let found else {
            throw CommandFailure(
                .nothingSent,
                "the evidence folder of review \(name) is not at \(Terminal.plain(places.first ?? ".", limit: 1000)); say "
                    + "where it is with --evidence DIR; nothing was sent")
        }
        let folder = try ReviewedFolder(path: URL(fileURLWithPath: found).standardizedFileURL.path)
        let written = try inWords { try ledger.review(named: review, of: folder.record.workspace) }
        if let written, written.manifestSHA256 != folder.manifestSHA256 {
            throw CommandFailure(
                .nothingSent,
                "\(Terminal.plain(found, limit: 1000)) is not the folder that was written for review \(name), or its "
                    + "\(Manifest.name) was changed since; nothing was sent")
        }
        return folder
    }

    /// Reads a folder, and holds what matters against its sums.
    init(path: String) throws {
        self.path = path
        let name = Terminal.plain(path, limit: 1000)
        func intact(_ file: String, _ manifest: Manifest) throws -> Data {
            let data = FileManager.default.contents(atPath: path + "/" + file)
            guard let data, manifest.entries.contains(where: { $0.file == file && $0.sha256 == SHA256Text.of(data) })
            else {
                throw CommandFailure(
                    .nothingSent, "\(name)/\(file) is missing, or was changed after it was written; nothing was sent")
            }
            return data
        }
        guard let sums = FileManager.default.contents(atPath: path + "/" + Manifest.name),
            let manifest = Manifest(text: String(decoding: sums, as: UTF8.self))
        else { throw CommandFailure(.nothingSent, "\(name) has no \(Manifest.name); it is no evidence folder") }
        manifestSHA256 = SHA256Text.of(sums)
        record = try JSONDecoder().decode(EvidenceRecord.self, from: intact(EvidenceRecord.name, manifest))
        let answer = try intact(EvidenceFolder.answerName, manifest)
        guard let roster = try? Listing(decoding: answer).population.roster else {
            throw CommandFailure(.nothingSent, "\(name)/\(EvidenceFolder.answerName) is not an answer of listUsers")
        }
        let keys = RowKeys(review: record.review, answerSHA256: record.answerSHA256)
        population = ReviewedAccount.all(in: roster).map { (keys.key(of: $0), $0) }
        switch record.split?.by {
        case nil: split = nil
        case "accountType": split = ReviewSplit(.accountType)
        case "domain": split = ReviewSplit(.domain)
        default:
            let list = try intact(EvidenceFolder.assignmentsName, manifest)
            split = ReviewSplit(try ReviewSharing.rule(list, name: EvidenceFolder.assignmentsName))
        }
    }

    /// Holds the files against what was reviewed.
    func match(_ files: [FilledFile]) -> (decided: [DecidedAccount], problems: [ReviewProblem]) {
        var match = ReviewMatch(review: record.review, population: population, part: split.map { $0.part(of:) })
        for file in files { for row in file.rows { match.take(row) } }
        let decided = match.finish()
        return (decided, match.problems)
    }
}

extension EvidenceRecord {
    /// Reads the record of a folder.
    init(readingFrom folder: String) throws {
        self = try JSONDecoder().decode(
            Self.self, from: Data(contentsOf: URL(fileURLWithPath: folder + "/" + Self.name)))
    }
}

extension ReviewedAccount {
    /// Every account of an answer, as the ledger counts those that are there more than once.
    static func all(in roster: Roster) -> [ReviewedAccount] {
        var occurrences: [[String]: Int] = [:]
        let occurrence = { (kind: AccountKind, account: String) in
            occurrences[[kind.rawValue, account], default: 0] += 1
            return occurrences[[kind.rawValue, account]] ?? 1
        }
        let users = roster.active.map { user in
            var account = ReviewedAccount(
                kind: .user, uid: user.uid, email: user.email, name: user.name, accountType: user.accountType,
                status: nil, firstSeen: .distantPast)
            account.occurrence = occurrence(.user, user.uid)
            return account
        }
        return users
            + roster.invited.map { invite in
                var account = ReviewedAccount(
                    kind: .invite, uid: "", email: invite.email, name: "", accountType: invite.accountType,
                    status: invite.status, firstSeen: .distantPast)
                account.occurrence = occurrence(.invite, EmailAddress.key(of: invite.email))
                return account
            }
    }
}
