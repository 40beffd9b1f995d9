/// A limit on what one plan may do to a workspace. Options, settings, `config show`, the help, saved plans and the
/// check use the facts that are defined here.
///
/// The raw value is the name of the limit in a profile and in a saved plan.
public enum SafetyLimit: String, CaseIterable, Sendable {
    /// Minimum number of `ADMIN` users that must remain.
    case minAdmins
    /// Maximum number of users that may lose access or privileges.
    case maxRemovals
    /// Maximum number of accounts that may get a privileged account type.
    case maxPrivileged
    /// Maximum number of addresses outside the company's domains that may be invited or get privileges.
    case maxOutside

    /// The descriptions and the default of a limit.
    public struct Facts: Sendable {
        /// The option of the command line.
        public var option: String
        /// The placeholder for the value: `N`, or `25%|N` if a share of the active users is possible as well.
        public var valueName: String
        /// The default.
        public var standard: LimitValue
        /// The description of the value, for the option's help.
        public var help: String
        /// The description of what is refused, for the list of all limits.
        public var refuses: String
    }

    /// The descriptions and the default of the limit.
    public var facts: Facts {
        switch self {
        case .minAdmins:
            Facts(
                option: "--min-admins", valueName: "N", standard: .count(1),
                help: "Minimum number of ADMIN users that must remain.",
                refuses: "Refuse a plan that leaves fewer than N users with ADMIN.")
        case .maxRemovals:
            Facts(
                option: "--max-removals", valueName: "25%|N", standard: .share(0.25),
                help: "Maximum number, or share of active users, that may lose access or privileges.",
                refuses:
                    "Refuse a plan that takes access or privileges from more than this share or number of active users."
            )
        case .maxPrivileged:
            Facts(
                option: "--max-privileged", valueName: "N", standard: .count(5),
                help: "Maximum number of accounts that may get a privileged account type.",
                refuses: "Refuse a plan that gives a privileged account type to more than N accounts.")
        case .maxOutside:
            Facts(
                option: "--max-outside", valueName: "N", standard: .count(0),
                help: "Maximum number of addresses outside --domain that may be invited or get privileges.",
                refuses: "Refuse a plan that invites or gives privileges to more than N addresses outside --domain.")
        }
    }

    /// The option of the command line.
    public var option: String { facts.option }
    /// The default.
    public var standard: LimitValue { facts.standard }
    /// Whether it may be a share of the active users.
    public var takesShare: Bool { facts.valueName.contains("%") }
    /// Whether a higher value is stricter.
    public var isMinimum: Bool { self == .minAdmins }
}

/// The value of a limit.
public enum LimitValue: Hashable, Sendable {
    /// A number of users or rows, 0 or more.
    case count(Int)
    /// A share of the active users, 0 to 1.
    case share(Double)

    /// Reads `10` or `25%`; nil for anything else.
    public init?(_ text: String) {
        if text.hasSuffix("%") {
            guard let percent = Double(text.dropLast()), (0...100).contains(percent) else { return nil }
            self = .share(percent / 100)
        } else {
            guard let count = Int(text), count >= 0 else { return nil }
            self = .count(count)
        }
    }

    /// As written in an option: `25%`, `12.5%` or `10`.
    public var text: String {
        switch self {
        case .count(let count): return "\(count)"
        case .share(let share):
            let percent = (share * 1e8).rounded() / 1e6
            return percent == percent.rounded() ? "\(Int(percent))%" : "\(percent)%"
        }
    }

    /// The number of users that the limit stands for.
    ///
    /// - Parameter users: the number of active users in the workspace.
    public func count(of users: Int) -> Int {
        switch self {
        case .count(let count): count
        // In floating point, 0.29 × 100 is slightly less than 29, which is no reason to refuse the 29th.
        case .share(let share): Int(share * Double(users) + 1e-6)
        }
    }
}

/// The origin of a limit.
public enum LimitSource: Hashable, Sendable {
    /// The default.
    case standard
    /// An option of this command.
    case option
    /// An environment variable, by its name.
    case environment(String)
    /// A key of a profile, as `maxRemovals of profile acme in /home/ada/.config/rollcall/config.yaml`.
    case configuration(String)
    /// A confirmed plan, as `plan.json` or `run 3`.
    case plan(String)
}

/// A value with its origin.
public struct Sourced<Value: Hashable & Sendable>: Hashable, Sendable {
    /// The value.
    public var value: Value
    /// Where it was set.
    public var source: LimitSource

    /// Creates a value with its origin.
    public init(_ value: Value, _ source: LimitSource) {
        self.value = value
        self.source = source
    }
}
