import ArgumentParser
import Domain
import Foundation
import Ledger
import Planning
import Settings
import TerminalIO

/// The options that override safety limits.
struct GuardOptions: ParsableArguments {
    /// What help calls these options.
    static let title = "Safety limits"

    @Option(help: Self.help(.minAdmins))
    var minAdmins: LimitValue?

    @Option(help: Self.help(.maxRemovals))
    var maxRemovals: LimitValue?

    @Option(help: Self.help(.maxPrivileged))
    var maxPrivileged: LimitValue?

    @Option(
        name: .customLong("self"),
        help: ArgumentHelp(
            "Your own account; it cannot lose access or privileges.", valueName: "email"))
    var own: String?

    @Flag(help: "Allow the account given with --self to lose access or privileges.")
    var allowSelf = false

    @Option(
        name: .customLong("domain"),
        help: ArgumentHelp(
            "A company domain, such as acme.io; limits who is invited or gets privileges. Can be repeated.",
            valueName: "domain"))
    var domains: [String] = []

    @Option(help: Self.help(.maxOutside))
    var maxOutside: LimitValue?

    mutating func validate() throws {
        for (limit, value) in given { try SettingKey(limit)?.check(value?.text, option: limit.option) }
        domains = try DomainNames.checked(domains)
        own = own.map { $0.trimmingCharacters(in: .whitespaces) }
        guard own != "" else { throw ValidationError("--self must be the email address of an account.") }
    }

    private static func help(_ limit: SafetyLimit) -> ArgumentHelp {
        ArgumentHelp(
            "\(limit.facts.help) (default: \(limit.standard.text))", valueName: limit.facts.valueName)
    }

    private var given: [(SafetyLimit, LimitValue?)] {
        SafetyLimit.allCases.map { limit in
            switch limit {
            case .minAdmins: (limit, minAdmins)
            case .maxRemovals: (limit, maxRemovals)
            case .maxPrivileged: (limit, maxPrivileged)
            case .maxOutside: (limit, maxOutside)
            }
        }
    }

    /// What the command line, the environment and the profile set. Each of them holds: an option makes a limit of a profile
    /// stricter, and never looser.
    func limits(_ settings: UserSettings) -> GuardLimits {
        var limits = GuardLimits()
        for case (let limit, let value?) in given { limits.set(limit, to: value, by: .option) }
        if let own { limits.addOwn(own, isProtected: !allowSelf, by: .option) }
        if !domains.isEmpty { limits.domains.append(Sourced(domains, .option)) }
        limits.add(settings.limits(allowsSelf: allowSelf))
        return limits
    }
}

extension GuardOptions {
    /// As ``limits(_:)``, with those that were agreed to when a run was planned.
    func limits(_ settings: UserSettings, besides run: RunRecord) throws -> GuardLimits {
        var limits = limits(settings)
        guard let text = run.header.limits else { return limits }
        guard let saved = try? SavedLimits(json: text) else {
            throw CommandFailure(.nothingSent, LedgerError.unknownKind("the limits of run \(run.number)").sentence)
        }
        limits.add(saved.limits(agreedToFor: "run \(run.number)"))
        return limits
    }
}

extension LimitValue: ExpressibleByArgument {
    /// `25%`, or `10`.
    public init?(argument: String) { self.init(argument) }
}

extension UserSettings {
    /// What the environment and the profile set.
    fileprivate func limits(allowsSelf: Bool) -> GuardLimits {
        var limits = GuardLimits()
        for limit in SafetyLimit.allCases {
            for setting in SettingKey(limit).map(everywhere) ?? [] {
                // It has been checked.
                guard let value = LimitValue(setting.text) else { continue }
                limits.set(limit, to: value, by: setting.origin.limitSource)
            }
        }
        limits.privileged = everywhere(.privilegedTypes).map(\.privilegedTypes).reduce(.standard) { $0.union($1) }
        for own in everywhere(.own) {
            limits.addOwn(own.text, isProtected: !allowsSelf, by: own.origin.limitSource)
        }
        limits.domains = everywhere(.domains).map { setting in
            let names = SettingKey.members(of: setting.text)
            return Sourced((try? DomainNames.checked(names)) ?? names, setting.origin.limitSource)
        }
        return limits
    }
}

extension Origin {
    fileprivate var limitSource: LimitSource {
        switch self {
        case .option: .option
        case .environment(let name): .environment(name)
        case .profile, .credentials: .configuration(words)
        case .builtIn, .onlyProfile: .standard
        }
    }
}

/// Domains as people write them: `@Acme.io`, `münchen.de`.
enum DomainNames {
    /// The domains in the form in which those of addresses are compared.
    static func checked(_ names: [String]) throws -> [String] {
        try names.map { name in
            guard let domain = EmailAddress.canonicalDomain(name) else {
                throw ValidationError("--domain \(Terminal.plain(name)) is not a domain name.")
            }
            return domain
        }
    }
}
