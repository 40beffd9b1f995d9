import Foundation

/// What a run is about, fixed when it begins.
public struct RunHeader: Hashable, Sendable {
    /// What a run is made of.
    public enum Kind: RawRepresentable, Hashable, Sendable, CaseIterable {
        /// Rows that all ask for the same change.
        case change(WorkspaceChange.Kind)
        /// The decisions of a review, or a plan that was saved.
        case apply

        /// Each change by itself, and `apply`.
        public static let allCases = WorkspaceChange.Kind.allCases.map(Kind.change) + [.apply]

        /// The word for it in the ledger: that of the change, or `apply`.
        public var rawValue: String {
            switch self {
            case .change(let kind): kind.rawValue
            case .apply: "apply"
            }
        }

        /// nil for a word that a newer version may know.
        public init?(rawValue: String) {
            guard let kind = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
            self = kind
        }
    }

    /// What the run is made of.
    public var kind: Kind
    /// Which workspace: the endpoint's host and, where it is known, the workspace's uid; `sandbox` for the sandbox.
    public var workspace: String
    /// The input's path as it was given, `-` for standard input.
    public var input: String
    /// What the results are called besides the input, where its rows went to several workspaces; nil where they did not.
    public var part: String?
    /// The SHA-256 of the input's bytes, 64 hexadecimal characters; filled in when the input has been read.
    public var inputSHA256: String
    /// The program's version.
    public var version: String

    /// The run whose failed rows this one sends again.
    public var retryOf: Int64?
    /// The review whose decisions this run carries out, as a JSON object; nil if it carries out none.
    public var review: String?
    /// The folder that the paths are relative to; nil for runs of versions that did not keep it.
    public var directory: String?
    /// Where the results are written, whole paths; none for runs of versions that did not keep them.
    public var results: [String]

    /// The safety limits that were agreed to, as a JSON object; nil for runs of versions that did not keep them.
    public var limits: String?

    /// Takes what is known.
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

/// Where a run is in its life.
public enum RunState: String, Sendable, CaseIterable {
    /// Its rows are being read and checked; nothing was sent.
    case planning
    /// It was confirmed and is sending now.
    case running
    /// It was sending when its process died. Never written down: a process that is gone writes nothing.
    case crashed
    /// Every row was seen to.
    case finished
    /// As many rows were sent as a trial asked for; the others are left.
    case paused
    /// Somebody pressed Ctrl-C.
    case interrupted
    /// Its user gave up the rows that were left; it cannot be resumed.
    case abandoned
    /// The program ended it: credentials, an endpoint that went away, a disk that is full.
    case stopped
}

/// One run as it is listed.
public struct RunRecord: Hashable, Sendable {
    /// The run's number in its ledger, from 1.
    public var number: Int64
    /// Six letters and digits that no run of another ledger has.
    public var id: String
    /// What it is about.
    public var header: RunHeader
    /// Where it is in its life.
    public var state: RunState
    /// When it was confirmed.
    public var startedAt: Date
    /// When it ended; nil while it runs or if its process died.
    public var finishedAt: Date?
    /// How many rows have which outcome; rows still to be sent count as not sent.
    public var counts: [Outcome.Kind: Int]
    /// What a listing after the run said about the outcomes; nil if none was asked for.
    public var check: Check?

    /// What a listing after the run said about the outcomes.
    public struct Check: Hashable, Sendable {
        /// The snapshot that the outcomes were compared with.
        public var snapshot: Int64
        /// Rows whose outcome it confirmed.
        public var confirmed: Int
        /// Rows whose outcome it contradicted.
        public var contradicted: Int

        /// Takes a check.
        public init(snapshot: Int64, confirmed: Int, contradicted: Int) {
            self.snapshot = snapshot
            self.confirmed = confirmed
            self.contradicted = contradicted
        }
    }

    /// Takes a record.
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

    /// All rows of the input.
    public var total: Int { counts.values.reduce(0, +) }

    /// Whether a row of it did not end well.
    public var needsAttention: Bool { counts.contains { $0.key.needsAttention && $0.value > 0 } }

    /// Rows that a resume would see to.
    public var left: Int { state == .abandoned ? 0 : (counts[.notSent] ?? 0) + (counts[.unknown] ?? 0) }

    /// How a command names the run so that it cannot be taken for a run of another ledger: `3-k7m2pq`.
    public var reference: String { id.isEmpty ? "\(number)" : "\(number)-\(id)" }
}

/// One row with its outcome: a line of the results file.
public struct ResultRow: Hashable, Sendable {
    /// The line of the input on which the row begins.
    public var line: Int
    /// What was asked for; nil where a review asks for nothing.
    public var kind: WorkspaceChange.Kind?
    /// As it was written.
    public var email: String
    /// Empty for an invite.
    public var uid: String
    /// As the API spells it, or as it was written where it is not a type.
    public var accountType: String
    /// What an active user had when the plan was made; nil for an invite.
    public var before: AccountType?
    /// The decision that the row comes from, in a filled-in review.
    public var decision: RecordedDecision?
    /// What became of it.
    public var outcome: Outcome
    /// The number of requests.
    public var attempts: Int
    /// When the first attempt began.
    public var startedAt: Date?
    /// When the last attempt ended.
    public var finishedAt: Date?
    /// What a listing after the run said about the outcome, where there was one.
    public var verified: Verification?

    /// Takes a row.
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

/// A plan in numbers.
public struct PlanSummary: Hashable, Sendable {
    /// All rows of the input.
    public var rows = 0
    /// Rows to send, the re-invites included.
    public var toSend = 0
    /// Rows that send an expired invite again.
    public var again = 0
    /// Rows with nothing to do, by reason.
    public var skipped: [Ground: Int] = [:]
    /// Rows that cannot be carried out, by reason.
    public var rejected: [Ground: Int] = [:]
    /// Rows to send, by what they ask for and the type they ask for; a removal has none.
    public var sends: [WorkspaceChange.Kind: [AccountType: Int]] = [:]

    /// An empty plan.
    public init() {}

    /// How many rows ask for something.
    public func count(of kind: WorkspaceChange.Kind) -> Int { (sends[kind] ?? [:]).values.reduce(0, +) }
}
