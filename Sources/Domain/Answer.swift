/// What one attempt to send an operation proves about it, and what it asks of the run.
///
/// | proof | answers |
/// | --- | --- |
/// | happened | this row's `ok: true` |
/// | cannot have happened | no connection was made; 401; 429; 400, 413 and similar without `data` and without `path` |
/// | declined | `ok: false`; an error that names the row; any other 4xx except 408, a redirect or a page, without `data` |
/// | unknown | everything else: 408, any 5xx, `data` next to errors, `data: null`, an error without a code, no answer |
///
/// `docs/sending.md` has the same table for people. `AnswerClassifier` sorts answers into it.
public enum Answer: Hashable, Sendable {
    /// It happened.
    case done
    /// It cannot have happened, and what the run does about that.
    case noEffect(reason: String, Remedy)
    /// The API declined. One listing at the end has to agree before the row has failed; it is not sent again.
    case declined(reason: String, SharedFault?)
    /// Whether it happened is for a listing to say. The API may have asked to slow down as well.
    case unknown(reason: String, SharedFault? = nil, slowDown: SlowDown? = nil)

    /// What a run does about a request that cannot have had an effect.
    public enum Remedy: Hashable, Sendable {
        /// HTTP 429: the run slows down, and the row is sent again. Not an attempt.
        case slowDown(SlowDown)
        /// Nothing answers at the endpoint: the run pauses, and the row is sent again. Not an attempt.
        case reconnect
        /// 401: the run stops.
        case stop
        /// A request for several operations was refused as a whole: they are sent again in smaller ones.
        case split(isTooLarge: Bool)
        /// The row is refused.
        case refuse(SharedFault?)
    }

    /// A request of the API to slow down.
    public struct SlowDown: Hashable, Sendable {
        /// How long it asked to wait; nil if it did not say.
        public var wait: Duration?

        /// Takes what the API said.
        public init(wait: Duration? = nil) { self.wait = wait }
    }

    /// Why it did not simply happen; empty if it did.
    public var reason: String {
        switch self {
        case .done: ""
        case .noEffect(let reason, _), .declined(let reason, _), .unknown(let reason, _, _): reason
        }
    }

    /// Something about the answer that does not name the row, so that every other row may get the same.
    public var sharedFault: SharedFault? {
        switch self {
        case .noEffect(_, .refuse(let fault)), .declined(_, let fault), .unknown(_, let fault, _): fault
        default: nil
        }
    }
}

/// An answer that does not name the row that it was given to: a page, a redirect, 402, 404, "API key expired".
///
/// When many rows in a row get the same one, the fault lies with the whole run.
public struct SharedFault: Hashable, Sendable {
    /// Where the fault lies, which decides the exit status.
    public enum Cause: Hashable, Sendable {
        /// The credentials, or a sign-in page in their place.
        case credentials
        /// The API, or what stands between.
        case unreachable
        /// Anything else.
        case other
    }

    /// Where the fault lies.
    public var cause: Cause
    /// What two answers have in common that are the same fault: the answer without what differs from row to row.
    public var words: String

    /// Takes a fault.
    public init(_ cause: Cause, _ words: String) {
        self.cause = cause
        self.words = words
    }
}
