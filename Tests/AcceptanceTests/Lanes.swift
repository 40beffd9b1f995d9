import Dispatch
import Foundation
import Synchronization
import Testing

/// Threads for tests that wait for processes.
///
/// Swift's own threads are as many as there are cores, and a test that waits holds one of them: without these, two
/// tests at once is all that a machine with two cores does, while the processes that they wait for sleep.
///
/// They are not dispatch's, which are few as well.
final class Lanes: TaskExecutor {
    static let shared = Lanes()
    private let jobs = Mutex<[UnownedJob]>([])
    private let arrivals = DispatchSemaphore(value: 0)

    private init() {
        for _ in 0..<5 * ProcessInfo.processInfo.activeProcessorCount {
            let thread = Thread { self.work() }
            thread.stackSize = 8 << 20
            thread.start()
        }
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        jobs.withLock { $0.append(job) }
        arrivals.signal()
    }

    private func work() {
        while true {
            arrivals.wait()
            jobs.withLock { $0.removeFirst() }.runSynchronously(on: asUnownedTaskExecutor())
        }
    }
}

/// Runs each test of a suite on a thread that may be kept waiting.
struct WaitingTrait: SuiteTrait, TestTrait, TestScoping {
    let isRecursive = true

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        try await withTaskExecutorPreference(Lanes.shared) { try await function() }
    }
}

extension Trait where Self == WaitingTrait {
    /// The tests wait for processes.
    static var waiting: Self { Self() }
}
