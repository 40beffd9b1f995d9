import CProcess
import Foundation

/// SIGINT, SIGTERM and SIGHUP, which do not end the process while an instance exists. Only one exists at a time.
///
/// Signals that the caller of the program ignores stay ignored, so that `nohup` and `trap '' INT` work. A signal source of
/// Dispatch is registered later, on another thread: a signal that comes before would be lost.
public final class EndingSignals: Sendable {
    private let descriptor: Int32
    private let done = DispatchSemaphore(value: 0)

    /// Holds back signals from now on.
    public init() {
        descriptor = process_watch_signals()
    }

    /// Calls `handle` with the number of each signal that arrives or has arrived, on a thread of its own.
    public func receive(_ handle: @escaping @Sendable (Int32) -> Void) {
        Thread.detachNewThread { [descriptor, done] in
            var number: UInt8 = 0
            while read(descriptor, &number, 1) == 1, number != 0 {
                handle(Int32(number))
            }
            done.signal()
        }
    }

    /// Restores the default effect of the signals, and waits until each that has arrived has been handled.
    public func stop() {
        process_unwatch_signals()
        done.wait()
    }
}
