import Foundation

/// What an audit log records about one workspace. Its memory grows with the number of people and of event types, not with
/// the number of events.
public struct Activity: Sendable {
    /// What the log records about an address.
    public struct Person: Hashable, Sendable {
        /// The number of events.
        public var events = 0
        /// The time of the last event; nil if no event has a time that can be used.
        public var last: EventTime?
        /// The number of events whose time cannot be read or is in the future.
        public var undated = 0

        /// Nothing is recorded.
        public init() {}
    }

    /// The number of events of the workspace.
    public var events = 0
    /// The time of the oldest event; nil if no event has a time that can be used.
    public var oldest: EventTime?
    /// The time of the newest event.
    public var newest: EventTime?
    /// The number of events that name nobody by address.
    public var withoutActor = 0
    /// The number of those that have the id of a user.
    public var withIDOnly = 0
    /// The time of the newest of those.
    public var newestWithIDOnly: EventTime?
    /// The number of events whose time cannot be read, or is before ``plausible``.
    public var unreadableTimes = 0
    /// The number of events whose time is in the future.
    public var futureTimes = 0
    /// The number of events whose time has no time zone.
    public var timesWithoutZone = 0
    /// The number of events that have the id of another one. They are counted: the two may differ.
    public var repeated = 0
    /// The number of events without an id that can be compared.
    public var withoutID = 0
    /// The number of events of other workspaces, which nothing else here counts.
    public var ofOtherWorkspaces = 0
    /// What the log records about each address, by `EmailAddress.key(of:)`.
    public var people: [String: Person] = [:]
    /// The number of events of each type, as the log names it; empty for events without a type.
    public var types: [String: Int] = [:]

    /// An empty log.
    public init() {}

    /// One event, as far as it is evaluated.
    public struct Event: Hashable, Sendable {
        /// The address of the person or the key that caused it; nil if the log does not say.
        public var actor: String?
        /// Whether it names a user by an id; what ids belong to whom is not known.
        public var hasActorID = false
        /// The name of the type; empty if the log does not say.
        public var type: String
        /// The time; nil if it cannot be read.
        public var time: EventTime?
        /// Whether its id has occurred before.
        public var identity = Identity.unknown

        /// Whether an id has occurred before.
        public enum Identity: Hashable, Sendable {
            /// There is no id, or none that can be compared.
            case unknown
            /// It has not.
            case new
            /// Another event has it.
            case repeated
        }

        /// Creates an event.
        public init(actor: String?, type: String, time: EventTime?) {
            self.actor = actor
            self.type = type
            self.time = time
        }
    }

    /// How far the clock of the API may be ahead of this machine's, in seconds.
    private static let clockTolerance = 300.0
    /// 2000-01-01: an earlier time stands for none, such as 1970-01-01.
    private static let plausible = Date(timeIntervalSince1970: 946_684_800)

    /// Adds an event.
    ///
    /// - Parameter receivedAt: when the log was received; a later time is in the future.
    public mutating func add(_ event: Event, receivedAt: Date) {
        let isFuture = event.time.map { $0.earliest > receivedAt.addingTimeInterval(Self.clockTolerance) } ?? false
        let isUsable = event.time.map { !isFuture && $0.latest >= Self.plausible } ?? false
        let time = isUsable ? event.time : nil
        if let time {
            oldest = min(oldest ?? time, time)
            newest = max(newest ?? time, time)
        }
        if let actor = event.actor {
            var person = people[actor, default: Person()]
            if let time { person.last = max(person.last ?? time, time) } else { person.undated += 1 }
            person.events += 1
            people[actor] = person
        } else if event.hasActorID {
            withIDOnly += 1
            // A time that cannot be used may be that of the list.
            let possible = time ?? EventTime(at: receivedAt)
            newestWithIDOnly = max(newestWithIDOnly ?? possible, possible)
        }
        switch event.identity {
        case .unknown: withoutID += 1
        case .new: break
        case .repeated: repeated += 1
        }
        events += 1
        if event.actor == nil { withoutActor += 1 }
        if !isUsable && !isFuture { unreadableTimes += 1 }
        if isFuture { futureTimes += 1 }
        if event.time?.hasZone == false { timesWithoutZone += 1 }
        types[event.type, default: 0] += 1
    }

    /// Adds the events of another part of the log.
    public mutating func add(_ other: Activity) {
        oldest = [oldest, other.oldest].compactMap(\.self).min()
        newest = [newest, other.newest].compactMap(\.self).max()
        events += other.events
        withoutActor += other.withoutActor
        withIDOnly += other.withIDOnly
        newestWithIDOnly = [newestWithIDOnly, other.newestWithIDOnly].compactMap(\.self).max()
        unreadableTimes += other.unreadableTimes
        futureTimes += other.futureTimes
        timesWithoutZone += other.timesWithoutZone
        repeated += other.repeated
        withoutID += other.withoutID
        ofOtherWorkspaces += other.ofOtherWorkspaces
        types.merge(other.types, uniquingKeysWith: +)
        people.merge(other.people) { one, two in
            var person = one
            person.events += two.events
            person.undated += two.undated
            person.last = [one.last, two.last].compactMap(\.self).max()
            return person
        }
    }
}
