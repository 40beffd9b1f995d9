import Foundation
import Synchronization

/// Kills a command at its deadline, from a thread of its own: where all threads of the concurrency pool are taken, a task
/// would come too late.
final class CommandWatch: Sendable {
    private enum State {
        case running, over, outOfTime
    }

    private let state = Mutex(State.running)
    private let over = DispatchSemaphore(value: 0)

    /// Begins to watch.
    ///
    /// - Parameter limit: how long the command may take.
    init(_ processes: CommandProcesses, limit: Duration) {
        let seconds = Double(limit.components.seconds) + Double(limit.components.attoseconds) / 1e18
        Thread.detachNewThread { [self] in
            guard over.wait(timeout: .now() + seconds) == .timedOut else { return }
            state.withLock { state in
                // One that has ended is on time, however late that is noticed.
                guard state == .running, !processes.rootHasEnded else { return }
                processes.kill()
                state = .outOfTime
            }
        }
    }

    /// Ends the watch; to be called before the command's process is waited for, whose number is then free for others.
    ///
    /// - Returns: whether the command ran out of time.
    @discardableResult
    func end() -> Bool {
        over.signal()
        return state.withLock { state in
            if state == .running { state = .over }
            return state == .outOfTime
        }
    }
}
