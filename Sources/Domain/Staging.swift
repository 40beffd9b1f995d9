/// Why a row is not sent, as the plan counts them.
public enum Ground: String, Sendable, CaseIterable {
    case malformedRow = "malformed row"
    case invalidEmail = "not an email address"
    case missingAccountType = "no account type"
    case unknownAccountType = "unknown account type"
    case contradiction = "contradicts another row"
    case duplicate = "same row a second time"
    case alreadyActive = "already active"
    case alreadyInvited = "already invited"
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

/// An input row on its way into a plan.
public struct StagedRow: Hashable, Sendable {
    /// What the row's cells came to.
    public enum Content: Hashable, Sendable {
        /// An operation that may be sent, if the rest of the file and the workspace allow it.
        case operation(Operation)
        /// Cells that make no operation, as they were written.
        case unusable(email: String, accountType: String, problems: [RowProblem])
    }

    /// The line of the file on which the row begins.
    public var line: Int
    /// The field that holds the address, to point at.
    public var emailColumn: Int?
    /// What the row's cells came to.
    public var content: Content

    /// Takes a row.
    public init(line: Int, emailColumn: Int?, content: Content) {
        self.line = line
        self.emailColumn = emailColumn
        self.content = content
    }
}

/// A row that would be sent, with what else is known about its address.
public struct Candidate: Hashable, Sendable {
    /// What the row asks for.
    public var email: EmailAddress
    /// As which type.
    public var accountType: AccountType
    /// The first row with the same address, where that is another row.
    public var firstLine: Int?
    /// The first row that asks for the same address with another type.
    public var contradiction: Contradiction?
    /// How the address stands in the workspace.
    public var standing: Standing

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
        email: EmailAddress, accountType: AccountType, firstLine: Int?, contradiction: Contradiction?,
        standing: Standing
    ) {
        self.email = email
        self.accountType = accountType
        self.firstLine = firstLine
        self.contradiction = contradiction
        self.standing = standing
    }
}

/// What a plan says about a row.
public enum Decision: Hashable, Sendable {
    /// It is sent; `again` where an expired invite is sent a second time.
    case send(again: Bool)
    /// There is nothing to do.
    case skip(Ground, reason: String)
    /// It cannot be carried out.
    case reject(Ground, reason: String)
}
