import Domain
import Foundation
import TerminalIO

/// Deletes what is ``Unfinished`` when a signal ends the process, for commands that do not handle signals themselves.
enum SignalCleanup {
    /// Runs `body`. A signal that arrives meanwhile deletes it, and then ends the process as it would have.
    static func during<Value>(_ body: () async throws -> Value) async rethrows -> Value {
        let signals = EndingSignals()
        signals.receive { number in
            Unfinished.deleteAll {
                signal(number, SIG_DFL)
                kill(getpid(), number)
                // Nothing happens any more until the signal has ended the process.
                sleep(60)
            }
        }
        // While folders are deleted, `body` may fail because of that. The process must end by the signal nevertheless.
        defer { signals.stop() }
        return try await body()
    }
}
