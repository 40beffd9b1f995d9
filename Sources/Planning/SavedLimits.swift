import Domain
import Foundation

/// Limits as a saved plan and the record of a run keep them: one value of each, the strictest of those that held.
///
/// The names of the members are those of saved plans since their first version.
public struct SavedLimits: Codable, Hashable, Sendable {
    private var minAdmins: Int?
    /// `25%`, or `10`.
    private var maxRemovals: String?
    private var maxPrivileged: Int?
    private var maxOutside: Int?
    private var own: String?
    private var otherOwn: [String]?
    private var allowsOwn: Bool
    private var domains: [String]
    /// Further lists, where several places set one; an address has to be inside each.
    private var otherDomains: [[String]]?
    /// The account types that counted as privileged; nil for the default.
    private var privilegedTypes: [String]?

    /// Takes the limits of a plan.
    ///
    /// - Parameters:
    ///   - users: how many active users the workspace has.
    ///   - withDefaults: whether a limit that nothing sets is kept with its default; without it another default may hold
    ///     later.
    public init(_ limits: GuardLimits, users: Int, withDefaults: Bool) {
        let value = { (limit: SafetyLimit) in
            withDefaults || limits.isSet(limit) ? limits.strictest(limit, of: users).value : nil
        }
        let count = { value($0)?.count(of: users) }
        (minAdmins, maxPrivileged, maxOutside) = (count(.minAdmins), count(.maxPrivileged), count(.maxOutside))
        maxRemovals = value(.maxRemovals)?.text
        let names = limits.own.map(\.value)
        own = names.first
        otherOwn = names.count > 1 ? Array(names.dropFirst()) : nil
        allowsOwn = !names.isEmpty && limits.protectedOwn.isEmpty
        let lists = limits.domains.map(\.value)
        domains = lists.first ?? []
        otherDomains = lists.count > 1 ? Array(lists.dropFirst()) : nil
        privilegedTypes = limits.privileged.names
    }

    /// Reads what ``json()`` has written.
    ///
    /// - Throws: where a newer version of the program has written something else.
    public init(json: String) throws { self = try JSONDecoder().decode(Self.self, from: Data(json.utf8)) }

    /// As text on one line.
    public func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    /// The limits, as agreed to for a plan.
    ///
    /// - Parameter plan: what the plan is called, `plan.json` or `run 3`.
    public func limits(agreedToFor plan: String) -> GuardLimits {
        let source = LimitSource.plan(plan)
        var limits = GuardLimits()
        let counts: [(SafetyLimit, Int?)] = [
            (.minAdmins, minAdmins), (.maxPrivileged, maxPrivileged), (.maxOutside, maxOutside),
        ]
        for case (let limit, let count?) in counts { limits.set(limit, to: .count(count), by: source) }
        // What cannot be read allows nothing.
        if let maxRemovals { limits.set(.maxRemovals, to: LimitValue(maxRemovals) ?? .count(0), by: source) }
        for name in [own].compactMap(\.self) + (otherOwn ?? []) {
            limits.addOwn(name, isProtected: !allowsOwn, by: source)
        }
        limits.domains = ([domains] + (otherDomains ?? [])).filter { !$0.isEmpty }.map { Sourced($0, source) }
        if let privilegedTypes { limits.privileged = PrivilegedTypes(privilegedTypes.map(AccountType.init(rawValue:))) }
        return limits
    }
}
