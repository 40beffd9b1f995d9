import Domain

/// How far a run may go, with every place that says so. What several places set holds as each of them sets it, so that
/// the strictest wins; the default of a limit holds where nothing sets it.
public struct GuardLimits: Hashable, Sendable {
    private var values: [SafetyLimit: [Sourced<LimitValue>]] = [:]
    /// Which account types count as privileged.
    public var privileged = PrivilegedTypes.standard
    /// The address or uid of the account that the credentials belong to, as far as it is known.
    public private(set) var own: [Sourced<String>] = []
    /// Those of its names that may not lose access or privileges.
    public private(set) var protectedOwn: Set<String> = []
    /// Lists of the company's own domains, in lower case. An address has to be inside each list; none of them to leave the
    /// question out.
    public var domains: [Sourced<[String]>] = []

    /// The defaults.
    public init() {}

    /// Takes what one place sets.
    public mutating func set(_ limit: SafetyLimit, to value: LimitValue, by source: LimitSource) {
        values[limit, default: []].append(Sourced(value, source))
    }

    /// Every value of a limit, with where it was set; never empty.
    public subscript(limit: SafetyLimit) -> [Sourced<LimitValue>] {
        values[limit] ?? [Sourced(limit.standard, .standard)]
    }

    /// The value of a limit that allows the least.
    ///
    /// - Parameter users: how many active users there are, for shares.
    public func strictest(_ limit: SafetyLimit, of users: Int) -> Sourced<LimitValue> {
        let values = self[limit].sorted { $0.value.count(of: users) < $1.value.count(of: users) }
        return limit.isMinimum ? values[values.count - 1] : values[0]
    }

    /// Whether any place sets the limit.
    public func isSet(_ limit: SafetyLimit) -> Bool { values[limit] != nil }

    /// Takes what another set of limits sets besides, so that both hold.
    public mutating func add(_ other: GuardLimits) {
        values.merge(other.values) { $0 + $1 }
        privileged = privileged.union(other.privileged)
        own += other.own
        protectedOwn.formUnion(other.protectedOwn)
        domains += other.domains
    }

    /// Takes a name of the account that the credentials belong to.
    ///
    /// - Parameter isProtected: false where the account may lose access or privileges.
    public mutating func addOwn(_ name: String, isProtected: Bool, by source: LimitSource) {
        own.append(Sourced(name, source))
        if isProtected { protectedOwn.insert(name) }
    }

    /// What has to be counted of a plan to hold these limits against it.
    public var question: PlanEffect.Question {
        PlanEffect.Question(
            privileged: privileged, domains: domains.map(\.value), own: own.map(\.value),
            protectedOwn: protectedOwn)
    }
}
