import Foundation

/// The properties of a run that are fixed when it begins.
public struct RunHeader: Hashable, Sendable {
    /// The kind of a run.
    public enum Kind: RawRepresentable, Hashable, Sendable, CaseIterable {
        /// All rows request the same kind of change.
        case change(WorkspaceChange.Kind)
        /// The decisions of a review, or a saved plan.
        case apply
        /// Everything that makes the workspace match a list.
        case sync

        /// Every kind of change, `apply` and `sync`.
        public static let allCases = WorkspaceChange.Kind.allCases.map(Kind.change) + [.apply, .sync]

        /// The name of the kind in the ledger: that of the change, `apply` or `sync`.
        public var rawValue: String {
            switch self {
            case .change(let kind): kind.rawValue
            case .apply: "apply"
            case .sync: "sync"
            }
        }

        /// Reads the name in the ledger; nil for a kind that only a newer version may know.
        public init?(rawValue: String) {
            guard let kind = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
            self = kind
        }
    }

    /// The kind of the run.
    public var kind: Kind
    /// The workspace: the host of the endpoint and, if known, the uid of the workspace; `sandbox` for the sandbox.
    public var workspace: String
    /// The path of the input as given on the command line, `-` for standard input.
    public var input: String
    /// A part of the name of the results file, if the rows of the input went to several workspaces; otherwise nil.
    public var part: String?
    /// The SHA-256 of the input, 64 hexadecimal characters; set when the input has been read.
    public var inputSHA256: String
    /// The program's version.
    public var version: String

    /// The run whose failed rows this one re-sends.
    public var retryOf: Int64?
    /// The review whose decisions this run applies, as a JSON object; nil if there is none.
    public var review: String?
    /// The folder that the paths are relative to; nil for runs of versions that did not store it.
    public var directory: String?
    /// The absolute paths of the results files; empty for runs of versions that did not store them.
    public var results: [String]

    /// The safety limits that were confirmed, as a JSON object; nil for runs of versions that did not store them.
    public var limits: String?

    /// Creates a run header.
    public init(
        kind: Kind, workspace: String, input: String, part: String? = nil, inputSHA256: String = "", version: String,
        retryOf: Int64? = nil, review: String? = nil, directory: String? = nil, results: [String] = [],
        limits: String? = nil
    ) {
        self.kind = kind
        self.workspace = workspace
        self.input = input
        self.part = part
        self.inputSHA256 = inputSHA256
        self.version = version
        self.retryOf = retryOf
        self.review = review
        self.directory = directory
        self.results = results
        self.limits = limits
    }
}

/// The state of a run.
public enum RunState: String, Sendable, CaseIterable {
    /// Its rows are being read and checked; nothing has been sent.
    case planning
    /// It was confirmed and is sending now.
    case running
    /// Its process died while it was sending. Never stored, because a dead process writes nothing.
    case crashed
    /// Every row was processed.
    case finished
    /// The number of rows that a trial requested was sent; the others are left.
    case paused
    /// The user pressed Ctrl-C.
    case interrupted
    /// The user cancelled the rows that were left; it cannot be resumed.
    case abandoned
    /// The program ended it: wrong credentials, an unreachable endpoint, a full disk.
    case stopped
}

/// One run, as `rollcall runs` lists it.
public struct RunRecord: Hashable, Sendable {
    /// The run's number in its ledger, from 1.
    public var number: Int64
    /// Six letters and digits, unique across ledgers.
    public var id: String
    /// The properties that were fixed when it began.
    public var header: RunHeader
    /// The state of the run.
    public var state: RunState
    /// When it was confirmed.
    public var startedAt: Date
    /// When it ended; nil while it is running, and if its process died.
    public var finishedAt: Date?
    /// The number of rows with each outcome; rows still to be sent count as not sent.
    public var counts: [Outcome.Kind: Int]
    /// How a listing after the run compares with the outcomes; nil if there was none.
    public var check: Check?

    /// How a listing after the run compares with the outcomes.
    public struct Check: Hashable, Sendable {
        /// The snapshot that the outcomes were compared with.
        public var snapshot: Int64
        /// The number of rows whose outcome it confirmed.
        public var confirmed: Int
        /// The number of rows whose outcome it contradicted.
        public var contradicted: Int

        /// Creates a check.
        public init(snapshot: Int64, confirmed: Int, contradicted: Int) {
            self.snapshot = snapshot
            self.confirmed = confirmed
            self.contradicted = contradicted
        }
    }

    /// Creates a run record.
    public init(
        number: Int64, id: String = "", header: RunHeader, state: RunState, startedAt: Date, finishedAt: Date?,
        counts: [Outcome.Kind: Int], check: Check? = nil
    ) {
        self.number = number
        self.id = id
        self.header = header
        self.state = state
        self.startedAt = startedAt
        self.finishedAt = finishedAt
        self.counts = counts
        self.check = check
    }

    /// The number of rows in the input.
    public var total: Int { counts.values.reduce(0, +) }

    /// Whether it has rows that the user has to check.
    public var needsAttention: Bool { counts.contains { $0.key.needsAttention && $0.value > 0 } }

    /// The number of rows that a resume would process.
    public var left: Int { state == .abandoned ? 0 : (counts[.notSent] ?? 0) + (counts[.unknown] ?? 0) }

    /// The run in commands, with its id so that it cannot be confused with a run of another ledger: `3-k7m2pq`.
    public var reference: String { id.isEmpty ? "\(number)" : "\(number)-\(id)" }
}

/// One row with its outcome: a row of the results file.
public struct ResultRow: Hashable, Sendable {
    /// The line of the input on which the row begins.
    public var line: Int
    /// The requested change; nil if the decision of a review requires none.
    public var kind: WorkspaceChange.Kind?
    /// The address as written in the input.
    public var email: String
    /// The uid of the user; empty for an invitation.
    public var uid: String
    /// In the API's spelling, or as written in the input if it is not a type.
    public var accountType: String
    /// The type of the active user when the plan was made; nil for an invitation.
    public var before: AccountType?
    /// The decision that the row comes from, in a completed review.
    public var decision: RecordedDecision?
    /// The final result of the row.
    public var outcome: Outcome
    /// The number of requests.
    public var attempts: Int
    /// When the first attempt began.
    public var startedAt: Date?
    /// When the last attempt ended.
    public var finishedAt: Date?
    /// How a listing after the run compares with the outcome; nil if there was none.
    public var verified: Verification?

    /// Creates a result row.
    public init(
        line: Int, kind: WorkspaceChange.Kind?, email: String, uid: String, accountType: String,
        before: AccountType? = nil, decision: RecordedDecision? = nil, outcome: Outcome, attempts: Int,
        startedAt: Date?, finishedAt: Date?, verified: Verification? = nil
    ) {
        self.line = line
        self.kind = kind
        self.email = email
        self.uid = uid
        self.accountType = accountType
        self.before = before
        self.decision = decision
        self.outcome = outcome
        self.attempts = attempts
        self.startedAt = startedAt
        self.finishedAt = finishedAt
        self.verified = verified
    }
}

/// The counts of a plan.
public struct PlanSummary: Hashable, Sendable {
    /// The number of rows in the input.
    public var rows = 0
    /// Rows to send, including re-sent invitations.
    public var toSend = 0
    /// Rows that re-send an expired invitation.
    public var again = 0
    /// Rows with nothing to do, by reason.
    public var skipped: [Ground: Int] = [:]
    /// Rows that cannot be carried out, by reason.
    public var rejected: [Ground: Int] = [:]
    /// Rows to send, by kind of change and account type; removals have the empty type.
    public var sends: [WorkspaceChange.Kind: [AccountType: Int]] = [:]

    /// An empty plan.
    public init() {}

    /// The number of rows that request a kind of change.
    public func count(of kind: WorkspaceChange.Kind) -> Int { (sends[kind] ?? [:]).values.reduce(0, +) }

    /// The number of rows that take access away altogether.
    public var removals: Int { WorkspaceChange.Kind.allCases.filter(\.takesAccessAway).map(count).reduce(0, +) }
}
