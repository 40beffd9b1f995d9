/// What follows about an account from earlier snapshots, and not from the response under review.
public struct AccountPast: Hashable, Sendable {
    /// An earlier state.
    public struct State: Hashable, Sendable {
        /// The number of the first snapshot with this state.
        public var first: Int64
        /// The number of the first snapshot without it.
        public var gone: Int64
        /// In the API's spelling.
        public var email: String
        /// The display name; empty for an invitation.
        public var name: String
        /// In the API's spelling.
        public var accountType: String
        /// The status of an invitation; empty for a user.
        public var status: String

        /// Creates a state.
        public init(first: Int64, gone: Int64, email: String, name: String, accountType: String, status: String) {
            self.first = first
            self.gone = gone
            self.email = email
            self.name = name
            self.accountType = accountType
            self.status = status
        }
    }

    /// The uid of a user, or the key of the address of an invitation.
    public var account: String
    /// 1, or more if the response lists the same account again.
    public var occurrence: Int
    /// The number of the first snapshot with the current state; 0 for an account that is gone.
    public var since: Int64
    /// The states before, in order.
    public var before: [State]
    /// The decision in the previous review; nil if there was none.
    public var decision: PreviousDecision?

    /// Creates the past of an account.
    public init(account: String, occurrence: Int, since: Int64, before: [State], decision: PreviousDecision? = nil) {
        self.account = account
        self.occurrence = occurrence
        self.since = since
        self.before = before
        self.decision = decision
    }
}

/// A review that knows where the history of its accounts comes from, so that an evidence folder can store it.
public protocol HistorySource: ReviewSource {
    /// Passes the past of every account of a kind to `body`: the accounts of the snapshot in the order of the review,
    /// then those of the previous review that are gone, without an account.
    func pasts(_ kind: AccountKind, _ body: (AccountPast, ReviewedAccount?) throws -> Void) throws
}
