/// Decides what to do about a signal. Pure: the caller passes the time of each signal, relative to any fixed time.
struct InterruptDecision {
    /// What to do about a signal.
    enum Answer: Equatable {
        /// Send nothing new, and wait for requests in flight.
        case drain
        /// Nothing: it is an echo of the previous signal.
        case ignore
        /// End the process at once.
        case end
    }

    /// Signals this close to the first one count as one.
    ///
    /// One action often causes two signals: closing a window sends SIGHUP and then SIGTERM, and a wrapper forwards the
    /// Ctrl-C that the terminal has already sent to the whole process group.
    static let window = Duration.milliseconds(500)

    private var first: Duration?

    /// Whether a signal has arrived.
    var isInterrupted: Bool { first != nil }

    /// Takes a signal.
    ///
    /// - Parameter canDrain: whether there are requests in flight to wait for.
    mutating func signal(at now: Duration, canDrain: Bool) -> Answer {
        guard let first else {
            first = now
            return canDrain ? .drain : .end
        }
        return now - first <= Self.window ? .ignore : .end
    }
}
