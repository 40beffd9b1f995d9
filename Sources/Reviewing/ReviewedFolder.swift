import Domain
import Foundation
import Hashing
import Planning
import Populations
import Reports
import TerminalIO
import WorkspaceAPI

/// The evidence folder of the review that completed files belong to. It defines the reviewed accounts.
public struct ReviewedFolder {
    /// The absolute path.
    public let path: String
    /// The content of `evidence.json`.
    public let record: EvidenceRecord
    /// The SHA-256 of `SHA256SUMS`, 64 hexadecimal characters.
    public let manifestSHA256: String
    /// Every account that was reviewed, in the order of the response, with its row key; then those of the supplements.
    let population: [(key: String, account: ReviewedAccount)]
    /// The number of accounts in the review itself.
    private let reviewedCount: Int
    /// The supplements, in the order of their numbers.
    public let supplements: [SupplementRecord]
    /// How the review was split, if it was; with the reviewers of the supplements.
    public var split: ReviewSplit? { split(with: supplements.count) }
    /// The same, for the review and each supplement.
    private let splits: [ReviewSplit?]

    /// Reads a folder, and checks the required files against their hashes.
    ///
    /// - Throws: ``CommandFailure`` if it has changed since it was written, or was written by a newer version.
    public init(path: String) throws {
        self.path = path
        let name = Terminal.plain(path, limit: 1000)
        func intact(_ file: String, _ manifest: Manifest) throws -> Data {
            let data = OrdinaryFile.bytes(at: path + "/" + file)
            guard let data, manifest.entries.contains(where: { $0.file == file && $0.sha256 == SHA256Text.of(data) })
            else {
                throw CommandFailure(
                    .nothingSent, "\(name)/\(file) is missing, or was changed after it was written; nothing was sent")
            }
            return data
        }
        guard let manifest = Manifest(at: path + "/" + Manifest.name) else {
            throw CommandFailure(.nothingSent, "\(name) has no \(Manifest.name), so it is not an evidence folder")
        }
        manifestSHA256 = manifest.sha256
        record = try RecordJSON.decode(EvidenceRecord.self, from: intact(EvidenceRecord.name, manifest))
        guard record.schemaVersion <= EvidenceRecord.schemaVersion else {
            throw CommandFailure(.nothingSent, "\(name) was written by a newer version of rollcall; use that version")
        }
        let answer = try intact(EvidenceFolder.answerName, manifest)
        guard let roster = Self.roster(of: answer) else {
            throw CommandFailure(.nothingSent, "\(name)/\(EvidenceFolder.answerName) is not a response of listUsers")
        }
        let keys = RowKeys(review: record.review, answerSHA256: record.answerSHA256)
        var population = ReviewedAccount.all(in: roster).map { (key: keys.key(of: $0), account: $0) }
        let (review, sha256) = (record, manifest.sha256)
        let supplements = try SupplementRecord.Names.all(in: path).map { names in
            try Self.supplement(names, in: path, of: review, sha256)
        }
        reviewedCount = population.count
        for supplement in supplements { population += supplement.accounts }
        self.population = population
        self.supplements = supplements.map(\.record)
        let first: ReviewSplit?
        switch record.split?.by {
        case nil: first = nil
        case "accountType": first = ReviewSplit(.accountType)
        case "domain": first = ReviewSplit(.domain)
        default:
            let list = try intact(EvidenceFolder.assignmentsName, manifest)
            first = ReviewSplit(
                try ReviewSharing.rule(
                    list, name: EvidenceFolder.assignmentsName, parts: record.split?.parts.map(\.name)))
        }
        var splits = [first]
        for (record, accounts) in supplements {
            splits.append(splits[splits.count - 1]?.adding(Self.reviewers(record.reviewers ?? [:], of: accounts)))
        }
        self.splits = splits
    }

    /// How the review was split, with the reviewers of its first supplements.
    ///
    /// - Parameter count: the number of supplements.
    public func split(with count: Int) -> ReviewSplit? { splits[min(count, splits.count - 1)] }

    /// The accounts of the review and of its first supplements.
    func population(with count: Int) -> ArraySlice<(key: String, account: ReviewedAccount)> {
        population.prefix(reviewedCount + supplements.prefix(count).reduce(0) { $0 + $1.rowKeys.count })
    }

    /// The reviewers of a supplement, by address.
    static func reviewers(
        _ byKey: [String: String], of accounts: [(key: String, account: ReviewedAccount)]
    ) -> [(email: String, reviewer: String)] {
        accounts.compactMap { key, account in byKey[key].map { (account.email, $0) } }
    }

    /// Reads a supplement.
    private static func supplement(
        _ names: SupplementRecord.Names, in path: String, of review: EvidenceRecord, _ manifestSHA256: String
    ) throws -> (record: SupplementRecord, accounts: [(key: String, account: ReviewedAccount)]) {
        let bytes = try SealedFile.read(names.record, of: names.link.manifest, in: path)
        let record = try RecordJSON.decode(SupplementRecord.self, from: bytes)
        let answer = try SealedFile.read(names.answer, of: names.link.manifest, in: path)
        guard record.review == review.review, record.reviewManifestSHA256 == manifestSHA256,
            SHA256Text.of(answer) == record.answerSHA256, let roster = roster(of: answer)
        else { throw SealedFile.failure(names.record, in: path) }
        let keys = RowKeys(review: record.review, answerSHA256: record.answerSHA256)
        let added = Set(record.rowKeys)
        let accounts = ReviewedAccount.all(in: roster).map { (key: keys.key(of: $0), account: $0) }
            .filter { added.contains($0.key) }
        guard accounts.map(\.key) == record.rowKeys else { throw SealedFile.failure(names.record, in: path) }
        return (record, accounts)
    }

    /// The accounts of a raw response; nil if it is none of listUsers.
    static func roster(of answer: Data) -> Roster? { try? Listing(decoding: answer).population.roster }

    /// Reads the folder of an open review.
    ///
    /// - Throws: ``CommandFailure`` as ``init(path:)``, or if the review is closed, or a redacted copy.
    public init(ofOpenReviewAt path: String) throws {
        try self.init(path: URL(fileURLWithPath: path).standardizedFileURL.path)
        try Self.refuseCopy(self.path, "nothing was written")
        if let closing = try ClosingRecord.read(in: self.path) { throw closing.refusal("nothing was written") }
    }

    /// Refuses a folder to which something would be added, if it is a redacted copy: the original would lack it.
    ///
    /// - Parameter end: what the message ends with, such as "nothing was sent".
    public static func refuseCopy(_ folder: String, _ end: String) throws {
        guard RedactionRecord.isOne(folder) else { return }
        throw CommandFailure(
            .nothingSent, code: .inputInvalid,
            "\(Terminal.plain(folder, limit: 1000)) is a redacted copy of a review, without a part of its evidence; use the "
                + "original; \(end)")
    }

    /// The accounts of the review, and of the supplements that had been listed at a time.
    ///
    /// - Parameter time: UTC, ISO 8601.
    public func accounts(listedBy time: String) -> [ReviewedAccount] {
        let later = Set(supplements.filter { $0.takenAt > time }.flatMap(\.rowKeys))
        return population.filter { !later.contains($0.key) }.map(\.account)
    }

    /// The accounts that a supplement has added, with their row keys.
    public func accounts(of supplement: SupplementRecord) -> [(key: String, account: ReviewedAccount)] {
        let keys = Set(supplement.rowKeys)
        return population.filter { keys.contains($0.key) }
    }

    /// The account types that were privileged when the review was exported.
    public var privileged: PrivilegedTypes {
        record.privilegedTypes.map { PrivilegedTypes($0.map(AccountType.init(rawValue:))) } ?? .standard
    }

    /// The privileged account types, with those of a later listing that the review does not know.
    public func privileged(in roster: Roster) -> PrivilegedTypes {
        // By default, a type that nobody knows counts as privileged anyway.
        guard record.privilegedTypes != nil else { return privileged }
        let known = Set(
            (AccountType.known + population.map(\.account.accountType)).map { $0.rawValue.uppercased() })
        let later = Set(
            (roster.active.map(\.accountType) + roster.invited.map(\.accountType)).map { $0.rawValue.uppercased() })
        return privileged.union(PrivilegedTypes(later.subtracting(known).map(AccountType.init(rawValue:))))
    }

    /// Compares the files with the reviewed accounts.
    ///
    /// - Parameter rules: the rules for reading the files.
    /// - Returns: the decisions, the problems that refuse the files, and the rows that are filled in without a decision.
    public func match(
        _ files: [FilledFile], by rules: ReviewRules
    ) -> (decided: [DecidedAccount], problems: [ReviewProblem], halfFilled: [ReviewProblem]) {
        var match = ReviewMatch(
            review: record.review, rules: rules, population: population, part: split.map { $0.part(of:) })
        for file in files { for row in file.rows { match.take(row) } }
        let decided = match.finish()
        return (decided, match.problems, match.halfFilled)
    }
}

extension EvidenceRecord {
    /// Reads the record of a folder.
    public init(readingFrom folder: String) throws {
        guard let bytes = OrdinaryFile.bytes(at: folder + "/" + Self.name) else { throw CocoaError(.fileNoSuchFile) }
        self = try RecordJSON.decode(Self.self, from: bytes)
    }
}

extension ReviewedAccount {
    /// Every account of a response. Repeated accounts are numbered as in the ledger.
    static func all(in roster: Roster) -> [ReviewedAccount] {
        var occurrences: [AccountKind: [String: Int]] = [.user: [:], .invite: [:]]
        let occurrence = { (kind: AccountKind, account: String) in
            occurrences[kind]?[account, default: 0] += 1
            return occurrences[kind]?[account] ?? 1
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
