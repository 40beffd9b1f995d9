/// Decides what a signal asks for. Pure: it is told when each signal arrives, as the duration since anything.
struct InterruptDecision {
    /// What to do about a signal.
    enum Answer: Equatable {
        /// Send nothing new, and wait for what is in flight.
        case drain
        /// It belongs to the signal before it.
        case ignore
        /// End the process at once.
        case end
    }

    /// Signals this close to the first one count as one.
    ///
    /// One wish to stop often arrives as two signals: a closed window sends SIGHUP and then SIGTERM, and a wrapper
    /// forwards the Ctrl-C that the terminal has already sent to the whole process group.
    static let window = Duration.milliseconds(500)

    private var first: Duration?

    /// Whether a signal has arrived.
    var isInterrupted: Bool { first != nil }

    /// A signal arrives.
    ///
    /// - Parameter canDrain: whether anything is being sent that can be waited for.
    mutating func signal(at now: Duration, canDrain: Bool) -> Answer {
        guard let first else {
            first = now
            return canDrain ? .drain : .end
        }
        return now - first <= Self.window ? .ignore : .end
    }
}
