import Domain

/// The safety limits of a run, with the sources that set them. If several sources set a limit, the strictest value
/// applies; a limit that no source sets has its default.
public struct GuardLimits: Hashable, Sendable {
    private var values: [SafetyLimit: [Sourced<LimitValue>]] = [:]
    /// Which account types count as privileged.
    public var privileged = PrivilegedTypes.standard
    /// The address or uid of the account that the credentials belong to, if known.
    public private(set) var own: [Sourced<String>] = []
    /// The names in ``own`` that must not lose access or privileges.
    public private(set) var protectedOwn: Set<String> = []
    /// Lists of the company's own domains, in lower case. An address must be inside every list; without lists,
    /// addresses are not checked.
    public var domains: [Sourced<[String]>] = []

    /// Creates limits with their defaults.
    public init() {}

    /// Adds the value of a limit from one source.
    public mutating func set(_ limit: SafetyLimit, to value: LimitValue, by source: LimitSource) {
        values[limit, default: []].append(Sourced(value, source))
    }

    /// Every value of a limit, with its source; never empty.
    public subscript(limit: SafetyLimit) -> [Sourced<LimitValue>] {
        values[limit] ?? [Sourced(limit.standard, .standard)]
    }

    /// The strictest value of a limit.
    ///
    /// - Parameter users: the number of active users, for limits that are a percentage.
    public func strictest(_ limit: SafetyLimit, of users: Int) -> Sourced<LimitValue> {
        let values = self[limit].sorted { $0.value.count(of: users) < $1.value.count(of: users) }
        return limit.isMinimum ? values[values.count - 1] : values[0]
    }

    /// Whether any source sets the limit.
    public func isSet(_ limit: SafetyLimit) -> Bool { values[limit] != nil }

    /// Adds the values of another set of limits, so that both apply.
    public mutating func add(_ other: GuardLimits) {
        values.merge(other.values) { $0 + $1 }
        privileged = privileged.union(other.privileged)
        own += other.own
        protectedOwn.formUnion(other.protectedOwn)
        domains += other.domains
    }

    /// Adds a name of the account that the credentials belong to.
    ///
    /// - Parameter isProtected: false if the account may lose access or privileges.
    public mutating func addOwn(_ name: String, isProtected: Bool, by source: LimitSource) {
        own.append(Sourced(name, source))
        if isProtected { protectedOwn.insert(name) }
    }

    /// What to count in a plan in order to check these limits.
    public var question: PlanEffect.Question {
        PlanEffect.Question(
            privileged: privileged, domains: domains.map(\.value), own: own.map(\.value),
            protectedOwn: protectedOwn)
    }
}
