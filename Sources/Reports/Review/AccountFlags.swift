import Domain
import Foundation

/// The flags of an account: findings that a reviewer should check.
final class AccountFlags {
    /// The facts that follow from an account type alone.
    private struct Traits {
        var type: AccountType
        var isPrivileged: Bool
        var isKnown: Bool
        /// The cell of an account that has no other flags.
        var cell: Cell

        init(_ type: AccountType, _ types: PrivilegedTypes) {
            self.type = type
            isPrivileged = types.contains(type)
            isKnown = type.isKnown
            let flags = [isPrivileged ? AccountFlags.privileged : nil, isKnown ? nil : AccountFlags.unknownType]
            cell = Cell(flags.compactMap(\.self).joined(separator: AccountFlags.separator))
        }
    }

    private static let privileged = "privileged"
    private static let unknownType = "unknown account type"
    private static let separator = "; "

    private let domains: [String]
    /// What the company's own list says; nil without a list.
    private let standings: AccountStandings?
    /// What the audit log records; nil without a log.
    private let activities: AccountActivities?
    private let types: PrivilegedTypes
    /// When the accounts were listed.
    private let time: Date
    /// The traits of the last account. They are cached, because the rows of a review are sorted by type.
    private var traits: Traits

    /// - Parameters:
    ///   - domains: the company's own domains, in lower case; if empty, domains are not checked.
    ///   - privileged: the privileged account types.
    ///   - time: when the accounts were listed; exceptions that ended before are flagged.
    ///   - standings: what the company's own list says; nil without a list.
    ///   - activities: what the audit log records; nil without a log.
    init(
        domains: [String], privileged: PrivilegedTypes = .standard, at time: Date, _ standings: AccountStandings? = nil,
        _ activities: AccountActivities? = nil
    ) {
        self.domains = domains
        self.standings = standings
        self.activities = activities
        self.time = time
        types = privileged
        traits = Traits(.admin, privileged)
    }

    /// Whether the account type is privileged.
    func isPrivileged(_ account: ReviewedAccount) -> Bool {
        learn(account.accountType)
        return traits.isPrivileged
    }

    /// The flags of an account, the most important first.
    func cell(_ account: ReviewedAccount) -> Cell {
        learn(account.accountType)
        let decided = account.previousDecision.map { flags(of: $0, account.kind) } ?? []
        let people = standings?.flags(of: account) ?? []
        let quiet = activities?.flags(of: account) ?? []
        let others = people + Self.others(account, domains: domains) + quiet
        guard !others.isEmpty || !decided.isEmpty else { return traits.cell }
        let all =
            decided + (traits.isPrivileged ? [Self.privileged] : []) + others
            + (traits.isKnown ? [] : [Self.unknownType])
        return Cell(all.joined(separator: Self.separator))
    }

    /// The flags that follow from the previous decision. The mark before an expired exception sorts it before all
    /// other flags, because the rows cannot be reordered: their order follows from the response.
    private func flags(of previous: PreviousDecision, _ kind: AccountKind) -> [String] {
        if previous.isExpired(at: time), let end = previous.exceptionUntil {
            return ["! exception expired on \(Timestamp.day(end))"]
        }
        return previous.decision == .revoke && kind == .user ? ["revoked before and back again"] : []
    }

    /// The flags that do not follow from the account type.
    private static func others(_ account: ReviewedAccount, domains: [String]) -> [String] {
        var flags: [String] = []
        if !domains.isEmpty && !isInside(account.email, domains) { flags.append("outside the company") }
        if account.isActiveToo { flags.append("already active") }
        if account.status?.isExpired == true { flags.append("expired") }
        if account.expiredReviews > 0 {
            let count = account.expiredReviews
            flags.append("expired in \(count) earlier review\(count == 1 ? "" : "s")")
        }
        if let other = account.sameAs { flags.append("same person as \(other)?") }
        return flags
    }

    /// Whether an address is in one of the domains; false for an invalid address.
    static func isInside(_ email: String, _ domains: [String]) -> Bool {
        PlainAddress.isInside(email, domains) ?? ((try? EmailAddress(email))?.isInside(domains) == true)
    }

    private func learn(_ type: AccountType) {
        if traits.type != type { traits = Traits(type, types) }
    }
}
