import Foundation
import Synchronization

/// Kills a command at its deadline, on a separate thread: if all threads of the concurrency pool are busy, a task would
/// be late.
final class CommandWatch: Sendable {
    private enum State {
        case running, over, outOfTime
    }

    private let state = Mutex(State.running)
    private let over = DispatchSemaphore(value: 0)

    /// Starts the watch.
    ///
    /// - Parameter limit: the maximum time of the command.
    init(_ processes: CommandProcesses, limit: Duration) {
        let seconds = Double(limit.components.seconds) + Double(limit.components.attoseconds) / 1e18
        Thread.detachNewThread { [self] in
            guard over.wait(timeout: .now() + seconds) == .timedOut else { return }
            state.withLock { state in
                // A command that has ended is on time, even if this is noticed late.
                guard state == .running, !processes.rootHasEnded else { return }
                processes.kill()
                state = .outOfTime
            }
        }
    }

    /// Ends the watch. Call it before waiting for the command's process, after which the process number may be reused.
    ///
    /// - Returns: whether the command exceeded its time.
    @discardableResult
    func end() -> Bool {
        over.signal()
        return state.withLock { state in
            if state == .running { state = .over }
            return state == .outOfTime
        }
    }
}
