import Domain
import Foundation
import People
import Populations
import Reports
import TerminalIO

extension ReviewMaking {
    /// The comparison of the accounts with the company's own list; nil without a list.
    ///
    /// - Throws: ``CommandFailure`` if nobody in the list has an account.
    func comparison(of source: RosterReview) throws -> ReviewPeople? {
        guard let people else { return nil }
        let comparison = PeopleComparison(with: people.directory, on: day, services: services, exceptions: exceptions)
        var (accounts, matches) = (0, 0)
        for kind in AccountKind.allCases {
            source.accounts(kind) { account in
                accounts += 1
                if comparison.knows(account.email) { matches += 1 }
            }
        }
        try people.refuseIfForeign(matches: matches, of: accounts)
        return ReviewPeople(name: people.name, sha256: people.sha256, comparison)
    }

    /// The list of reviewers that follows from the managers of the list; nil if the review is not split by them.
    ///
    /// The manager decides about an account, the owner about a service account. If they are unknown, have left or own
    /// the account themselves, the fallback decides.
    func managers(_ people: ReviewPeople, of source: RosterReview) throws -> EvidenceFolder.Sharing? {
        guard splitsByManager else { return nil }
        var reviewers: [String: String] = [:]
        var lines: [String] = []
        let comparison = people.comparison
        let services = Dictionary(
            comparison.services.map { (EmailAddress.key(of: $0.account), $0.owner) },
            uniquingKeysWith: { first, _ in first })
        for kind in AccountKind.allCases {
            source.accounts(kind) { account in
                let key = EmailAddress.key(of: account.email)
                guard reviewers[key] == nil else { return }
                let owner = comparison.directory.owner(of: account.email, on: comparison.day)
                let wanted = services[key] ?? owner?.person.manager ?? ""
                let own = [account.email] + (owner?.person.addresses ?? [])
                let isOwn = own.contains { EmailAddress.key(of: $0) == EmailAddress.key(of: wanted) }
                let isEmployed = comparison.directory.owner(of: wanted, on: comparison.day)?.employment == .employed
                let isFree = !wanted.isEmpty && !isOwn && isEmployed
                guard let reviewer = isFree ? wanted : managerFallback else { return }
                reviewers[key] = reviewer
                lines.append([account.email, reviewer].map(Self.quoted).joined(separator: ",") + "\r\n")
            }
        }
        let bytes = Data(("email,reviewer\r\n" + lines.joined()).utf8)
        return .init(
            ReviewSplit(try ReviewSharing.rule(bytes, name: EvidenceFolder.assignmentsName)), assignments: bytes)
    }

    private static func quoted(_ text: String) -> String { "\"" + text.replacing("\"", with: "\"\"") + "\"" }
}
