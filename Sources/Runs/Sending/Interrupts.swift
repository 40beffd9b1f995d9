import CProcess
import Dispatch
import Foundation
import Synchronization
import TerminalIO

/// Ctrl-C, a polite `kill` and a closed terminal.
///
/// Before anything is sent the first one ends the process. While a run sends, the first one asks it to drain, and the
/// second ends the process; the ledger is right either way. ``InterruptDecision`` says which signal counts as a second
/// one.
public final class Interrupts: Sendable {
    private struct State {
        var drain: (@Sendable () -> Void)?
        var hint = "interrupted; nothing was sent"
        var decision = InterruptDecision()
    }

    private let state = Mutex(State())
    // Made in init and only kept; Dispatch's own objects are safe to hold from any thread.
    nonisolated(unsafe) private let sources: [any DispatchSourceSignal]
    private let console: Console
    private let start = ContinuousClock.now
    /// Messages have a queue of their own: a write may wait for a reader, and the next signal must not.
    private let messages = DispatchQueue(label: "interrupt messages")

    /// Takes over the signals that end a process politely; one that the caller of the program ignores stays ignored, so
    /// that `nohup` and `trap '' INT` do what they are for.
    public init(console: Console) {
        self.console = console
        let queue = DispatchQueue(label: "interrupts")
        sources = [SIGINT, SIGTERM, SIGHUP].filter { !process_ignores($0) }.map { number in
            signal(number, SIG_IGN)
            return DispatchSource.makeSignalSource(signal: number, queue: queue)
        }
        for source in sources {
            source.setEventHandler { [weak self] in self?.signalArrived() }
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
            return state.decision.isInterrupted
        }
        if wasInterrupted { drain() }
    }

    /// Whether somebody interrupted what was being sent.
    var wasInterrupted: Bool { state.withLock { $0.decision.isInterrupted } }

    private func signalArrived() {
        let now = ContinuousClock.now - start
        let (answer, drain, hint) = state.withLock { state in
            (state.decision.signal(at: now, canDrain: state.drain != nil), state.drain, state.hint)
        }
        switch answer {
        case .ignore: break
        case .drain:
            // First of all, because whatever is said may wait for somebody who does not read.
            drain?()
            console.limitWaits()
            messages.async { [console] in
                console.complain(
                    "Stopping: no new rows are sent; waiting for requests in flight. Ctrl-C again to stop at once.")
            }
        case .end:
            console.complainWithoutWaiting(hint)
            console.output.endAtOnce(CommandFailure(.interrupted, hint))
            // Not exit(): handlers and destructors would race with threads that are still at work.
            _exit(ExitStatus.interrupted.rawValue)
        }
    }
}
