/// What one attempt to send an operation proves about it, and how the run must react.
///
/// | proof | response |
/// | --- | --- |
/// | took effect | this row's `ok: true` |
/// | no effect | no connection was made; 401; 429; 400, 413 and similar without `data` and without `path` |
/// | declined | `ok: false`; an error for the row; any other 4xx except 408, a redirect or a page, without `data` |
/// | unknown | the rest: 408, any 5xx, `data` next to errors, `data: null`, an error without a code, no response |
///
/// `docs/sending.md` has the same table for users. `AnswerClassifier` assigns responses to its rows.
public enum Answer: Hashable, Sendable {
    /// It took effect.
    case done
    /// It cannot have taken effect; the remedy is what the run does next.
    case noEffect(reason: String, Remedy)
    /// The API declined. One listing at the end has to agree before the row counts as failed; it is not sent again.
    case declined(reason: String, SharedFault?)
    /// Only a listing can show whether it took effect. The API may also have asked to slow down.
    case unknown(reason: String, SharedFault? = nil, slowDown: SlowDown? = nil)

    /// What a run does about a request that cannot have had an effect.
    public enum Remedy: Hashable, Sendable {
        /// HTTP 429: the run slows down, and the row is sent again. This does not count as an attempt.
        case slowDown(SlowDown)
        /// The endpoint cannot be reached: the run pauses, and the row is sent again. This does not count as an
        /// attempt.
        case reconnect
        /// 401: the run stops.
        case stop
        /// The API refused a request with several operations as a whole: they are sent again in smaller requests.
        case split(isTooLarge: Bool)
        /// The row fails, unless the run as a whole turns out to be refused.
        case refuse(SharedFault?)
    }

    /// A rate limit response of the API.
    public struct SlowDown: Hashable, Sendable {
        /// How long the API asked to wait; nil if it did not say.
        public var wait: Duration?

        /// Creates a request to slow down.
        public init(wait: Duration? = nil) { self.wait = wait }
    }

    /// Why the outcome is not simply success; empty for ``done``.
    public var reason: String {
        switch self {
        case .done: ""
        case .noEffect(let reason, _), .declined(let reason, _), .unknown(let reason, _, _): reason
        }
    }

    /// A fault in the response that does not name the row, so that other rows may get the same response.
    public var sharedFault: SharedFault? {
        switch self {
        case .noEffect(_, .refuse(let fault)), .declined(_, let fault), .unknown(_, let fault, _): fault
        default: nil
        }
    }
}

/// A response that does not name the row that it was sent for: a page, a redirect, 402, 404, "API key expired".
///
/// When many consecutive rows get the same one, the fault lies with the whole run.
public struct SharedFault: Hashable, Sendable {
    /// Where the fault lies, which decides the exit status.
    public enum Cause: Hashable, Sendable {
        /// The credentials, or a sign-in page in their place.
        case credentials
        /// The API, or a proxy or gateway in front of it.
        case unreachable
        /// Anything else.
        case other
    }

    /// Where the fault lies.
    public var cause: Cause
    /// The response without the parts that differ from row to row; equal for two responses with the same fault.
    public var words: String

    /// Creates a shared fault.
    public init(_ cause: Cause, _ words: String) {
        self.cause = cause
        self.words = words
    }
}
