/// The final result of one input row. Every row has exactly one at the end of a run.
public enum Outcome: Hashable, Sendable {
    /// The workspace is as the row requested; if the response did not say so itself, the note says how this is known.
    case succeeded(note: String?)
    /// There was nothing to do.
    case skipped(reason: String)
    /// The row cannot be carried out.
    case rejected(reason: String)
    /// The API declined, or every attempt ended without effect.
    case failed(reason: String)
    /// Unconfirmed: sent, without proof of whether it took effect.
    case unknown(reason: String)
    /// The run ended before the row was sent.
    case notSent(reason: String)

    /// The name of the outcome in results, summaries and the ledger.
    public enum Kind: String, Sendable, CaseIterable, Comparable {
        case succeeded, skipped, rejected, failed, unknown, notSent

        /// Whether the user has to check the row.
        public var needsAttention: Bool {
            switch self {
            case .succeeded, .skipped: false
            case .rejected, .failed, .unknown, .notSent: true
            }
        }

        /// The name as shown to users.
        public var words: String { self == .notSent ? "not sent" : rawValue }

        /// Compares by order of declaration, in which the good outcomes come first.
        public static func < (left: Kind, right: Kind) -> Bool {
            (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
        }
    }

    /// The outcome without its reason.
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

    /// The reason or note; nil for a success without a note.
    public var reason: String? {
        switch self {
        case .succeeded(let note): note
        case .skipped(let reason), .rejected(let reason), .failed(let reason), .unknown(let reason),
            .notSent(let reason):
            reason
        }
    }

    /// Restores an outcome from the values in the ledger.
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
