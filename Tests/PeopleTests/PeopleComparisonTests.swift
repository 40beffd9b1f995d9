import Domain
import Foundation
import Testing

@testable import People

/// What the company's own list says about accounts.
@Suite struct PeopleComparisonTests {
    private let today = Day(number: 20_785)

    private func account(
        _ email: String, name: String = "", privileged: Bool = false, firstSeen: String? = nil
    ) -> PeopleComparison.Account {
        .init(
            kind: .user, email: email, name: name, isPrivileged: privileged,
            firstSeen: firstSeen.flatMap { Day($0) }.map { Date(timeIntervalSince1970: Double($0.number) * 86_400) })
    }

    private func comparison(
        _ people: [Person], services: [String] = [], exceptions: [String] = []
    ) -> PeopleComparison {
        PeopleComparison(
            with: PeopleDirectory(people, knowsLeavers: true), on: today,
            services: services.compactMap { ServiceAccount($0) },
            exceptions: exceptions.compactMap { FindingException($0) })
    }

    private func words(_ standing: AccountStanding) -> String {
        standing.findings.map { "\($0.code.rawValue) \($0.severity.rawValue): \($0.words)" }.joined(separator: "; ")
    }

    @Test func `an address is that of the person who has it as the work address`() {
        let directory = PeopleDirectory(
            [
                Person(line: 2, addresses: ["new@acme.io", "j.smith@acme.io"], name: "Jo Smith"),
                Person(line: 3, addresses: ["j.smith@acme.io"], name: "Jan Smith"),
                Person(line: 4, addresses: ["max@acme.io", "m@acme.io"], name: "Max Roe"),
            ], knowsLeavers: true)
        #expect(directory.places(of: "J.Smith@ACME.io").map { directory.people[$0].line } == [3])
        #expect(directory.places(of: "m@acme.io").map { directory.people[$0].line } == [4])
        #expect(directory.places(of: "max+test@acme.io").map { directory.people[$0].line } == [4])
        #expect(directory.places(of: "+test@acme.io").isEmpty)
        #expect(directory.places(of: "nobody@acme.io").isEmpty)
    }

    @Test func `somebody who left and came back is employed`() {
        let comparison = comparison([
            Person(line: 2, addresses: ["a@acme.io"], name: "A", status: .left, end: Day(2025, 1, 31)),
            Person(line: 3, addresses: ["a@acme.io"], name: "A", department: "Data", status: .active),
        ])
        let standing = comparison.standing(of: account("a@acme.io"))
        #expect(standing.findings.isEmpty)
        #expect(standing.owner?.person.department == "Data")
    }

    @Test func `two people with one address are named, and nobody is a leaver while one is employed`() {
        let directory = PeopleDirectory(
            [
                Person(line: 2, addresses: ["info@acme.io"], name: "Ann Lee", status: .left),
                Person(line: 3, addresses: ["info@acme.io"], name: "Bo Fox", status: .active),
                Person(line: 4, addresses: ["twice@acme.io"], name: "Cy Poe"),
                Person(line: 5, addresses: ["twice@acme.io"], name: "Poe, Cy"),
            ], knowsLeavers: true)
        #expect(directory.sharedAddresses.map(\.address) == ["info@acme.io"])
        #expect(directory.owner(of: "info@acme.io", on: today)?.employment == .employed)
    }

    @Test func `findings have a code, a severity and words`() {
        let comparison = comparison(
            [
                Person(line: 2, addresses: ["left@acme.io"], end: Day(2026, 9, 30)),
                Person(line: 3, addresses: ["away@acme.io"], statusText: "Suspended", status: .suspended),
                Person(line: 4, addresses: ["soon@acme.io"], end: Day(2027, 1, 31)),
                Person(line: 5, addresses: ["late@acme.io"], end: Day(2027, 6, 30)),
                Person(line: 6, addresses: ["new@acme.io"], manager: "left@acme.io", start: Day(2026, 11, 1)),
                Person(line: 7, addresses: ["loop@acme.io"], manager: "pool@acme.io"),
                Person(line: 8, addresses: ["pool@acme.io"], manager: "loop@acme.io"),
                Person(line: 9, addresses: ["grace@acme.io"], name: "Hopper, Grace"),
            ], services: ["ci@acme.io=left@acme.io; builds", "bot@acme.io=Data team; reports; break-glass"],
            exceptions: ["*@partner.example=2027-03-31; audit", "old@partner.example=2026-11-27; over"])
        let found = { (email: String, name: String) in
            words(comparison.standing(of: account(email, name: name, privileged: true, firstSeen: "2026-10-01")))
        }
        #expect(found("left@acme.io", "") == "LEFT critical: left on 2026-09-30")
        #expect(found("away@acme.io", "") == "LEFT_OR_SUSPENDED high: left or suspended (Status: Suspended)")
        #expect(found("soon@acme.io", "") == "ENDS_SOON low: ends on 2027-01-31")
        #expect(found("late@acme.io", "").isEmpty && found("loop@acme.io", "").isEmpty)
        #expect(
            found("new@acme.io", "")
                == "MANAGER_LEFT medium: manager has left; JOINED_LATER medium: joined on 2026-11-01, after the account was first seen"
        )
        #expect(
            found("gh@acme.io", "Grace Hopper")
                == "UNKNOWN critical: not in the company's list; same name as grace@acme.io?")
        #expect(found("ci@acme.io", "") == "SERVICE_OWNER_LEFT high: its owner left@acme.io left on 2026-09-30")
        #expect(found("bot@acme.io", "").isEmpty)
        let excepted = comparison.standing(of: account("Xi@Partner.example"))
        #expect(excepted.exception?.reason == "audit" && excepted.recommendation == nil)
    }

    @Test func `nobody who may be away is recommended to lose access`() {
        let comparison = comparison([
            Person(line: 2, addresses: ["left@acme.io"], end: Day(2026, 9, 30)),
            Person(line: 3, addresses: ["away@acme.io"], statusText: "Suspended", status: .suspended),
        ])
        let recommended = { (email: String) in comparison.standing(of: account(email)).recommendation }
        #expect(recommended("left@acme.io") == "Revoke: left on 2026-09-30")
        #expect(recommended("away@acme.io")?.hasPrefix("Ask the manager") == true)
        #expect(recommended("gone@acme.io")?.hasPrefix("Find the owner") == true)
    }

    @Test(
        arguments: [
            ("*@acme.io", "a@acme.io", true), ("*@acme.io", "a@acme.iox", false), ("a*b*@x.io", "aXbYb@x.io", true),
            ("svc-*@acme.io", "svc-ci@acme.io", true), ("svc-*@acme.io", "ci@acme.io", false),
            ("A@acme.io", "a@ACME.io", true), ("a@acme.io", "b@acme.io", false),
        ] as [(String, String, Bool)])
    func `an exception is for an address or a pattern`(pattern: String, address: String, covers: Bool) {
        #expect(FindingException("\(pattern)=2027-01-01; x")?.covers(address, on: today) == covers)
        #expect(FindingException("\(pattern)=2026-11-27; x")?.covers(address, on: today) == false)
    }

    @Test(arguments: ["ci@acme.io", "ci@acme.io=grace", "ci@acme.io=grace; ", "ci=grace; builds", "=grace; builds"])
    func `a service account needs an owner and a reason`(text: String) { #expect(ServiceAccount(text) == nil) }

    @Test(arguments: ["*=2027-01-01; x", "a@acme.io=2027-02-30; x", "a@acme.io=2027-01-01", "a@acme.io=2027-01-01; "])
    func `an exception needs an address, an end and a reason`(text: String) { #expect(FindingException(text) == nil) }
}
