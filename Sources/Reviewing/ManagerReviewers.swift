import Domain
import Foundation
import People
import Reports

extension ReviewSharing {
    /// The list of reviewers that follows from the managers of the company's own list; nil if the review is not divided among
    /// them.
    public static func byManagers(
        _ people: ReviewPeople, of source: some ReviewSource
    ) throws -> EvidenceFolder.Sharing? {
        guard let managers = people.managers else { return nil }
        var assigned: Set<String> = []
        var lines: [String] = []
        for kind in AccountKind.allCases {
            try source.accounts(kind) { account in
                let key = EmailAddress.key(of: account.email)
                guard !assigned.contains(key),
                    let reviewer = managers.reviewer(of: account.email, by: people.comparison)
                else { return }
                assigned.insert(key)
                lines.append([account.email, reviewer].map(quoted).joined(separator: ",") + "\r\n")
            }
        }
        let bytes = Data(("email,reviewer\r\n" + lines.joined()).utf8)
        return .init(ReviewSplit(try rule(bytes, name: EvidenceFolder.assignmentsName)), assignments: bytes)
    }

    /// A field of the list that the evidence folder keeps.
    static func quoted(_ text: String) -> String { "\"" + text.replacing("\"", with: "\"\"") + "\"" }
}

extension ReviewedFolder {
    /// Who decides about the accounts of a supplement, by row key: their managers, if the review is divided among them.
    ///
    /// An account whose address was reviewed before keeps its reviewer.
    ///
    /// - Parameters:
    ///   - added: the added accounts with their row keys.
    ///   - count: the number of supplements before this one.
    public func managers(
        of added: [(key: String, account: ReviewedAccount)], after count: Int, by people: ReviewPeople?
    ) -> [String: String] {
        guard let people, let managers = people.managers, let split = split(with: count) else { return [:] }
        let known = Set(population(with: count).map { EmailAddress.key(of: $0.account.email) })
        let names = split.reviewers
        var found: [String: String] = [:]
        for (key, account) in added where !known.contains(EmailAddress.key(of: account.email)) {
            guard let reviewer = managers.reviewer(of: account.email, by: people.comparison) else { continue }
            found[key] = names[PersonName.key(of: reviewer)] ?? reviewer
        }
        return found
    }
}
