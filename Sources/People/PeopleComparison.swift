import Domain
import Foundation

/// Compares accounts with the company's own list of people.
public struct PeopleComparison: Sendable {
    /// The list.
    public let directory: PeopleDirectory
    /// The day of the comparison.
    public let day: Day
    /// Accounts that belong to no person.
    public let services: [ServiceAccount]
    /// Accounts whose findings are accepted.
    public let exceptions: [FindingException]
    /// Whether the manager of each person has left, in the order of the list.
    public let managersHaveLeft: [Bool]
    private let byAddress: [String: ServiceAccount]

    /// The number of days that count as *before the next review*: a quarter.
    public static let untilNextReview = 92

    /// Compares with a list as of a day.
    public init(
        with directory: PeopleDirectory, on day: Day, services: [ServiceAccount] = [],
        exceptions: [FindingException] = []
    ) {
        self.directory = directory
        self.day = day
        self.services = services
        self.exceptions = exceptions
        managersHaveLeft = directory.managersHaveLeft(on: day)
        byAddress = Dictionary(
            services.map { (EmailAddress.key(of: $0.account), $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The facts about an account that the comparison depends on.
    public struct Account: Equatable, Sendable {
        /// User or invitation.
        public var kind: AccountKind
        /// In the API's spelling.
        public var email: String
        /// The display name; empty for an invitation.
        public var name: String
        /// Whether the account type is privileged.
        public var isPrivileged: Bool
        /// The first snapshot with the account; nil if it is not known when the account was created.
        public var firstSeen: Date?

        /// Describes an account.
        public init(kind: AccountKind, email: String, name: String, isPrivileged: Bool, firstSeen: Date? = nil) {
            self.kind = kind
            self.email = email
            self.name = name
            self.isPrivileged = isPrivileged
            self.firstSeen = firstSeen
        }
    }

    /// Whether the list or the service accounts have an address.
    public func knows(_ email: String) -> Bool {
        !directory.places(of: email).isEmpty || service(of: email) != nil
    }

    /// The service account with an address; nil if it is none.
    func service(of email: String) -> ServiceAccount? {
        byAddress.isEmpty ? nil : byAddress[EmailAddress.key(of: email)]
    }

    /// What the list says about an account.
    public func standing(of account: Account) -> AccountStanding {
        let service = service(of: account.email)
        let owner = directory.owner(of: account.email, on: day)
        let found = service.map { findings(of: $0) } ?? owner.map { findings(of: $0, account) } ?? [unknown(account)]
        return AccountStanding(
            owner: owner, service: service, findings: found,
            exception: found.isEmpty ? nil : exceptions.first { $0.covers(account.email, on: day) })
    }

    private func unknown(_ account: Account) -> AccountFinding {
        let namesake = directory.address(ofNamesake: account.name).map { "; same name as \($0)?" } ?? ""
        return AccountFinding(
            code: .unknown, severity: account.kind == .user && account.isPrivileged ? .critical : .high,
            words: "not in the company's list" + namesake)
    }

    private func findings(of service: ServiceAccount) -> [AccountFinding] {
        guard (try? EmailAddress(service.owner)) != nil else { return [] }
        let employment = directory.owner(of: service.owner, on: day)?.employment
        if employment == .employed { return [] }
        let state = employment?.words ?? "is not in the company's list"
        return [
            AccountFinding(
                code: .serviceOwnerLeft, severity: .high, words: "its owner \(service.owner) \(state)")
        ]
    }

    private func findings(of owner: AccountOwner, _ account: Account) -> [AccountFinding] {
        let person = owner.person
        switch owner.employment {
        case .left:
            return [
                AccountFinding(
                    code: .left, severity: account.kind == .user ? .critical : .high,
                    words: owner.employment.words ?? "")
            ]
        case .unclear:
            return [
                AccountFinding(code: .leftOrSuspended, severity: .high, words: owner.employment.words ?? "")
            ]
        case .employed: break
        }
        var found: [AccountFinding] = []
        if managersHaveLeft[owner.place] {
            found.append(
                AccountFinding(code: .managerLeft, severity: .medium, words: "manager has left"))
        }
        if let start = person.start, let seen = account.firstSeen, Day(of: seen, in: .gmt) < start {
            found.append(
                AccountFinding(
                    code: .joinedLater, severity: .medium, words: "joined on \(start), after the account was first seen"
                ))
        }
        if let end = person.end, end >= day, end <= day.adding(Self.untilNextReview) {
            found.append(AccountFinding(code: .endsSoon, severity: .low, words: "ends on \(end)"))
        }
        return found
    }
}
