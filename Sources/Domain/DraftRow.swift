/// Why a row is not sent; a plan counts its rows by these.
public enum Ground: String, Sendable, CaseIterable {
    case malformedRow = "malformed row"
    case invalidEmail = "not an email address"
    case missingAccountType = "no account type"
    case unknownAccountType = "unknown account type"
    case nobodyNamed = "neither address nor uid"
    case notActive = "not an active user"
    case severalUsers = "address of several users"
    case twoPeople = "uid and address of two people"
    case contradiction = "contradicts another row"
    case impossibleDecision = "decision that cannot be carried out"
    case byHand = "to be done by hand"
    case duplicate = "same row a second time"
    case alreadyActive = "already active"
    case alreadyInvited = "already invited"
    case unanswered = "sent by an earlier run, without a certain answer"
    case sameType = "has that account type already"
    case movedOn = "changed since the review"
    case nothingToDo = "access stays"
    case undecided = "not decided"
    case leftOut = "left out by a column of the list"
    case otherSection = "in another section of the list"
    case repeatedHeader = "repeated header"
    case listUnclear = "not in a list with rows that cannot be used"
}

/// Something wrong in one field of a row.
public struct RowProblem: Hashable, Sendable {
    /// The severity.
    public var severity: Diagnostic.Severity
    /// The field, counted from 1; nil for the whole row.
    public var column: Int?
    /// The kind of problem.
    public var ground: Ground
    /// One sentence.
    public var message: String

    /// Creates a row problem.
    public init(_ severity: Diagnostic.Severity = .error, column: Int?, ground: Ground, message: String) {
        self.severity = severity
        self.column = column
        self.ground = ground
        self.message = message
    }
}

/// What a row says about an account, as written in the file.
public struct RowText: Hashable, Sendable {
    /// The address.
    public var email: String
    /// The account's uid.
    public var uid: String
    /// The requested account type.
    public var accountType: String

    /// Creates the text of a row.
    public init(email: String, uid: String = "", accountType: String) {
        self.email = email
        self.uid = uid
        self.accountType = accountType
    }
}

/// An input row before it enters the plan.
public struct DraftRow: Hashable, Sendable {
    /// The result of reading the row's cells.
    public enum Content: Hashable, Sendable {
        /// An invitation that may be sent, if the rest of the file and the workspace allow it.
        case invite(EmailAddress, AccountType)
        /// A change to an active user, with the user as listed when the plan was made.
        case change(WorkspaceChange, of: ActiveUser)
        /// Cells that decide the row without further checks.
        case settled(RowText, Disposition)
        /// Cells that do not make an operation.
        case unusable(RowText, problems: [RowProblem])
    }

    /// The line of the file on which the row begins; 0 for an account that the list of a `sync` does not name.
    public var line: Int
    /// The field that contains the address; messages point to it.
    public var emailColumn: Int?
    /// The requested change; nil if the decision of a review requires none.
    public var kind: WorkspaceChange.Kind?
    /// The result of reading the row's cells.
    public var content: Content
    /// The decision that the row comes from, in a completed review.
    public var decision: RecordedDecision?

    /// Whether its only problem is an unknown account type.
    public var lacksOnlyType: Bool {
        guard case .unusable(_, let problems) = content else { return false }
        return problems.allSatisfy { $0.ground == .unknownAccountType }
    }

    /// Creates a draft row.
    public init(
        line: Int, emailColumn: Int?, kind: WorkspaceChange.Kind? = .invite, content: Content,
        decision: RecordedDecision? = nil
    ) {
        self.line = line
        self.emailColumn = emailColumn
        self.kind = kind
        self.content = content
        self.decision = decision
    }
}

/// A row that would be sent, with what else is known about its account.
public struct Candidate: Hashable, Sendable {
    /// The requested change.
    public var operation: WorkspaceChange
    /// The address, as written in the file or as listed by the workspace.
    public var email: String
    /// The first other row about the same account; nil if there is none.
    public var firstLine: Int?
    /// The first row that requests another type for the same account.
    public var contradiction: Contradiction?
    /// The state of the account in the workspace.
    public var standing: Standing
    /// A row of an earlier run about the same account, which the workspace may not show yet.
    public var earlier: EarlierRow?

    /// A row that requests something else.
    public struct Contradiction: Hashable, Sendable {
        /// The line of the other row.
        public var line: Int
        /// The account type that the other row requests.
        public var accountType: AccountType

        /// Creates a contradiction.
        public init(line: Int, accountType: AccountType) {
            self.line = line
            self.accountType = accountType
        }
    }

    /// Creates a candidate.
    public init(
        operation: WorkspaceChange, email: String, firstLine: Int?, contradiction: Contradiction?, standing: Standing,
        earlier: EarlierRow? = nil
    ) {
        self.operation = operation
        self.email = email
        self.firstLine = firstLine
        self.contradiction = contradiction
        self.standing = standing
        self.earlier = earlier
    }
}

/// A row of another run about the same account.
public struct EarlierRow: Hashable, Sendable {
    /// The run.
    public var run: Int64
    /// Whether the response was `ok: true`, so recently that a listing may not show it yet; otherwise the row is
    /// unconfirmed.
    public var succeeded: Bool

    /// Creates an earlier row.
    public init(run: Int64, succeeded: Bool) {
        self.run = run
        self.succeeded = succeeded
    }
}

/// What a plan says about a row.
public enum Disposition: Hashable, Sendable {
    /// It is sent; `again` if it re-sends an expired invitation.
    case send(again: Bool)
    /// There is nothing to do.
    case skip(Ground, reason: String)
    /// It cannot be carried out.
    case reject(Ground, reason: String)
}
