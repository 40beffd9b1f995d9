import Domain
/// Decides when to show progress. Pure: its input is the time, as the duration since any fixed moment.
///
/// Nothing for a stage's first second, so that small work does not flicker. On a terminal the line is drawn again each
/// time; elsewhere there is a line every 5 seconds; a reader of events gets one per second.
struct ProgressPace {
    /// What is due now.
    struct Due: Equatable {
        /// The line on the terminal is drawn again.
        var redraw = false
        /// A line of its own is written.
        var line = false
        /// Write an event.
        var event = false
    }

    static let patience = Duration.seconds(1)
    static let lineInterval = Duration.seconds(5)
    static let eventInterval = Duration.seconds(1)

    /// The work that is under way began, or the last line was written.
    private var lastLine = Duration.zero
    private var lastEvent = Duration.zero
    private var lastTick: Duration?
    private var stage = 0
    private var mark = (at: Duration.zero, done: 0)
    private var perSecond: Double?

    /// How far one stage is.
    ///
    /// - Parameters:
    ///   - number: which stage it is; another number is another stage.
    ///   - began: when it began.
    mutating func tick(_ current: Stage, number: Int, began: Duration, now: Duration) -> (StageReport, Due) {
        // After a pause, for example for a question, the 5 seconds start again.
        if lastTick.map({ began - $0 >= Self.patience }) ?? true { lastLine = began }
        lastTick = now
        measure(current, number: number, began: began, now: now)
        let report = StageReport(stage: current, elapsed: now - began, perSecond: current.perSecond ?? perSecond)
        guard now - began >= Self.patience else { return (report, Due()) }
        var due = Due(redraw: true)
        if now - lastLine >= Self.lineInterval {
            due.line = true
            lastLine = now
        }
        if now - lastEvent >= Self.eventInterval {
            due.event = true
            lastEvent = now
        }
        return (report, due)
    }

    private mutating func measure(_ current: Stage, number: Int, began: Duration, now: Duration) {
        if number != stage || current.done < mark.done {
            stage = number
            mark = (current.done > 0 && now - began < Self.patience ? began : now, 0)
            if mark.at == now { mark.done = current.done }
            perSecond = nil
        }
        let time = (now - mark.at).inSeconds
        guard time >= 1 else { return }
        let rate = Double(current.done - mark.done) / time
        perSecond = perSecond.map { $0 * 0.6 + rate * 0.4 } ?? rate
        mark = (now, current.done)
    }
}
