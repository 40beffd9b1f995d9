import Domain
import Foundation
import Hashing
import Ledger
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
    /// Every account that was reviewed, in the order of the response, with its row key.
    let population: [(key: String, account: ReviewedAccount)]
    /// How the review was split, if it was.
    public let split: ReviewSplit?

    /// Searches for the folder: at the given path or, without one, beside the files and at the path in the ledger.
    ///
    /// - Parameter files: the completed files. The reviews of several workspaces share an id, so their rows decide
    ///   which folder is meant.
    /// - Throws: ``CommandFailure`` if the folder is not found, or has changed since it was written.
    public static func find(
        review: String, besides files: [FilledFile], given: String?, ledger: Ledger,
        console: Console
    ) throws -> ReviewedFolder {
        let known = try asCommandFailure { try ledger.reviews(named: review) }
        let beside = files.flatMap { EvidenceFolder.places(besides: $0.path) }
        let places = given.map { [$0] } ?? beside + known.map(\.folder)
        var seen: Set<String> = []
        let named = places.filter { place in
            seen.insert(URL(fileURLWithPath: place).standardizedFileURL.path).inserted
                && (try? EvidenceRecord(readingFrom: place))?.review == review
        }
        let found = named.count < 2 ? named.first : named.first { Self.holds(files, in: $0) } ?? named.first
        let name = Terminal.plain(review)
        guard let found else {
            throw CommandFailure(
                .nothingSent,
                "the evidence folder of review \(name) is not at \(Terminal.plain(places.first ?? ".", limit: 1000)); "
                    + "set its path with --evidence DIR; nothing was sent")
        }
        let folder = try ReviewedFolder(path: URL(fileURLWithPath: found).standardizedFileURL.path)
        let workspace = WorkspaceIdentity.name(formerly: folder.record.workspace)
        let written = known.filter { $0.workspace == workspace }
        if written.isEmpty {
            console.warn(
                "Review \(name) is not in this ledger: \(Terminal.plain(found, limit: 1000)) was written with another "
                    + "ledger or on another machine. Compare the SHA-256 of its \(Manifest.name), "
                    + "\(folder.manifestSHA256), with the one that you noted when the review was exported.")
        } else if !written.contains(where: { $0.manifestSHA256 == folder.manifestSHA256 }) {
            throw CommandFailure(
                .nothingSent,
                "\(Terminal.plain(found, limit: 1000)) is not the folder that was exported for review \(name), or its "
                    + "\(Manifest.name) was changed; nothing was sent")
        }
        return folder
    }

    /// Whether any row of the files is an account of a folder.
    private static func holds(_ files: [FilledFile], in folder: String) -> Bool {
        guard let reviewed = try? ReviewedFolder(path: folder) else { return false }
        let keys = Set(reviewed.population.map(\.key))
        return files.contains { $0.rows.contains { keys.contains($0[.rowKey]) } }
    }

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
        guard let sums = OrdinaryFile.bytes(at: path + "/" + Manifest.name),
            let manifest = Manifest(text: String(decoding: sums, as: UTF8.self))
        else { throw CommandFailure(.nothingSent, "\(name) has no \(Manifest.name), so it is not an evidence folder") }
        manifestSHA256 = SHA256Text.of(sums)
        record = try RecordJSON.decode(EvidenceRecord.self, from: intact(EvidenceRecord.name, manifest))
        guard record.schemaVersion <= EvidenceRecord.schemaVersion else {
            throw CommandFailure(.nothingSent, "\(name) was written by a newer version of rollcall; use that version")
        }
        let answer = try intact(EvidenceFolder.answerName, manifest)
        guard let roster = Self.roster(of: answer) else {
            throw CommandFailure(.nothingSent, "\(name)/\(EvidenceFolder.answerName) is not a response of listUsers")
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

    /// The accounts of a raw response; nil if it is none of listUsers.
    static func roster(of answer: Data) -> Roster? { try? Listing(decoding: answer).population.roster }

    /// Every account that was reviewed, in the order of the response.
    public var accounts: some Collection<ReviewedAccount> { population.lazy.map(\.account) }

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
