import Domain
import Foundation
import People

/// What the company's own list says about the accounts of a review. The last standing is cached, because several columns
/// ask about one account.
final class AccountStandings {
    private let people: ReviewPeople
    private let privileged: PrivilegedTypes
    private let basis: AccountColumns.Basis
    private var answer: AccountStanding?
    // What the last standing depends on. The whole account has three times as many fields, and would be copied for each cell.
    private var kind = AccountKind.user
    private var email = ""
    private var name = ""
    private var type = AccountType.admin
    private var firstSeen = Date.distantPast

    init(_ people: ReviewPeople, privileged: PrivilegedTypes, _ basis: AccountColumns.Basis) {
        self.people = people
        self.privileged = privileged
        self.basis = basis
    }

    /// What the list says about an account.
    func standing(of account: ReviewedAccount) -> AccountStanding {
        if let answer, isLast(account) { return answer }
        // The first snapshot does not say when an account in it was created.
        let isKnown = basis.firstSnapshotAt.map { account.firstSeen > $0 } ?? true
        let standing = people.comparison.standing(
            of: PeopleComparison.Account(
                kind: account.kind, email: account.email, name: account.name,
                isPrivileged: privileged.contains(account.accountType), firstSeen: isKnown ? account.firstSeen : nil))
        (kind, email, name, type) = (account.kind, account.email, account.name, account.accountType)
        (firstSeen, answer) = (account.firstSeen, standing)
        return standing
    }

    /// Whether the list says the same about an account as about the last one.
    private func isLast(_ account: ReviewedAccount) -> Bool {
        email == account.email && kind == account.kind && name == account.name && type == account.accountType
            && firstSeen == account.firstSeen
    }

    /// The findings as flags, the most important first.
    func flags(of account: ReviewedAccount) -> [String] {
        let standing = standing(of: account)
        if standing.findings.isEmpty, standing.service == nil { return [] }
        let found = standing.findings.map(\.words)
        let excepted = standing.exception.map { exception in
            found.map { "\($0) (excepted until \(exception.until): \(exception.reason))" }
        }
        return (standing.service.map { [$0.words] } ?? []) + (excepted ?? found)
    }
}

extension AccountStanding {
    /// The codes of the findings with their severities: `LEFT (critical)`; empty for excepted ones.
    var codes: String {
        exception == nil ? findings.map { "\($0.code.rawValue) (\($0.severity.rawValue))" }.joined(separator: "; ") : ""
    }
}

extension AccountColumns {
    /// The columns about the owners of accounts; none if the review was not compared with a list.
    static func people(_ standings: AccountStandings?) -> [AccountColumn] {
        guard let standings else { return [] }
        return [
            AccountColumn(
                "owner", "Owner", width: 20, isPrinted: false,
                help:
                    "The person whom the account belongs to by the company's own list, or the owner of a service account."
            ) { account in
                let standing = standings.standing(of: account)
                return Cell(
                    standing.service?.owner
                        ?? standing.owner.map { $0.person.name.isEmpty ? $0.person.label : $0.person.name })
            },
            AccountColumn(
                "manager", "Manager", width: 24, isPrinted: false, help: "The manager by the company's own list."
            ) { Cell(standings.standing(of: $0).owner?.person.manager) },
            AccountColumn(
                "department", "Department", width: 18, isPrinted: false,
                help: "The department by the company's own list."
            ) { Cell(standings.standing(of: $0).owner?.person.department) },
            AccountColumn(
                "employment", "Employment", width: 18, isPrinted: false,
                help: "The kind of employment by the company's own list."
            ) { Cell(standings.standing(of: $0).owner?.person.employmentType) },
            AccountColumn(
                "endDate", "End date", width: 11, isPrinted: false,
                help: "The last day of work by the company's own list."
            ) { Cell(standings.standing(of: $0).owner?.person.end?.description) },
            AccountColumn(
                "recommendation", "Recommendation", width: 26, isPrinted: false,
                help: "What the company's own list suggests, with the reason; never a decision by itself."
            ) { Cell(standings.standing(of: $0).recommendation) },
            AccountColumn(
                "findings", "Findings", width: 24, isPrinted: false,
                help: "The codes of the findings with their severities: critical, high, medium or low."
            ) { Cell(standings.standing(of: $0).codes) },
        ]
    }
}
