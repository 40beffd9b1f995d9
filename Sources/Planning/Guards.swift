import Domain

/// What a run may do to a workspace without being told so by name.
public struct GuardLimits: Hashable, Sendable {
    /// How much access a run may take away.
    public enum Removals: Hashable, Sendable {
        /// Of the active users, 0 to 1.
        case share(Double)
        /// So many.
        case count(Int)

        func allows(_ removals: Int, of users: Int) -> Bool {
            switch self {
            // 0.29 of 100 is a little less than 29 to a computer, which is no reason to refuse the 29th.
            case .share(let share): Double(removals) <= share * Double(users) + 1e-6
            case .count(let count): removals <= count
            }
        }
    }

    /// How many users with `ADMIN` have to be left.
    public var minAdmins = 1
    /// How many may lose access or privileges.
    public var maxRemovals = Removals.share(0.25)
    /// Which account types count as privileged.
    public var privileged = PrivilegedTypes.byName
    /// How many may get a privileged account type.
    public var maxPrivileged = 5
    /// The address or uid of the account that the credentials belong to, where it is known.
    public var own: String?
    /// Whether that account may lose access or privileges.
    public var allowsOwn = false
    /// The company's own domains, in lower case; none to leave the question out.
    public var domains: [String] = []
    /// How many addresses outside those domains may be invited or given a privilege.
    public var maxOutside = 0

    /// The usual limits.
    public init() {}
}

/// A limit that a plan goes beyond.
public struct GuardRefusal: Hashable, Sendable {
    /// What would happen, with the numbers.
    public var sentence: String
    /// The rows that it is about.
    public var rows: PlanEffect.Rows
    /// What lets it through: an option, or another command.
    public var remedy: String

    /// Takes a refusal.
    public init(sentence: String, rows: PlanEffect.Rows, remedy: String) {
        self.sentence = sentence
        self.rows = rows
        self.remedy = remedy
    }
}

/// Looks at the state that a plan would leave the workspace in, before anything is sent.
public enum Guards {
    /// Every limit that the plan goes beyond.
    public static func check(_ effect: PlanEffect, _ limits: GuardLimits) -> [GuardRefusal] {
        [
            admins(effect, limits), removals(effect, limits), own(effect, limits), grants(effect, limits),
            outside(effect, limits),
        ].compactMap(\.self)
    }

    /// Whether enough administrators are left. A workspace that had too few before may not lose another.
    public static func admins(_ effect: PlanEffect, _ limits: GuardLimits) -> GuardRefusal? {
        let after = effect.adminsAfter
        guard after < limits.minAdmins, effect.adminsLost.count > 0 else { return nil }
        return GuardRefusal(
            sentence: "\(users(after)) with ADMIN would be left, of \(effect.admins) now; at least "
                + "\(limits.minAdmins) have to be",
            rows: effect.adminsLost, remedy: "--min-admins \(max(0, after))")
    }

    private static func removals(_ effect: PlanEffect, _ limits: GuardLimits) -> GuardRefusal? {
        let count = effect.removals.count
        guard !limits.maxRemovals.allows(count, of: effect.users) else { return nil }
        let limit =
            switch limits.maxRemovals {
            case .share(let share): percent(share)
            case .count(let count): "\(count)"
            }
        return GuardRefusal(
            sentence: "\(users(count)) of \(effect.users) would lose access or privileges "
                + "(\(percent(Double(count) / Double(max(1, effect.users))))); the limit is \(limit)",
            rows: effect.removals, remedy: "--max-removals \(count)")
    }

    private static func own(_ effect: PlanEffect, _ limits: GuardLimits) -> GuardRefusal? {
        guard effect.own.count > 0, !limits.allowsOwn else { return nil }
        return GuardRefusal(
            sentence: "the account that these credentials belong to would lose access or privileges",
            rows: effect.own, remedy: "--allow-self")
    }

    private static func grants(_ effect: PlanEffect, _ limits: GuardLimits) -> GuardRefusal? {
        let count = effect.grants.count
        guard count > limits.maxPrivileged else { return nil }
        return GuardRefusal(
            sentence: "\(count) accounts would get a privileged account type; the limit is \(limits.maxPrivileged)",
            rows: effect.grants, remedy: "--max-privileged \(count)")
    }

    private static func outside(_ effect: PlanEffect, _ limits: GuardLimits) -> GuardRefusal? {
        let count = effect.outside.count
        guard count > limits.maxOutside else { return nil }
        return GuardRefusal(
            sentence: "\(count) addresses are outside \(limits.domains.joined(separator: ", ")); the limit is "
                + "\(limits.maxOutside)",
            rows: effect.outside, remedy: "--max-outside \(count)")
    }

    private static func users(_ count: Int) -> String { count == 1 ? "1 user" : "\(count) users" }

    private static func percent(_ share: Double) -> String {
        let tenths = (share * 1000).rounded()
        let whole = Int(tenths) / 10
        return tenths.truncatingRemainder(dividingBy: 10) == 0 ? "\(whole) %" : "\(whole).\(Int(tenths) % 10) %"
    }
}
