// The optimized program is linked with the static libraries of Swift, which do not contain Testing. This target is then
// compiled, too, but nothing uses it.
#if canImport(Testing)

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
    public final class Lanes: TaskExecutor {
        /// For tests that keep a thread until their processes end.
        public static let patient = Lanes(threads: 5 * ProcessInfo.processInfo.activeProcessorCount)
        /// For tests that never keep a thread waiting, and are about what happens in time: Swift's own threads come to them
        /// after the computations of all other tests.
        public static let prompt = Lanes(threads: ProcessInfo.processInfo.activeProcessorCount)
        private let jobs = Mutex<[UnownedJob]>([])
        private let arrivals = DispatchSemaphore(value: 0)

        private init(threads: Int) {
            for _ in 0..<threads {
                let thread = Thread { self.work() }
                thread.stackSize = 8 << 20
                thread.start()
            }
        }

        /// Has the next free thread run a job.
        public func enqueue(_ job: consuming ExecutorJob) {
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

    /// Runs each test of a suite on threads of its own kind.
    public struct LanesTrait: SuiteTrait, TestTrait, TestScoping {
        /// The tests of a suite have it each.
        public let isRecursive = true
        private let lanes: Lanes

        /// Runs a test on one of the threads.
        public func provideScope(
            for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
        ) async throws {
            try await withTaskExecutorPreference(lanes) { try await function() }
        }

        fileprivate init(_ lanes: Lanes) { self.lanes = lanes }
    }

    extension Trait where Self == LanesTrait {
        /// The tests wait for processes.
        public static var waiting: Self { Self(.patient) }
        /// The tests are about what happens in time.
        public static var prompt: Self { Self(.prompt) }
    }

#endif
