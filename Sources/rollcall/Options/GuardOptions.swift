import ArgumentParser
import Domain
import Foundation
import Planning
import Settings

/// What a command may do to the workspace that it was not told to by name.
struct GuardOptions: ParsableArguments {
    /// What help calls these options.
    static let title = "Limits"

    @Option(
        help: ArgumentHelp(
            "How many users with ADMIN have to be left. (default: \(Self.usual.minAdmins))", valueName: "N"))
    var minAdmins: Int?

    @Option(
        help: ArgumentHelp(
            "How many users may lose access or privileges: a share of the active users, or a number. (default: "
                + "\(RemovalLimit(Self.usual.maxRemovals).text))",
            valueName: "25%|N"))
    var maxRemovals: RemovalLimit?

    @Option(
        help: ArgumentHelp(
            "How many accounts may get a privileged account type. (default: \(Self.usual.maxPrivileged))",
            valueName: "N"))
    var maxPrivileged: Int?

    @Option(
        name: .customLong("self"),
        help: ArgumentHelp(
            "The account that these credentials belong to; it keeps its access and privileges.", valueName: "email"))
    var own: String?

    @Flag(help: "Let the account named by --self lose access or privileges.")
    var allowSelf = false

    @Option(
        name: .customLong("domain"),
        help: ArgumentHelp(
            "A domain of the company, as acme.io; nobody outside is invited or given a privilege. May be given again.",
            valueName: "domain"))
    var domains: [String] = []

    @Option(help: ArgumentHelp("How many addresses outside --domain are all right.", valueName: "N"))
    var maxOutside = GuardLimits().maxOutside

    mutating func validate() throws {
        try SettingKey.minAdmins.check(minAdmins, option: "--min-admins")
        try SettingKey.maxPrivileged.check(maxPrivileged, option: "--max-privileged")
        guard maxOutside >= 0 else { throw ValidationError("--max-outside is a whole number, 0 or more.") }
        domains = try DomainNames.checked(domains)
    }

    private static let usual = GuardLimits()

    /// What was given, or set, or is usual.
    func limits(_ settings: UserSettings) -> GuardLimits {
        var limits = GuardLimits()
        limits.minAdmins = settings.value(.minAdmins, given: minAdmins, else: limits.minAdmins) { Int($0) }
        limits.maxRemovals = settings.value(.maxRemovals, given: maxRemovals?.limit, else: limits.maxRemovals) {
            RemovalLimit(argument: $0)?.limit
        }
        limits.maxPrivileged = settings.value(.maxPrivileged, given: maxPrivileged, else: limits.maxPrivileged) {
            Int($0)
        }
        limits.privileged = settings.privilegedTypes
        limits.own = settings.value(.own, given: own) { $0 }
        limits.allowsOwn = allowSelf
        limits.domains = settings.domains(given: domains)
        limits.maxOutside = maxOutside
        return limits
    }
}

/// `25%`, or `10`.
struct RemovalLimit: ExpressibleByArgument {
    var limit: GuardLimits.Removals

    init(_ limit: GuardLimits.Removals) { self.limit = limit }

    init?(argument: String) {
        if argument.hasSuffix("%") {
            guard let percent = Double(argument.dropLast()), (0...100).contains(percent) else { return nil }
            limit = .share(percent / 100)
        } else {
            guard let count = Int(argument), count >= 0 else { return nil }
            limit = .count(count)
        }
    }

    /// As it is given: `25%`, `12.5%` or `10`.
    var text: String {
        switch limit {
        case .share(let share): (share * 100).short(6) + "%"
        case .count(let count): "\(count)"
        }
    }
}

/// Domains as people write them: `@Acme.io`.
enum DomainNames {
    static func checked(_ names: [String]) throws -> [String] {
        let names = names.map { $0.lowercased().trimmingCharacters(in: CharacterSet(charactersIn: "@. ")) }
        for name in names where (try? EmailAddress("someone@" + name)) == nil {
            throw ValidationError("--domain \(Terminal.plain(name)) is not a domain name.")
        }
        return names
    }
}
