import Domain
import Foundation
import Testing

@testable import Reports

/// The parts of a review that is split among reviewers.
@Suite struct ReviewPartsTests {
    /// The accounts of each part, and what the facts of its report depend on.
    private struct Part: Equatable {
        var name: String
        var emails: [String]
        var types: [String]
        var statuses: [String]
    }

    private func review() -> FakeReview {
        var review = FakeReview()
        review.users = (0..<12).map { number in
            ReviewedAccount(
                kind: .user, uid: "uid\(number)", email: "u\(number)@part\(number % 3).example", name: "U\(number)",
                accountType: number.isMultiple(of: 4) ? .admin : AccountType(rawValue: "DEVELOPER"), status: nil,
                firstSeen: FakeReview.day)
        }
        // One domain has more accounts than all others.
        review.users += (12..<20).map { number in
            ReviewedAccount(
                kind: .user, uid: "uid\(number)", email: "u\(number)@part1.example", name: "U\(number)",
                accountType: AccountType(rawValue: "ANALYST"), status: nil, firstSeen: FakeReview.day)
        }
        review.differences = (0..<3).map { number in
            RosterChange(
                change: .gone, kind: .user, uid: "gone\(number)", email: "gone\(number)@part\(number).example",
                name: "", typeBefore: .admin, typeAfter: nil, statusBefore: nil, statusAfter: nil)
        }
        return review
    }

    private func parts(keeping most: Int) throws -> [Part] {
        var parts: [Part] = []
        try ReviewParts(of: review(), by: ReviewSplit(.domain), keeping: most).each { name, accounts in
            var emails: [String] = []
            for kind in AccountKind.allCases { try accounts.accounts(kind) { emails.append($0.email) } }
            let types = try AccountKind.allCases.flatMap { kind in
                try accounts.counts(of: kind).map { "\(kind): \($0.count) \($0.type.rawValue)" }
            }
            try accounts.changes { emails.append($0.email) }
            let statuses = try accounts.statuses().map { "\($0.count) \($0.status.rawValue)" }
            parts.append(Part(name: name, emails: emails, types: types, statuses: statuses))
        }
        return parts
    }

    @Test func `each account is in one part, however many accounts are kept`() throws {
        let expected = try parts(keeping: 100)
        #expect(expected.map(\.name) == ["other.example", "part0.example", "part1.example", "part2.example"])
        // With a gone account in three of them.
        #expect(expected.map(\.emails.count) == [3, 5, 13, 5])
        for most in 0...24 { #expect(try parts(keeping: most) == expected, "\(most)") }
    }
}
