import Domain
import Foundation

/// Limits as saved plans and run records store them: for each limit, the strictest value that applied.
///
/// The names of the members are part of the format of saved plans and must not change.
public struct SavedLimits: Codable, Hashable, Sendable {
    private var values: Values
    private var others: Others

    /// Everything except the numeric limits.
    private struct Others: Codable, Hashable {
        var own: String?
        var otherOwn: [String]?
        var allowsOwn: Bool
        var domains: [String]
        /// Further lists, if several sources set one; an address must be inside every list.
        var otherDomains: [[String]]?
        /// The account types that counted as privileged; nil for the default.
        var privilegedTypes: [String]?
    }

    /// Creates the stored form of a plan's limits.
    ///
    /// - Parameters:
    ///   - users: the number of active users in the workspace.
    ///   - withDefaults: whether to store limits that no source sets with their defaults; otherwise the default of the
    ///     version that reads them applies.
    public init(_ limits: GuardLimits, users: Int, withDefaults: Bool) {
        values = Values()
        for limit in SafetyLimit.allCases where withDefaults || limits.isSet(limit) {
            let value = limits.strictest(limit, of: users).value
            values.limits[limit] = limit.takesShare ? value : .count(value.count(of: users))
        }
        let names = limits.own.map(\.value)
        let lists = limits.domains.map(\.value)
        others = Others(
            own: names.first, otherOwn: names.count > 1 ? Array(names.dropFirst()) : nil,
            allowsOwn: !names.isEmpty && limits.protectedOwn.isEmpty, domains: lists.first ?? [],
            otherDomains: lists.count > 1 ? Array(lists.dropFirst()) : nil, privilegedTypes: limits.privileged.names)
    }

    /// Reads both parts from one object.
    public init(from decoder: any Decoder) throws {
        values = try Values(from: decoder)
        others = try Others(from: decoder)
    }

    /// Writes both parts into one object.
    public func encode(to encoder: any Encoder) throws {
        try values.encode(to: encoder)
        try others.encode(to: encoder)
    }

    /// Reads the output of ``json()`` from the ledger. `JSONDecoder` is sufficient because only this program writes the
    /// ledger.
    ///
    /// - Throws: if a newer version of the program wrote another format.
    public init(json: String) throws { self = try JSONDecoder().decode(Self.self, from: Data(json.utf8)) }

    /// As JSON on one line.
    public func json() throws -> String { try JSONText.line(self) }

    /// The limits, with the plan as their source.
    ///
    /// - Parameter plan: the name of the plan, such as `plan.json` or `run 3`.
    public func limits(agreedToFor plan: String) -> GuardLimits {
        let source = LimitSource.plan(plan)
        var limits = GuardLimits()
        for (limit, value) in values.limits { limits.set(limit, to: value, by: source) }
        for name in [others.own].compactMap(\.self) + (others.otherOwn ?? []) {
            limits.addOwn(name, isProtected: !others.allowsOwn, by: source)
        }
        limits.domains = ([others.domains] + (others.otherDomains ?? [])).filter { !$0.isEmpty }.map {
            Sourced($0, source)
        }
        if let types = others.privilegedTypes {
            limits.privileged = PrivilegedTypes(types.map(AccountType.init(rawValue:)))
        }
        return limits
    }
}

/// The values of the limits, by name: a number, or a text if a limit may be a percentage.
private struct Values: Codable, Hashable, Sendable {
    var limits: [SafetyLimit: LimitValue] = [:]

    private struct Name: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }
        init(_ limit: SafetyLimit) { stringValue = limit.rawValue }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    init() {}

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Name.self)
        for limit in SafetyLimit.allCases {
            if limit.takesShare {
                guard let text = try container.decodeIfPresent(String.self, forKey: Name(limit)) else { continue }
                // An unreadable value allows nothing.
                limits[limit] = LimitValue(text) ?? .count(0)
            } else if let count = try container.decodeIfPresent(Int.self, forKey: Name(limit)) {
                limits[limit] = .count(count)
            }
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Name.self)
        for (limit, value) in limits {
            if !limit.takesShare, case .count(let count) = value {
                try container.encode(count, forKey: Name(limit))
            } else {
                try container.encode(value.text, forKey: Name(limit))
            }
        }
    }
}
