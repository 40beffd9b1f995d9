/// What became of one input row. Every row has exactly one at the end of a run.
public enum Outcome: Hashable, Sendable {
    /// The workspace is as the row asked; the note says so where it was not the plain answer.
    case succeeded(note: String?)
    /// There was nothing to do, and why.
    case skipped(reason: String)
    /// The row cannot be carried out, and why.
    case rejected(reason: String)
    /// The API said no, or every attempt ended without effect.
    case failed(reason: String)
    /// Sent, and no answer came; nobody knows whether it took effect.
    case unknown(reason: String)
    /// The run ended before its turn.
    case notSent(reason: String)

    /// The word for it in results, summaries and the ledger.
    public enum Kind: String, Sendable, CaseIterable, Comparable {
        case succeeded, skipped, rejected, failed, unknown, notSent

        /// Whether somebody has to look at the row.
        public var needsAttention: Bool {
            switch self {
            case .succeeded, .skipped: false
            case .rejected, .failed, .unknown, .notSent: true
            }
        }

        /// As people say it.
        public var words: String { self == .notSent ? "not sent" : rawValue }

        /// In the order of their declaration, the good ones first.
        public static func < (left: Kind, right: Kind) -> Bool {
            (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
        }
    }

    /// The word for it.
    public var kind: Kind {
        switch self {
        case .succeeded: .succeeded
        case .skipped: .skipped
        case .rejected: .rejected
        case .failed: .failed
        case .unknown: .unknown
        case .notSent: .notSent
        }
    }

    /// Why, where there is something to say.
    public var reason: String? {
        switch self {
        case .succeeded(let note): note
        case .skipped(let reason), .rejected(let reason), .failed(let reason), .unknown(let reason),
            .notSent(let reason):
            reason
        }
    }

    /// Puts an outcome together again from what the ledger holds.
    public init(kind: Kind, reason: String?) {
        let text = reason ?? ""
        self =
            switch kind {
            case .succeeded: .succeeded(note: reason)
            case .skipped: .skipped(reason: text)
            case .rejected: .rejected(reason: text)
            case .failed: .failed(reason: text)
            case .unknown: .unknown(reason: text)
            case .notSent: .notSent(reason: text)
            }
    }
}
