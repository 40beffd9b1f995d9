import Dispatch
import Foundation
import Synchronization

/// Ctrl-C, a polite `kill` and a closed terminal.
///
/// Before anything is sent the first one ends the process. While a run sends, the first one asks it to drain, and the
/// second ends the process; the ledger is right either way.
final class Interrupts: Sendable {
    private struct State {
        var drain: (@Sendable () -> Void)?
        var hint = "interrupted; nothing was sent"
        var count = 0
    }

    private let state = Mutex(State())
    // Made in init and only kept; Dispatch's own objects are safe to hold from any thread.
    nonisolated(unsafe) private let sources: [any DispatchSourceSignal]
    private let console: Console

    init(console: Console) {
        self.console = console
        let queue = DispatchQueue(label: "interrupts")
        sources = [SIGINT, SIGTERM, SIGHUP].map { number in
            signal(number, SIG_IGN)
            return DispatchSource.makeSignalSource(signal: number, queue: queue)
        }
        for source in sources {
            source.setEventHandler { [weak self] in self?.arrived() }
            source.resume()
        }
    }

    /// From here on the first interrupt calls `drain`; at once, if there was one since sending began, between the turns
    /// of a run or between the runs in two workspaces.
    ///
    /// - Parameter hint: what the second one says before the process ends.
    func whileSending(hint: String, drain: @escaping @Sendable () -> Void) {
        let wasInterrupted = state.withLock { state in
            (state.drain, state.hint) = (drain, hint)
            return state.count > 0
        }
        if wasInterrupted { drain() }
    }

    /// Whether somebody interrupted what was being sent.
    var wasInterrupted: Bool { state.withLock { $0.count > 0 } }

    private func arrived() {
        let (drain, hint, count) = state.withLock { state in
            state.count += 1
            return (state.drain, state.hint, state.count)
        }
        if let drain, count == 1 {
            console.complain("Stopping: no new rows; waiting for what is on its way. Ctrl-C again to stop at once.")
            drain()
        } else {
            console.show(progress: "")
            console.complain(hint)
            console.output.endAtOnce(ExitStatus.interrupted.rawValue, hint)
            // Not exit(): handlers and destructors would race with threads that are still at work.
            _exit(ExitStatus.interrupted.rawValue)
        }
    }
}
