import Domain
import Foundation

/// Something that takes a while, as far as it is.
public struct Stage: Hashable, Sendable {
    /// What is counted.
    public enum Unit: String, Sendable { case rows, bytes, files }

    /// What the work waits for.
    public enum Wait: Hashable, Sendable {
        /// Something that comes when it comes: `the answer`.
        case until(String)
        /// A time that is known, and why.
        case time(Duration, because: String)

        /// What is waited for, in words.
        var reason: String {
            switch self {
            case .until(let what): what
            case .time(_, let reason): reason
            }
        }
    }

    /// What is done: `Listing users`.
    public var name: String
    /// What is counted.
    public var unit: Unit
    /// How many are done.
    public var done: Int
    /// The total; nil if it is not known.
    public var total: Int?
    /// How much is done, 0 to 1, where that is known of something else than what is counted: the bytes of a file.
    public var share: Double?
    /// What else is to be said, the most important first: `3 failed`.
    public var notes: [String] = []
    /// What the work waits for; nil while it goes on.
    public var wait: Wait?
    /// How many a second, where the work itself knows.
    public var perSecond: Double?

    /// Takes what is known; the rest can be set.
    public init(
        name: String, unit: Unit = .rows, done: Int = 0, total: Int? = nil, share: Double? = nil, wait: Wait? = nil
    ) {
        self.name = name
        self.unit = unit
        self.done = done
        self.total = total
        self.share = share
        self.wait = wait
    }

    /// How much is done, 0 to 1.
    public var part: Double? {
        share ?? total.flatMap { $0 > 0 ? min(1, Double(done) / Double($0)) : nil }
    }
}

/// A stage with the pace at which it goes, ready to be said.
struct StageReport: Hashable, Sendable {
    let stage: Stage
    /// Since the stage began.
    let elapsed: Duration
    /// The rate per second, over the last seconds; nil if it is not known yet.
    let perSecond: Double?

    /// The remaining time; nil if it is not known, or the work is waiting.
    var left: Duration? {
        guard stage.wait == nil, let part = stage.part, part < 1 else { return nil }
        if let total = stage.total, let perSecond, perSecond > 0 {
            return .seconds(Double(max(0, total - stage.done)) / perSecond)
        }
        guard part > 0.01, elapsed >= .seconds(1) else { return nil }
        return elapsed * ((1 - part) / part)
    }

    /// One line, the important part first, because a narrow terminal cuts the rest:
    /// `Sending 412 of 1,000, 3 failed, about 1 min left, 9.8/s`
    var text: String {
        var parts = [stage.name + amount]
        if let wait { parts.append(wait) }
        parts += stage.notes
        if let left { parts.append("about \(left.inUnits) left") }
        if stage.wait == nil, let perSecond, perSecond > 0 { parts.append(stage.unit.words(perSecond) + "/s") }
        return parts.joined(separator: ", ")
    }

    private var amount: String {
        let done = stage.unit.words(Double(stage.done))
        if let total = stage.total { return " \(done) of \(stage.unit.words(Double(total)))" }
        if let share = stage.share {
            let percent = ": \(Int(share * 100)) %"
            return stage.done > 0 ? percent + ", \(done) \(stage.unit == .bytes ? "" : stage.unit.rawValue)" : percent
        }
        return stage.done > 0 ? " \(done)" + (stage.unit == .bytes ? "" : " \(stage.unit.rawValue)") : ""
    }

    private var wait: String? {
        switch stage.wait {
        // All the time went into waiting as long as nothing is done.
        case .until(let what)? where stage.done == 0 && elapsed >= .seconds(1):
            "waiting \(elapsed.roundedDown) for \(what)"
        case .until(let what)?: "waiting for \(what)"
        case .time(let time, let reason)?: "waiting \(time.inUnits): \(reason)"
        case nil: nil
        }
    }

    /// The same for a program.
    var fields: [JSONMember] {
        [
            JSONMember("stage", stage.name), JSONMember("waitingFor", stage.wait?.reason),
            JSONMember("done", stage.done), JSONMember("total", stage.total),
            JSONMember("unit", stage.unit.rawValue),
            JSONMember("perSecond", perSecond.map { ($0 * 10).rounded() / 10 }),
            JSONMember("secondsLeft", left.map { Int($0.inSeconds.rounded(.up)) }),
        ]
    }
}

extension Stage.Unit {
    /// A number of them: `1,000`, `9.8`, `12.5 MB`.
    fileprivate func words(_ count: Double) -> String {
        guard self == .bytes else { return count < 10 ? count.short(1) : Int(count.rounded()).grouped }
        return count < 1_000_000 ? "\((count / 1000).short(0)) kB" : "\((count / 1_000_000).rounded(to: 1)) MB"
    }
}

extension Duration {
    /// In words, without the part of a second.
    fileprivate var roundedDown: String { Duration.seconds(components.seconds).inUnits }
}
