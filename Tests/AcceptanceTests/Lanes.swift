import Foundation
import Testing

/// Threads for tests that wait for processes.
///
/// Swift's own threads are as many as there are cores, and a test that waits holds one of them: without these, two
/// tests at once is all that a machine with two cores does, while the processes that they wait for sleep.
final class Lanes: TaskExecutor {
    static let shared = Lanes()
    private let queue = OperationQueue()

    private init() { queue.maxConcurrentOperationCount = 3 * ProcessInfo.processInfo.activeProcessorCount }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.addOperation { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
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
