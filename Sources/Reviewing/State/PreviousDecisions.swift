import Domain
import Foundation
import Ledger
import Reports

/// What the previous review decided about each account, for the reviewers of the next one.
struct PreviousDecisions {
    private var byUID: [String: PreviousDecision] = [:]
    private var byAddress: [String: PreviousDecision] = [:]
    /// When the previous review was closed, and the SHA-256 of its `closing.SHA256SUMS`; nil if it was not closed.
    private(set) var closing: EvidenceRecord.Closing?
    /// The last link of the previous review; nil if there was none, or its folder is gone or was changed.
    private(set) var lastLink: EvidenceRecord.Link?
    /// Why the decisions could not be read; nil if they could, or there was no previous review.
    private(set) var problem: String?

    /// No decisions.
    init() {}

    /// Reads the decisions of a review from its evidence folder; there are none if the folder is gone or was changed.
    init(of review: ReviewRecord?, in ledger: Ledger) {
        guard let review else { return }
        guard let state = try? ReviewState(at: review.folder, ledger: ledger),
            state.folder.manifestSHA256 == review.manifestSHA256
        else {
            problem =
                "The decisions of the previous review \(Terminal.plain(review.id)) are not shown, because its folder "
                + "\(Terminal.plain(review.folder, limit: 1000)) is gone or was changed."
            return
        }
        if let record = state.closing,
            let sha256 = Manifest.sha256(of: ClosingRecord.Names.manifest, in: review.folder)
        {
            closing = .init(closedAt: record.closedAt, manifestSHA256: sha256)
        }
        lastLink = EvidenceLink.all(in: review.folder).last.flatMap { link in
            Manifest.sha256(of: link.manifest, in: review.folder).map { .init(file: link.manifest, sha256: $0) }
        }
        for account in state.accounts {
            guard let decided = account.decided else { continue }
            let decidedAt = decided.decidedAt.nonEmpty ?? decided.appliedAt
            let previous = PreviousDecision(
                decision: decided.decision, reviewer: decided.reviewer,
                decidedAt: Timestamp.startOfDay(String(decidedAt.prefix(10))),
                exceptionUntil: Timestamp.startOfDay(decided.exceptionUntil))
            let address = EmailAddress.key(of: account.account.email)
            if account.account.kind == .user {
                byUID[account.account.uid] = previous
                // A revoked person may come back under another uid.
                byAddress["user " + address] = previous
            } else {
                byAddress["invite " + address] = previous
            }
        }
    }

    /// The previous decision about an account; nil if there was none.
    func decision(about account: ReviewedAccount) -> PreviousDecision? {
        let address = EmailAddress.key(of: account.email)
        return account.kind == .user
            ? byUID[account.uid] ?? byAddress["user " + address] ?? byAddress["invite " + address]
            : byAddress["invite " + address] ?? byAddress["user " + address]
    }
}

/// A review in which every account has its previous decision, and every time is as in the records of the review.
public struct ReviewWithHistory<Source: HistorySource>: HistorySource {
    let source: Source
    let decision: (ReviewedAccount) -> PreviousDecision?

    /// Adds the decisions that a function finds to a review.
    public init(_ source: Source, decision: @escaping (ReviewedAccount) -> PreviousDecision?) {
        self.source = source
        self.decision = decision
    }

    /// The snapshot under review.
    public var snapshot: Snapshot { source.snapshot.asRecorded }
    /// The previous review.
    public var previous: ReviewRecord? { source.previous?.asRecorded }

    /// The number of accounts of a kind by account type.
    public func counts(of kind: AccountKind) throws -> [(type: AccountType, count: Int)] { try source.counts(of: kind) }
    /// The number of invitations by status.
    public func statuses() throws -> [(status: InviteStatus, count: Int)] { try source.statuses() }
    /// The number of changes of each kind.
    public func changeCounts() throws -> [AccountChange: Int] { try source.changeCounts() }
    /// Passes every change to `body`.
    public func changes(_ body: (RosterChange) throws -> Void) throws { try source.changes(body) }

    /// Passes every account of a kind to `body`.
    public func accounts(_ kind: AccountKind, _ body: (ReviewedAccount) throws -> Void) throws {
        try source.accounts(kind) { account in
            var account = account.asRecorded
            account.previousDecision = decision(account)
            try body(account)
        }
    }

    /// Passes the past of every account of a kind to `body`.
    public func pasts(_ kind: AccountKind, _ body: (AccountPast, ReviewedAccount?) throws -> Void) throws {
        try source.pasts(kind) { past, account in
            var past = past
            past.decision = account.flatMap(decision)
            try body(past, account)
        }
    }
}
