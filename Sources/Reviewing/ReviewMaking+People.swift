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
        var remarks = SettingsRemarks(comparison)
        for kind in AccountKind.allCases {
            source.accounts(kind) { account in
                accounts += 1
                if comparison.knows(account.email) { matches += 1 }
                remarks.take(account.email) {
                    let standing = comparison.standing(
                        of: .init(kind: kind, email: account.email, name: account.name, isPrivileged: false))
                    return standing.exception == nil && !standing.findings.isEmpty
                }
            }
        }
        for sentence in remarks.sentences { console.warn(Terminal.plain(sentence, limit: 500)) }
        try people.refuseIfForeign(matches: matches, of: accounts)
        return ReviewPeople(name: people.name, sha256: people.sha256, comparison, managers)
    }
}
