import Foundation
import Synchronization

/// One thread on which everything of a simulation runs, on a clock that jumps to whatever happens next. What runs next
/// among what could run is drawn from the seed, so that a seed is one order of events, and always the same.
final class SimulationLoop: TaskExecutor, @unchecked Sendable {
    // All of it belongs to the one thread that calls `run`; nothing else ever runs a job.
    private(set) var now = Duration.zero
    private var random: SeededGenerator
    private var ready: [UnownedJob] = []
    private var timers: [Timer] = []
    private var sequence = 0

    fileprivate struct Timer {
        var at: Duration
        var sequence: Int
        var fire: () -> Void
    }

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    func enqueue(_ job: consuming ExecutorJob) { ready.append(UnownedJob(job)) }

    /// Runs until nothing is left to do.
    ///
    /// - Parameter steps: more than these mean that something goes on for ever.
    /// - Returns: whether it came to an end.
    func run(steps: Int = 400_000) -> Bool {
        for _ in 0..<steps {
            if !ready.isEmpty {
                let place = ready.count == 1 ? 0 : random.below(ready.count)
                ready.swapAt(place, ready.count - 1)
                ready.removeLast().runSynchronously(on: asUnownedTaskExecutor())
            } else if let next = timers.indices.min(by: { timers[$0].isBefore(timers[$1]) }) {
                timers.swapAt(next, timers.count - 1)
                let timer = timers.removeLast()
                now = max(now, timer.at)
                timer.fire()
            } else {
                return true
            }
        }
        return false
    }

    /// Something happens later.
    func after(_ delay: Duration, _ fire: @escaping () -> Void) {
        sequence += 1
        timers.append(Timer(at: now + delay, sequence: sequence, fire: fire))
    }

    func sleep(_ delay: Duration) async {
        await withUnsafeContinuation { continuation in after(max(.zero, delay)) { continuation.resume() } }
    }
}

extension SimulationLoop.Timer {
    fileprivate func isBefore(_ other: Self) -> Bool { (at, sequence) < (other.at, other.sequence) }
}

/// The loop's time, as a clock.
struct SimulatedClock: Clock {
    struct Instant: InstantProtocol {
        var offset: Duration
        func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        func duration(to other: Instant) -> Duration { other.offset - offset }
        static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    let loop: SimulationLoop
    var now: Instant { Instant(offset: loop.now) }
    var minimumResolution: Duration { .nanoseconds(1) }
    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        await loop.sleep(deadline.offset - loop.now)
    }
}

/// SplitMix64: small, and the same everywhere.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9e37_79b9_7f4a_7c15 &+ 0x2545_f491_4f6c_dd1d }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }

    mutating func below(_ count: Int) -> Int { Int(next() % UInt64(count)) }
    /// Whether something that happens with this probability happens.
    mutating func happens(_ probability: Double) -> Bool { Double(next() >> 11) * 0x1p-53 < probability }
    mutating func seconds(_ range: ClosedRange<Double>) -> Duration {
        .seconds(range.lowerBound + (range.upperBound - range.lowerBound) * Double(next() >> 11) * 0x1p-53)
    }
    mutating func element<Element>(of elements: [Element]) -> Element { elements[below(elements.count)] }
}
