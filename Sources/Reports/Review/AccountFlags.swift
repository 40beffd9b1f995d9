import Domain

/// What a reviewer should look at twice, in words.
enum AccountFlags {
    /// The flags of an account, the gravest first.
    ///
    /// - Parameter domains: the company's own, in lower case; none to leave the question out.
    static func of(_ account: ReviewedAccount, domains: [String]) -> [String] {
        var flags: [String] = []
        if account.accountType.isPrivileged { flags.append("privileged") }
        if !domains.isEmpty && (try? EmailAddress(account.email))?.isInside(domains) != true {
            flags.append("outside the company")
        }
        if account.isActiveToo { flags.append("already active") }
        if account.status?.isExpired == true { flags.append("expired") }
        if account.expiredReviews > 0 {
            let count = account.expiredReviews
            flags.append("expired in \(count) earlier review\(count == 1 ? "" : "s")")
        }
        if let other = account.sameAs { flags.append("same person as \(other)?") }
        if !AccountType.known.contains(account.accountType) { flags.append("unknown account type") }
        return flags
    }
}
