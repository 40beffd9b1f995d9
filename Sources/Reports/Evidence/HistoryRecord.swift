import Domain
import Foundation

/// `history.json`: everything that the reports of a review depend on and that follows neither from the raw response nor
/// from `evidence.json`. With it, the reports can be written again without the ledger.
public struct HistoryRecord: Decodable, Sendable {
    /// The name of the file in an evidence folder.
    public static let name = "history.json"
    /// Increased when a member changes its meaning or is removed.
    public static let schemaVersion = 1

    /// A snapshot of the workspace.
    public struct Listing: Codable, Sendable {
        /// The number in the ledger.
        public var number: Int64
        /// When the request was sent; UTC, ISO 8601.
        public var requestedAt: String
        /// When the response was complete.
        public var takenAt: String
        /// The number of active users.
        public var users: Int
        /// The number of invitations.
        public var invites: Int
        /// The SHA-256 of the response, 64 hexadecimal characters.
        public var answerSHA256: String
    }

    /// An earlier review of the workspace.
    public struct Review: Codable, Sendable {
        /// The id.
        public var id: String
        /// The number of the snapshot.
        public var snapshot: Int64
        /// When its listing was complete; UTC, ISO 8601.
        public var takenAt: String
        /// The SHA-256 of its `SHA256SUMS`, 64 hexadecimal characters.
        public var manifestSHA256: String
    }

    /// A decision of the previous review, which usually counts for many accounts.
    public struct Decided: Codable, Sendable {
        /// The decision.
        public var decision: String
        /// Who decided.
        public var reviewer: String
        /// When; UTC, ISO 8601.
        public var decidedAt: String?
        /// The last day of an exception.
        public var exceptionUntil: String?
    }

    /// An account whose history differs from what is stated for all accounts.
    public struct Account: Decodable, Sendable {
        /// The uid of a user, or the key of the address of an invitation.
        public var account: String
        /// 2 or more if the response lists the account again.
        public var occurrence: Int?
        /// The number of the first snapshot with its current state; 0 if it is gone.
        public var since: Int64?
        /// The number of its previous decision in ``HistoryRecord/decisions``, from 1; 0 for none.
        public var decision: Int?
        /// Its earlier states.
        public var before: [State]?
    }

    /// An earlier state of an account.
    public struct State: Codable, Sendable {
        /// The first snapshot with this state, and the first one without it.
        public var first, gone: Int64
        /// In the API's spelling.
        public var email, name, accountType, status: String
    }

    /// The version of the format.
    public var schemaVersion: Int
    /// The id of the review.
    public var review: String
    /// The period.
    public var period: String
    /// The workspace.
    public var workspace: String
    /// How the previous review was closed; nil if it was not, or there was none.
    public var previousClosing: EvidenceRecord.Closing?
    /// The last link of the previous review; nil in records of versions without it, and if the folder was not readable.
    public var previousLink: EvidenceRecord.Link?
    /// The company's own domains.
    public var domains: [String]
    /// The privileged types that were named; nil for the default.
    public var privilegedTypes: [String]?
    /// The warnings for readers of the reports.
    public var warnings: [String]
    /// The formats of the reports, in their order.
    public var formats: [String]
    /// The formats of other products.
    public var interchanges: [String]
    /// Whether the CSV file starts with a byte order mark.
    public var byteOrderMark: Bool
    /// The names of the custom templates.
    public var templates: [String]
    /// The libraries on which the bytes of the reports depend.
    public var libraries: [String]
    /// Every snapshot of the workspace, the one under review last.
    public var snapshots: [Listing]
    /// Every earlier review, the previous one last.
    public var reviews: [Review]
    /// The different decisions of the previous review.
    public var decisions: [Decided]
    /// Since which snapshot an account is in its current state, unless it says so itself.
    public var since: Int64
    /// The decision of an account, unless it says so itself; 0 for none.
    public var decision: Int
    /// What the accounts were compared with; nil if they were not compared with the company's own list.
    public var people: PeopleRecord?
    /// How the audit log was read; nil if no log was read.
    public var activity: ActivityRecord?
    /// Users with another history.
    public var users: [Account]
    /// Invitations with another history.
    public var invites: [Account]

    /// The libraries of this program on which the bytes of reports depend.
    public static var libraries: [String] { ["libxlsxwriter \(WorkbookLibrary.version)"] }

    /// Reads the record of a folder.
    ///
    /// - Parameter name: the name of the file.
    /// - Throws: errors of reading or decoding the file.
    public init(readingFrom folder: String, _ name: String = Self.name) throws {
        guard let bytes = OrdinaryFile.bytes(at: folder + "/" + name) else { throw CocoaError(.fileNoSuchFile) }
        self = try RecordJSON.decode(Self.self, from: bytes)
    }

    /// Describes the accounts as the record of a ledger has them.
    public func pasts(_ kind: AccountKind) -> [AccountPast] {
        (kind == .user ? users : invites).map { account in
            AccountPast(
                account: account.account, occurrence: account.occurrence ?? 1, since: account.since ?? since,
                before: (account.before ?? []).map { state in
                    AccountPast.State(
                        first: state.first, gone: state.gone, email: state.email, name: state.name,
                        accountType: state.accountType, status: state.status)
                }, decision: previousDecision(account.decision ?? decision))
        }
    }

    /// The decision with a number; nil for 0 and for a number that does not occur.
    public func previousDecision(_ number: Int) -> PreviousDecision? {
        guard decisions.indices.contains(number - 1) else { return nil }
        let decided = decisions[number - 1]
        return Decision(rawValue: decided.decision).map { decision in
            PreviousDecision(
                decision: decision, reviewer: decided.reviewer,
                decidedAt: decided.decidedAt.flatMap(Timestamp.startOfDay),
                exceptionUntil: decided.exceptionUntil.flatMap(Timestamp.startOfDay))
        }
    }
}
