import Domain

/// Checks the rows of a list that says who is to have access, and finds the accounts that it does not name.
///
/// A row about an active user requests an account type, and every other row an invitation. ``OperationRules`` then decides
/// whether anything is to be done.
public struct SyncRowCheck {
    private let accounts: AccountIndex
    private var invitation: InviteRowCheck
    private var change: ChangeRowCheck
    /// The keys of the addresses, and the uids, of all rows, also of rows that cannot be used.
    private var named: Set<String> = []
    /// The same addresses without tags: `ann@acme.io` for `ann+data@acme.io`.
    private var untagged: Set<String> = []
    /// The number of rows that may be about anybody, because they cannot be used.
    public private(set) var unusable = 0

    /// - Parameters:
    ///   - fallback: the account type of a row that names none; nil rejects such a row.
    ///   - words: the names of account types.
    ///   - allowsUnusual: whether addresses with unusual characters are accepted.
    ///   - findings: collects findings that are reported once for the whole list.
    public init(
        fallback: AccountType?, accounts: AccountIndex, words: TypeWords = TypeWords(), allowsUnusual: Bool = false,
        findings: ListFindings = ListFindings()
    ) {
        self.accounts = accounts
        invitation = InviteRowCheck(
            fallback: fallback, words: words, allowsUnusual: allowsUnusual, findings: findings)
        change = ChangeRowCheck(
            .changeRole, fallback: fallback, accounts: accounts, words: words, allowsUnusual: allowsUnusual,
            findings: findings)
    }

    /// The change that the row requests, or all of its problems.
    ///
    /// - Parameters:
    ///   - uid: the uid as written; if empty, the address identifies the person.
    ///   - malformation: a problem of the whole row that the reader found.
    public mutating func check(
        line: Int, email: String, emailColumn: Int?, uid: String, uidColumn: Int?, accountType: String,
        accountTypeColumn: Int?, malformation: (column: Int, message: String)? = nil
    ) -> DraftRow {
        let trimmed = EmailAddress.trimmed(email)
        let address =
            accounts.users(at: trimmed).isEmpty ? (try? WrittenAddress(trimmed))?.address.text ?? trimmed : trimmed
        name(address, uid: EmailAddress.trimmed(uid))
        // A uid names one account. If that is gone, the row may be about somebody who was disabled since it was written.
        let isKnown = !EmailAddress.trimmed(uid).isEmpty || !accounts.users(at: address).isEmpty
        let row =
            isKnown
            ? change.check(
                line: line, email: email, emailColumn: emailColumn, uid: uid, uidColumn: uidColumn,
                accountType: accountType, accountTypeColumn: accountTypeColumn, malformation: malformation)
            : invitation.check(
                line: line, email: email, emailColumn: emailColumn, accountType: accountType,
                accountTypeColumn: accountTypeColumn, malformation: malformation)
        if case .unusable = row.content { unusable += 1 }
        return row
    }

    private mutating func name(_ address: String, uid: String) {
        if !address.isEmpty {
            named.insert(EmailAddress.key(of: address))
            untagged.insert(Self.bare(EmailAddress.key(of: address)))
        }
        if !uid.isEmpty { named.insert(uid) }
    }

    /// An account that the list does not name.
    public struct Other: Hashable, Sendable {
        /// The user.
        public var user: ActiveUser
        /// Why the account stays nevertheless; nil if it is to be disabled.
        public var staysBecause: String?

        /// The row that disables the user. It belongs to no line of the list.
        public var row: DraftRow {
            DraftRow(
                line: 0, emailColumn: nil, kind: .disable, content: .change(.disable(uid: user.uid), of: user))
        }
    }

    /// The active users whom no row names, sorted by address.
    ///
    /// - Parameter kept: the keys of addresses, and the uids, that stay in any case, with the reason.
    public func others(in roster: Roster, kept: [String: String] = [:]) -> [Other] {
        roster.active.filter { !named.contains($0.uid) && !named.contains(EmailAddress.key(of: $0.email)) }
            .map { user in
                let key = EmailAddress.key(of: user.email)
                let reason =
                    kept[key] ?? kept[user.uid]
                    // Mail for both goes to one mailbox, so it is probably the same person.
                    ?? (untagged.contains(Self.bare(key))
                        ? "the list has the same address with another tag" : nil)
                return Other(user: user, staysBecause: reason)
            }.sorted { ($0.user.email, $0.user.uid) < ($1.user.email, $1.user.uid) }
    }

    /// The invitations that no row names, pending or expired, sorted by address.
    public func otherInvitations(in roster: Roster) -> [InvitedUser] {
        roster.invited.filter { !named.contains(EmailAddress.key(of: $0.email)) }.sorted { $0.email < $1.email }
    }

    private static func bare(_ key: String) -> String { EmailAddress.withoutTag(key) ?? key }
}
