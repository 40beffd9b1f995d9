/// A limit on what one plan may do to a workspace. Options, settings, `config show`, help, saved plans and the check read
/// what is said here.
///
/// The raw value is its name in a profile and in a saved plan.
public enum SafetyLimit: String, CaseIterable, Sendable {
    /// How many users with `ADMIN` have to be left.
    case minAdmins
    /// How many users may lose access or privileges.
    case maxRemovals
    /// Maximum number of accounts that may get a privileged account type.
    case maxPrivileged
    /// How many addresses outside the company's domains may be invited or given a privilege.
    case maxOutside

    /// What is said about a limit.
    public struct Facts: Sendable {
        /// The option of the command line.
        public var option: String
        /// What the option takes: `N`, or `25%|N` for a share of the active users as well.
        public var valueName: String
        /// What holds where nothing sets the limit.
        public var standard: LimitValue
        /// What the value is, for the option's help.
        public var help: String
        /// What is refused, for people who read about all limits.
        public var refuses: String
    }

    /// What is said about the limit.
    public var facts: Facts {
        switch self {
        case .minAdmins:
            Facts(
                option: "--min-admins", valueName: "N", standard: .count(1),
                help: "Minimum number of ADMIN users that must remain.",
                refuses: "Refuse a plan that leaves fewer users with ADMIN.")
        case .maxRemovals:
            Facts(
                option: "--max-removals", valueName: "25%|N", standard: .share(0.25),
                help: "Maximum number, or share of active users, that may lose access or privileges.",
                refuses: "Refuse a plan that takes access or privileges from more of the active users.")
        case .maxPrivileged:
            Facts(
                option: "--max-privileged", valueName: "N", standard: .count(5),
                help: "Maximum number of accounts that may get a privileged account type.",
                refuses: "Refuse a plan that gives a privileged account type to more accounts.")
        case .maxOutside:
            Facts(
                option: "--max-outside", valueName: "N", standard: .count(0),
                help: "Maximum number of addresses outside --domain that may be invited or get privileges.",
                refuses: "Refuse a plan that invites more addresses outside --domain, or gives them privileges.")
        }
    }

    /// The option of the command line.
    public var option: String { facts.option }
    /// What holds where nothing sets the limit.
    public var standard: LimitValue { facts.standard }
    /// Whether it may be a share of the active users.
    public var takesShare: Bool { facts.valueName.contains("%") }
    /// Whether more is stricter.
    public var isMinimum: Bool { self == .minAdmins }
}

/// How high a limit is.
public enum LimitValue: Hashable, Sendable {
    /// A number of users or rows, 0 or more.
    case count(Int)
    /// A share of the active users, 0 to 1.
    case share(Double)

    /// Takes `10` or `25%`; nil for anything else.
    public init?(_ text: String) {
        if text.hasSuffix("%") {
            guard let percent = Double(text.dropLast()), (0...100).contains(percent) else { return nil }
            self = .share(percent / 100)
        } else {
            guard let count = Int(text), count >= 0 else { return nil }
            self = .count(count)
        }
    }

    /// As it is given: `25%`, `12.5%` or `10`.
    public var text: String {
        switch self {
        case .count(let count): return "\(count)"
        case .share(let share):
            let percent = (share * 1e8).rounded() / 1e6
            return percent == percent.rounded() ? "\(Int(percent))%" : "\(percent)%"
        }
    }

    /// How many that is in a workspace.
    ///
    /// - Parameter users: how many active users there are.
    public func count(of users: Int) -> Int {
        switch self {
        case .count(let count): count
        // 0.29 of 100 is a little less than 29 to a computer, which is no reason to refuse the 29th.
        case .share(let share): Int(share * Double(users) + 1e-6)
        }
    }
}

/// Where a limit was set.
public enum LimitSource: Hashable, Sendable {
    /// Nowhere: it is the default.
    case standard
    /// An option of this command.
    case option
    /// An environment variable, by its name.
    case environment(String)
    /// A key of a profile, as `maxRemovals of profile acme in /home/ada/.config/rollcall/config.yaml`.
    case configuration(String)
    /// A plan that was agreed to, as `plan.json` or `run 3`.
    case plan(String)
}

/// A value, and where it was set.
public struct Sourced<Value: Hashable & Sendable>: Hashable, Sendable {
    /// The value.
    public var value: Value
    /// Where it was set.
    public var source: LimitSource

    /// Takes a value.
    public init(_ value: Value, _ source: LimitSource) {
        self.value = value
        self.source = source
    }
}
