import Domain
import Testing

@testable import People

/// Service accounts and exceptions of the settings that somebody should correct.
@Suite struct SettingsRemarksTests {
    private let today = Day(number: 20_785)

    private func remarks(_ services: [String], _ exceptions: [String], _ accounts: [String]) -> [String] {
        let people = [
            Person(line: 2, addresses: ["ada@acme.io"], name: "Ada"),
            Person(line: 3, addresses: ["bob@acme.io"], name: "Bob", end: Day(2026, 1, 31)),
        ]
        let comparison = PeopleComparison(
            with: PeopleDirectory(people, knowsLeavers: true), on: today,
            services: services.compactMap { ServiceAccount($0) },
            exceptions: exceptions.compactMap { FindingException($0) })
        var remarks = SettingsRemarks(comparison)
        for email in accounts {
            remarks.take(email) {
                let account = PeopleComparison.Account(kind: .user, email: email, name: "", isPrivileged: false)
                let standing = comparison.standing(of: account)
                return standing.exception == nil && !standing.findings.isEmpty
            }
        }
        return remarks.sentences
    }

    @Test func `an exception that has ended is named if its findings count again`() {
        let ended = ["bob@acme.io=2026-11-27; notice period"]
        #expect(
            remarks([], ended, ["ada@acme.io", "Bob@acme.io"]) == [
                "the exception for bob@acme.io ended on 2026-11-27, so the findings about Bob@acme.io count again"
            ])
        // The last day counts.
        #expect(remarks([], ["bob@acme.io=2026-11-28; notice period"], ["ada@acme.io", "bob@acme.io"]).isEmpty)
        // Nothing is found about Ada.
        #expect(remarks([], ["ada@acme.io=2026-11-27; x"], ["ada@acme.io", "bob@acme.io"]).isEmpty)
        // Another exception accepts them.
        #expect(remarks([], ended + ["bob@acme.io=2027-01-01; y"], ["ada@acme.io", "bob@acme.io"]).isEmpty)
    }

    @Test func `an exception that names every account is named`() {
        let all = remarks([], ["*@acme.io=2027-01-01; x"], ["ada@acme.io", "bob@acme.io"])
        #expect(all.first?.contains("names all 2 accounts") == true, "\(all)")
        #expect(remarks([], ["*@acme.io=2027-01-01; x"], ["ada@acme.io", "x@other.example"]).isEmpty)
    }

    @Test func `a service account that is a person in the list is named`() {
        let found = remarks(["bob@acme.io=ada@acme.io; builds"], [], ["ada@acme.io", "bob@acme.io"])
        #expect(
            found == [
                "bob@acme.io is the service account of ada@acme.io in the settings, and a person on line 3 of the company's own "
                    + "list (left on 2026-01-31); it counts as a service account"
            ])
        #expect(remarks(["ci@acme.io=ada@acme.io; builds"], [], ["ci@acme.io"]).isEmpty)
    }

    @Test(
        arguments: [
            ("*=2027-01-01; x", "accepts the findings about every account"),
            ("*@*=2027-01-01; x", "accepts the findings about every account"),
            ("*@*.*=2027-01-01; x", "accepts the findings about every account"),
            ("bob=2027-01-01; x", "names no address"), ("bob@acme.io; on leave", "has no last day"),
            ("bob@acme.io=; on leave", "has no last day; an exception ends"),
            ("bob@acme.io=soon; on leave", "has a last day that is not a date"),
            ("bob@acme.io=2027-02-30; x", "has a last day that is not a date"),
            ("bob@acme.io=2027-01-01", "has no reason"), ("bob@acme.io=2027-01-01; ", "has no reason"),
        ] as [(String, String)])
    func `an exception that cannot be used is refused with what is wrong`(text: String, problem: String) {
        #expect(FindingException.problem(text)?.contains(problem) == true, "\(FindingException.problem(text) ?? "")")
        #expect(FindingException(text) == nil)
    }

    @Test func `a service account is one address`() {
        #expect(ServiceAccount.problem("*@acme.io=ada@acme.io; x")?.contains("has a pattern") == true)
        #expect(ServiceAccount.problem("ci@acme.io=ada@acme.io; x") == nil)
        #expect(ServiceAccount.problem("ci@acme.io")?.hasPrefix("is not ACCOUNT=OWNER; REASON") == true)
        #expect(FindingException.problem("*@partner.example=2020-01-01; over") == nil)
    }
}
