import Domain

/// The initial users and invitations of a sandbox workspace; the same on every machine for the same numbers.
///
/// Always included: active `ada.admin` (ADMIN), active `grace` (DEVELOPER), `pending` (SENT, DEVELOPER) and `expired`
/// (EXPIRED, DEVELOPER), all in the domain. A workspace of 25 users or more also has two accounts that no list of employees
/// explains, for reviews: `ci-deploy`, a service account, and `priya.nair`, a privileged account of an unknown person.
public struct WorkspaceSeed: Hashable, Sendable {
    /// The number of active users, at least the two that are always included; there are a fifth as many invitations, at
    /// least two. With 0, the workspace is empty.
    public var users: Int
    /// The seed of the generator.
    public var seed: UInt64
    /// The domain of every address.
    public var domain: String

    /// Creates a seed; by default for 25 users.
    public init(users: Int = 25, seed: UInt64 = 1, domain: String = "acme.io") {
        self.users = users
        self.seed = seed
        self.domain = domain
    }

    /// The number of users from which a workspace has the accounts of ``unlisted``.
    private static let usersForUnlisted = 25
    /// The accounts that no list of employees explains, by their position among the active users. They replace generated
    /// ones, so that all other accounts stay the same.
    private static let unlisted = [
        7: (local: "ci-deploy", name: "CI Deploy", type: "DEVELOPER"),
        21: (local: "priya.nair", name: "Priya Nair", type: "SECURITY_ADMIN"),
    ]

    private static let given = [
        ("Amara", "amara"), ("Björn", "bjorn"), ("Chen", "chen"), ("Dalia", "dalia"), ("Émile", "emile"),
        ("Fatima", "fatima"), ("Goran", "goran"), ("Hana", "hana"), ("Igor", "igor"), ("José", "jose"),
        ("Keiko", "keiko"), ("Lars", "lars"), ("Małgorzata", "malgorzata"), ("Nia", "nia"), ("Oluwaseun", "oluwaseun"),
    ]
    private static let family = [
        ("Okafor", "okafor"), ("Lindqvist", "lindqvist"), ("Wang", "wang"), ("Haddad", "haddad"), ("Dupont", "dupont"),
        ("García", "garcia"), ("Novák", "novak"), ("Sato", "sato"), ("O’Brien", "obrien"), ("Müller", "muller"),
        ("Silva", "silva"), ("Kowalska", "kowalska"), ("Patel", "patel"), ("Nguyễn", "nguyen"), ("Smith", "smith"),
    ]

    /// The initial state of the workspace.
    public func roster() -> Roster {
        guard users > 0 else { return Roster(active: [], invited: []) }
        var random = SplitMix(seed: seed)
        let developer = AccountType(rawValue: "DEVELOPER")
        var active = [
            ActiveUser(uid: random.uid(), email: "ada.admin@\(domain)", name: "Ada Admin", accountType: .admin),
            ActiveUser(uid: random.uid(), email: "grace@\(domain)", name: "Grace Hopper", accountType: developer),
        ]
        for number in active.count..<max(users, 2) {
            let (first, last) = (random.pick(Self.given), random.pick(Self.family))
            active.append(
                ActiveUser(
                    uid: random.uid(), email: "\(first.1).\(last.1).\(number)@\(domain)",
                    name: "\(first.0) \(last.0)", accountType: type(&random)))
        }
        if users >= Self.usersForUnlisted {
            for (position, account) in Self.unlisted {
                active[position] = ActiveUser(
                    uid: active[position].uid, email: "\(account.local)@\(domain)", name: account.name,
                    accountType: AccountType(rawValue: account.type))
            }
        }
        var invited = [
            InvitedUser(email: "pending@\(domain)", accountType: developer, status: InviteStatus(rawValue: "SENT")),
            InvitedUser(email: "expired@\(domain)", accountType: developer, status: InviteStatus(rawValue: "EXPIRED")),
        ]
        for number in invited.count..<max(users / 5, 2) {
            let status = InviteStatus(rawValue: number % 3 == 2 ? "EXPIRED" : "SENT")
            let (first, last) = (random.pick(Self.given), random.pick(Self.family))
            invited.append(
                InvitedUser(
                    email: "\(first.1).\(last.1).new\(number)@\(domain)", accountType: type(&random), status: status))
        }
        return Roster(active: active, invited: invited)
    }

    /// The initial state of a second workspace, which includes every third user of the first one, with a different
    /// account type, and has an invitation for one of them.
    func otherRoster(sharing roster: Roster) -> Roster {
        var random = SplitMix(seed: seed ^ 0x0f1a)
        var other = Roster(active: [], invited: Array(roster.invited.prefix(2)))
        for (number, user) in roster.active.enumerated() {
            if number < 2 || number % 3 == 0 {
                let type = number < 2 ? user.accountType : type(&random)
                other.active.append(
                    ActiveUser(uid: random.uid(), email: user.email, name: user.name, accountType: type))
            } else if number == 4 {
                other.invited.append(
                    InvitedUser(
                        email: user.email, accountType: user.accountType, status: InviteStatus(rawValue: "SENT")))
            }
        }
        return other
    }

    /// A random account type; about one in twelve is privileged.
    private func type(_ random: inout SplitMix) -> AccountType {
        let isPrivileged = random.next() % 12 == 0
        return random.pick(AccountType.known.filter { PrivilegedTypes.standard.contains($0) == isPrivileged })
    }
}
