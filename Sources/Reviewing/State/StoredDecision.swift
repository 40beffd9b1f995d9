import Domain
import Foundation
import Hashing
import Readers
import Reports
import TerminalIO

/// A decision about one account and its result, as a remediation has stored them.
struct StoredDecision {
    /// The decision; nil for *Not reviewed*.
    var decision: Decision?
    /// The new account type, for a change of role.
    var newAccountType: String
    /// Who decided, as written in the file.
    var reviewer: String
    /// Why, as written in the file.
    var justification: String
    /// The ticket, as written in the file.
    var ticket: String
    /// The last day of an exception, as written in the file.
    var exceptionUntil: String
    /// When it was decided; empty in remediations of versions that do not say it.
    var decidedAt: String
    /// The file and the sheet.
    var place: String
    /// The requested change; nil if the decision requires none.
    var operation: WorkspaceChange.Kind?
    /// The result.
    var outcome: Outcome.Kind
    /// The reason for the result.
    var reason: String
    /// How the listing after the run compares with the result.
    var verified: Verification?
    /// The uid that was confirmed to be the same person; empty for the reviewed uid.
    var currentUID: String
    /// The run that has applied it.
    var run: Int64
    /// When that run started; UTC, ISO 8601.
    var appliedAt: String
}

/// The user or the invitation that an account is, whatever its state.
struct AccountSubject: Hashable {
    private let kind: AccountKind
    private let name: String

    init(_ account: ReviewedAccount) {
        kind = account.kind
        name = account.kind == .user ? account.uid : EmailAddress.key(of: account.email)
    }
}

/// Which account a stored row is about, if the remediation is of a version that stored no row keys.
struct AccountIdentity: Hashable {
    var kind: String
    var uid: String
    var email: String
    var accountType: String
    var status: String

    /// The identity of a reviewed account, in the form that files have it.
    init(_ account: ReviewedAccount) {
        kind = account.kind.rawValue
        uid = FileText.held(account.uid)
        email = EmailAddress.key(of: FileText.held(account.email))
        accountType = FileText.held(account.accountType.rawValue)
        status = FileText.held(account.status?.rawValue ?? "")
    }

    /// The identity in a row of a remediation.
    init(_ cell: (String) -> String) {
        kind = cell("kind")
        uid = cell("uid")
        email = EmailAddress.key(of: cell("email"))
        accountType = cell("accountType")
        status = cell("status")
    }
}

/// One remediation of an evidence folder: decisions that were handed in, with their results.
public struct HandIn {
    /// Its file names.
    public let names: RemediationRecord.Names
    /// Its record.
    public let record: RemediationRecord

    /// Every remediation of a folder, in the order in which they were made.
    ///
    /// - Throws: ``CommandFailure`` if a record was changed after it was written.
    static func all(in folder: String) throws -> [HandIn] {
        try RemediationRecord.Names.all(in: folder).map { names in
            let bytes = try SealedFile.read(names.record, of: names.manifest, in: folder)
            return HandIn(names: names, record: try RecordJSON.decode(RemediationRecord.self, from: bytes))
        }.sorted { $0.names.number < $1.names.number }
    }

    /// Passes every decision to `body`, in the order of the completed files.
    ///
    /// - Throws: ``CommandFailure`` if the report was changed after it was written.
    func decisions(in folder: String, _ body: (_ key: String, AccountIdentity, StoredDecision) -> Void) throws {
        let name = names.report(.csv)
        try SealedFile.check(name, of: names.manifest, in: folder)
        var columns: [String: Int]?
        let isRead = CSVReadBack.rows(of: folder + "/" + name) { row in
            guard let columns else {
                return columns = Dictionary(
                    row.cells.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
            }
            let cell = { (name: String) in columns[name].map { FileText.held(row[$0]) } ?? "" }
            body(
                cell("rowKey"), AccountIdentity(cell),
                StoredDecision(
                    decision: Decision(rawValue: cell("decision")), newAccountType: cell("newAccountType"),
                    reviewer: cell("reviewer"), justification: cell("justification"),
                    ticket: cell("ticket"), exceptionUntil: cell("exceptionUntil"), decidedAt: cell("decidedAt"),
                    place: cell("place"),
                    operation: WorkspaceChange.Kind(rawValue: cell("operation")),
                    outcome: Outcome.Kind(rawValue: cell("outcome")) ?? .unknown, reason: cell("reason"),
                    verified: Verification(rawValue: cell("verified")), currentUID: cell("currentUid"), run: record.run,
                    appliedAt: record.startedAt))
        }
        guard isRead, columns != nil else { throw SealedFile.failure(name, in: folder) }
    }
}

/// A file of an evidence folder that is only read if it has the hash in its checksums.
enum SealedFile {
    /// Reads a file.
    ///
    /// - Parameter manifest: the name of the checksums that name the file.
    /// - Throws: ``CommandFailure`` if it is missing, or was changed after it was written.
    static func read(_ name: String, of manifest: String, in folder: String) throws -> Data {
        guard let data = OrdinaryFile.bytes(at: folder + "/" + name),
            hash(of: name, in: manifest, folder) == SHA256Text.of(data)
        else { throw failure(name, in: folder) }
        return data
    }

    /// Checks a file without keeping it in memory.
    ///
    /// - Throws: as ``read(_:of:in:)``.
    static func check(_ name: String, of manifest: String, in folder: String) throws {
        guard let sha256 = OrdinaryFile.sha256(at: folder + "/" + name), hash(of: name, in: manifest, folder) == sha256
        else { throw failure(name, in: folder) }
    }

    private static func hash(of name: String, in manifest: String, _ folder: String) -> String? {
        Manifest(at: folder + "/" + manifest, subfolder: EvidenceFolder.attachmentsName)?
            .entries.first { $0.file == name }?.sha256
    }

    static func failure(_ name: String, in folder: String) -> CommandFailure {
        CommandFailure(
            .nothingSent, code: .inputInvalid,
            "\(Terminal.plain(folder, limit: 1000))/\(Terminal.plain(name)) is missing, or was changed after it was "
                + "written; to see what was changed: rollcall verify \(ShellWord.path(folder))")
    }
}
