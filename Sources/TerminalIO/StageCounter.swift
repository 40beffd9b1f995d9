import Synchronization

/// The progress of a stage, set by the work and read by the display. Setting a number costs one store.
public final class StageCounter: Sendable {
    private let unit: Stage.Unit
    private let done = Atomic(0)
    /// -1 if it is not known.
    private let total: Atomic<Int>
    /// The bytes of a file that were read, of how many; 0 if it is not known.
    private let bytes = Atomic(0)
    private let size: Int
    private let words: Mutex<(name: String, wait: Stage.Wait?)>

    /// - Parameters:
    ///   - name: what is done, for example `Reading people.csv`.
    ///   - total: how many there are; nil if it is not known.
    ///   - size: the bytes of the file that is read; 0 if it is not known.
    public init(_ name: String, _ unit: Stage.Unit = .rows, total: Int? = nil, size: Int = 0) {
        self.unit = unit
        self.total = Atomic(total ?? -1)
        self.size = size
        words = Mutex((name, nil))
    }

    /// So many are done.
    public func set(_ count: Int) { done.store(count, ordering: .relaxed) }

    /// So many are done, of so many.
    public func set(_ count: Int, of total: Int?) {
        done.store(count, ordering: .relaxed)
        self.total.store(total ?? -1, ordering: .relaxed)
    }

    /// So many bytes of the file were read.
    public func read(_ count: Int) { bytes.store(count, ordering: .relaxed) }

    /// The work waits, or goes on.
    public func wait(_ wait: Stage.Wait?) { words.withLock { $0.wait = wait } }

    /// Something else is done from here on.
    public func begin(_ name: String, of total: Int? = nil) {
        words.withLock { $0.name = name }
        set(0, of: total)
    }

    /// As it is now.
    public var stage: Stage {
        let (name, wait) = words.withLock { ($0.name, $0.wait) }
        let total = total.load(ordering: .relaxed)
        let read = bytes.load(ordering: .relaxed)
        return Stage(
            name: name, unit: unit, done: done.load(ordering: .relaxed), total: total < 0 ? nil : total,
            share: size > 0 ? min(1, Double(read) / Double(size)) : nil, wait: wait)
    }
}
