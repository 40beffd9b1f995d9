import Domain

/// A safety limit that a plan exceeds.
public struct GuardRefusal: Hashable, Sendable {
    /// What would happen, with the numbers.
    public var sentence: String
    /// The rows that count towards the limit.
    public var rows: PlanEffect.Rows
    /// How to allow it: an option, a change of the configuration, or another command.
    public var remedy: String

    /// Creates a refusal.
    public init(sentence: String, rows: PlanEffect.Rows, remedy: String) {
        self.sentence = sentence
        self.rows = rows
        self.remedy = remedy
    }
}

/// Checks the state of the workspace after a plan, before anything is sent.
public enum Guards {
    /// Every limit that the plan exceeds.
    public static func check(_ effect: PlanEffect, _ limits: GuardLimits) -> [GuardRefusal] {
        SafetyLimit.allCases.compactMap { check($0, effect, limits) } + [own(effect)].compactMap(\.self)
    }

    /// A refusal if too few administrators would be left.
    public static func admins(_ effect: PlanEffect, _ limits: GuardLimits) -> GuardRefusal? {
        check(.minAdmins, effect, limits)
    }

    /// A refusal for each name of the user's own account that no active user has, because such a name protects nothing.
    /// The name in a saved plan was checked when the plan was made.
    ///
    /// - Parameter effects: the effects of the plans for all workspaces; the account must be in at least one of them.
    public static func strangers(_ effects: [PlanEffect], _ limits: GuardLimits) -> [GuardRefusal] {
        let takesAway = effects.contains { $0.removals.count > 0 }
        return limits.own.filter { own in
            if case .plan = own.source { return false }
            return (own.source == .option || takesAway) && !effects.contains { $0.ownFound.contains(own.value) }
        }.map { own in
            GuardRefusal(
                sentence: "no active user is \(Terminal.plain(own.value, limit: 254)), so your own account is not "
                    + "protected\(set(own.source))",
                rows: .init(), remedy: remedy(own.source, option: "--self EMAIL", key: "self"))
        }
    }

    private static func check(
        _ limit: SafetyLimit, _ effect: PlanEffect, _ limits: GuardLimits
    ) -> GuardRefusal? {
        let exceeded = limits[limit].filter { exceeds($0.value.count(of: effect.users), limit, effect) }
        guard !exceeded.isEmpty else { return nil }
        let strictest = limits.strictest(limit, of: effect.users)
        let (sentence, needed) = sentence(limit, effect, strictest, limits)
        var remedies: [String] = []
        for value in exceeded {
            let remedy = remedy(value.source, option: "\(limit.option) \(needed)", key: limit.rawValue, value: needed)
            if !remedies.contains(remedy) { remedies.append(remedy) }
        }
        return GuardRefusal(
            sentence: sentence + set(strictest.source), rows: effect.rows(of: limit),
            remedy: remedies.joined(separator: "; and "))
    }

    /// Whether a plan exceeds a limit. A workspace that already has too few administrators must not lose another.
    private static func exceeds(_ bound: Int, _ limit: SafetyLimit, _ effect: PlanEffect) -> Bool {
        limit == .minAdmins
            ? effect.adminsAfter < bound && effect.adminsLost.count > 0 : effect.rows(of: limit).count > bound
    }

    /// The message, and the value of the limit that would allow the plan.
    private static func sentence(
        _ limit: SafetyLimit, _ effect: PlanEffect, _ value: Sourced<LimitValue>, _ limits: GuardLimits
    ) -> (String, needed: Int) {
        let count = effect.rows(of: limit).count
        switch limit {
        case .minAdmins:
            let after = max(0, effect.adminsAfter)
            let bound = value.value.count(of: effect.users)
            return (
                "\(after.counted("ADMIN user")) would be left, of \(effect.admins) now; at least \(bound) "
                    + "\(bound == 1 ? "is" : "are") required", after
            )
        case .maxRemovals:
            let bound =
                switch value.value {
                case .share(let share): percent(share)
                case .count(let count): "\(count)"
                }
            return (
                "\(users(count)) of \(effect.users) would lose access or privileges "
                    + "(\(percent(Double(count) / Double(max(1, effect.users))))); the limit is \(bound)", count
            )
        case .maxPrivileged:
            return (
                "\(count) \(count == 1 ? "account" : "accounts") would get a privileged account type; the limit is "
                    + value.value.text, count
            )
        case .maxOutside:
            let lists = limits.domains.map { $0.value.joined(separator: ", ") }
            let domains =
                lists.count < 2 ? "outside " + lists.joined() : "not inside each of: " + lists.joined(separator: "; ")
            return (
                "\(count) \(count == 1 ? "address is" : "addresses are") \(domains); the limit is "
                    + value.value.text, count
            )
        }
    }

    private static func own(_ effect: PlanEffect) -> GuardRefusal? {
        guard effect.own.count > 0 else { return nil }
        return GuardRefusal(
            sentence: "your own account would lose access or privileges",
            rows: effect.own, remedy: "--allow-self")
    }

    /// The source of a limit, as the end of a message.
    private static func set(_ source: LimitSource) -> String {
        switch source {
        case .standard, .option: ""
        case .environment(let name): " (\(name))"
        case .configuration(let place): " (\(place))"
        case .plan(let plan): " (set by \(plan))"
        }
    }

    private static func remedy(_ source: LimitSource, option: String, key: String, value: Int? = nil) -> String {
        let value = value.map { " to \($0)" } ?? ""
        return switch source {
        case .standard, .option: option
        case .environment(let name): "change \(name)\(value)"
        case .configuration(let place): "change \(place)\(value)"
        case .plan: "make a new plan with \(option)"
        }
    }

    private static func users(_ count: Int) -> String { count == 1 ? "1 user" : "\(count) users" }

    private static func percent(_ share: Double) -> String {
        let tenths = (share * 1000).rounded()
        let whole = Int(tenths) / 10
        return tenths.truncatingRemainder(dividingBy: 10) == 0 ? "\(whole) %" : "\(whole).\(Int(tenths) % 10) %"
    }
}
