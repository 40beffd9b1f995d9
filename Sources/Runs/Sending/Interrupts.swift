import Dispatch
import Domain
import Foundation
import Synchronization
import TerminalIO

/// Handles SIGINT, SIGTERM and SIGHUP.
///
/// Before anything is sent, the first signal ends the process. While a run sends, the first signal drains it, and the
/// second ends the process; the ledger is correct in both cases. ``InterruptDecision`` decides which signal counts as
/// the second.
public final class Interrupts: Sendable {
    private struct State {
        var drain: (@Sendable () -> Void)?
        var hint = "interrupted; nothing was sent"
        var decision = InterruptDecision()
    }

    private let state = Mutex(State())
    private let signals = EndingSignals()
    private let console: Console
    private let start = ContinuousClock.now
    /// Messages have their own queue, because a write may wait for a reader, and the next signal must not wait.
    private let messages = DispatchQueue(label: "interrupt messages")

    /// Installs the handlers.
    public init(console: Console) {
        self.console = console
        signals.receive { [weak self] _ in self?.signalArrived() }
    }

    /// Makes the first signal call `drain`. If a signal has already arrived, for example between the turns of a run or
    /// between the runs in two workspaces, calls it at once.
    ///
    /// - Parameter hint: the message before a second signal ends the process.
    func whileSending(hint: String, drain: @escaping @Sendable () -> Void) {
        let wasInterrupted = state.withLock { state in
            (state.drain, state.hint) = (drain, hint)
            return state.decision.isInterrupted
        }
        if wasInterrupted { drain() }
    }

    /// Whether a signal has arrived.
    var wasInterrupted: Bool { state.withLock { $0.decision.isInterrupted } }

    private func signalArrived() {
        let now = ContinuousClock.now - start
        let (answer, drain, hint) = state.withLock { state in
            (state.decision.signal(at: now, canDrain: state.drain != nil), state.drain, state.hint)
        }
        switch answer {
        case .ignore: break
        case .drain:
            // Draining starts first, because writing a message may block on a reader.
            drain?()
            console.limitWaits()
            messages.async { [console] in
                console.complain(
                    "Stopping: no new rows are sent; waiting for requests in flight. Ctrl-C again to stop at once.")
            }
        case .end:
            console.complainWithoutWaiting(hint)
            console.output.endAtOnce(CommandFailure(.interrupted, hint))
            // Not exit(): handlers and destructors would race with running threads.
            Unfinished.deleteAll { _exit(ExitStatus.interrupted.rawValue) }
        }
    }
}
