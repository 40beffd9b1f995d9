/// Why a row is not sent, as the plan counts them.
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
}

/// Something wrong in one field of a row.
public struct RowProblem: Hashable, Sendable {
    /// How bad it is.
    public var severity: Diagnostic.Severity
    /// The field, counted from 1; nil for the row as a whole.
    public var column: Int?
    /// The kind of problem.
    public var ground: Ground
    /// One sentence.
    public var message: String

    /// Takes a problem.
    public init(_ severity: Diagnostic.Severity = .error, column: Int?, ground: Ground, message: String) {
        self.severity = severity
        self.column = column
        self.ground = ground
        self.message = message
    }
}

/// What a row says about an account, as it was written.
public struct RowText: Hashable, Sendable {
    /// The address.
    public var email: String
    /// The account's uid.
    public var uid: String
    /// What is asked for.
    public var accountType: String

    /// Takes the cells.
    public init(email: String, uid: String = "", accountType: String) {
        self.email = email
        self.uid = uid
        self.accountType = accountType
    }
}

/// An input row on its way into a plan.
public struct DraftRow: Hashable, Sendable {
    /// What the row's cells came to.
    public enum Content: Hashable, Sendable {
        /// An invite that may be sent, if the rest of the file and the workspace allow it.
        case invite(EmailAddress, AccountType)
        /// A change to an active user, as the workspace shows that user while the plan is made.
        case change(WorkspaceChange, of: ActiveUser)
        /// Cells that need no further look.
        case settled(RowText, Disposition)
        /// Cells that make no operation.
        case unusable(RowText, problems: [RowProblem])
    }

    /// The line of the file on which the row begins.
    public var line: Int
    /// The field that holds the address, to point at.
    public var emailColumn: Int?
    /// What is asked for; nil where a review asks for nothing.
    public var kind: WorkspaceChange.Kind?
    /// What the row's cells came to.
    public var content: Content
    /// The decision that the row comes from, in a filled-in review.
    public var decision: RecordedDecision?

    /// Whether nothing is wrong with it but the word for its account type.
    public var lacksOnlyType: Bool {
        guard case .unusable(_, let problems) = content else { return false }
        return problems.allSatisfy { $0.ground == .unknownAccountType }
    }

    /// Takes a row.
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
    /// What the row asks for.
    public var operation: WorkspaceChange
    /// The address, as it was written or as the workspace has it.
    public var email: String
    /// The first row about the same account, where that is another row.
    public var firstLine: Int?
    /// The first row that asks for the same account with another type.
    public var contradiction: Contradiction?
    /// How the account stands in the workspace.
    public var standing: Standing
    /// What an earlier run did about the same account that the workspace may not show yet.
    public var earlier: EarlierRow?

    /// A row that asks for something else.
    public struct Contradiction: Hashable, Sendable {
        /// Where it is.
        public var line: Int
        /// What it asks for.
        public var accountType: AccountType

        /// Takes a row's place and wish.
        public init(line: Int, accountType: AccountType) {
            self.line = line
            self.accountType = accountType
        }
    }

    /// Takes what is known.
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
    /// Whether it was answered `ok: true`, so recently that a listing may lag behind it; otherwise it has no certain
    /// answer.
    public var succeeded: Bool

    /// Takes a row.
    public init(run: Int64, succeeded: Bool) {
        self.run = run
        self.succeeded = succeeded
    }
}

/// What a plan says about a row.
public enum Disposition: Hashable, Sendable {
    /// It is sent; `again` where an expired invite is sent a second time.
    case send(again: Bool)
    /// There is nothing to do.
    case skip(Ground, reason: String)
    /// It cannot be carried out.
    case reject(Ground, reason: String)
}
