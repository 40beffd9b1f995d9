import Domain
import Testing

@testable import Planning

private let developer = AccountType(rawValue: "DEVELOPER")

/// Where several places set a limit, the strictest holds.
@Suite struct GuardLimitTests {
    private let users = (1...10).map {
        ActiveUser(uid: "\($0)", email: "user\($0)@acme.io", name: "", accountType: $0 <= 2 ? .admin : developer)
    }

    private func disabling(_ count: Int, _ limits: GuardLimits) -> PlanEffect {
        var effect = PlanEffect(limits.question, on: users)
        for user in users.reversed().prefix(count) {
            effect.count(.disable(uid: user.uid), email: user.email, uid: user.uid, line: 2, before: user.accountType)
        }
        return effect
    }

    private static let profile = LimitSource.configuration("maxRemovals of profile acme in /etc/rollcall.yaml")

    @Test(
        arguments: [
            ([], 2, true), ([], 3, false), ([("4", LimitSource.option)], 4, true), ([("4", .option)], 5, false),
            // A profile is a ceiling: an option makes it stricter, and not looser.
            ([("9", .option), ("1", profile)], 2, false), ([("1", .option), ("9", profile)], 2, false),
            ([("9", .option), ("8", profile)], 5, true), ([("50%", .option), ("4", .plan("run 3"))], 5, false),
            ([("50%", .option), ("80%", .environment("ROLLCALL_MAX_REMOVALS"))], 5, true),
        ])
    func `the strictest of all places holds, and the default where there is none`(
        set: [(String, LimitSource)], count: Int, isAllowed: Bool
    ) throws {
        var limits = GuardLimits()
        limits.set(.minAdmins, to: .count(0), by: .option)
        for (text, source) in set { limits.set(.maxRemovals, to: try #require(LimitValue(text)), by: source) }
        #expect(Guards.check(disabling(count, limits), limits).isEmpty == isAllowed)
    }

    @Test func `a refusal names each place that stands in the way`() throws {
        var limits = GuardLimits()
        limits.set(.maxRemovals, to: .count(3), by: .option)
        limits.set(.maxRemovals, to: .count(2), by: Self.profile)
        let refusal = try #require(Guards.check(disabling(4, limits), limits).first)
        #expect(refusal.sentence.hasSuffix("the limit is 2 (maxRemovals of profile acme in /etc/rollcall.yaml)"))
        let change = "change maxRemovals of profile acme in /etc/rollcall.yaml to 4"
        #expect(refusal.remedy == "--max-removals 4; and " + change)
    }

    @Test func `the last administrator is a person, whatever the case of the type, and however often listed`() {
        let twice = [
            ActiveUser(uid: "1", email: "ada@acme.io", name: "", accountType: AccountType(rawValue: "Admin")),
            ActiveUser(uid: "2", email: "ADA@acme.io", name: "", accountType: .admin),
            ActiveUser(uid: "3", email: "bob@acme.io", name: "", accountType: developer),
        ]
        var effect = PlanEffect(on: twice)
        #expect(effect.admins == 1)
        effect.count(
            .disable(uid: "1"), email: "ada@acme.io", uid: "1", line: 2, before: AccountType(rawValue: "Admin"))
        #expect(effect.adminsAfter == 1)
        effect.count(.disable(uid: "2"), email: "ADA@acme.io", uid: "2", line: 3, before: .admin)
        #expect(effect.adminsAfter == 0)
        #expect(Guards.admins(effect, GuardLimits()) != nil)
    }

    @Test(arguments: ["ADMIN", "Admin", "admin"])
    func `an administrator is counted in whatever case the type is written`(type: String) {
        let users = [
            ActiveUser(uid: "1", email: "ada@acme.io", name: "", accountType: AccountType(rawValue: type)),
            ActiveUser(uid: "2", email: "bob@acme.io", name: "", accountType: developer),
        ]
        #expect(PlanEffect(on: users).admins == 1)
        #expect(PlanEffect(on: users).adminsAfter == 1)
    }

    @Test func `whoever has two accounts is one of the administrators that are left`() {
        let users = ["ada@acme.io", "ADA@acme.io", "eve@acme.io"].enumerated().map { place, email in
            ActiveUser(uid: "\(place)", email: email, name: "", accountType: .admin)
        }
        var effect = PlanEffect(on: users)
        #expect(effect.admins == 2)
        effect.count(.disable(uid: "2"), email: "eve@acme.io", uid: "2", line: 2, before: .admin)
        #expect(effect.adminsAfter == 1)
        var limits = GuardLimits()
        limits.set(.minAdmins, to: .count(2), by: .option)
        #expect(Guards.admins(effect, limits)?.sentence.hasPrefix("1 ADMIN user would be left, of 2 now") == true)
    }

    @Test(arguments: [(AccountType.admin, ["c@partner.com"]), (developer, [])])
    func `a privilege for an account outside the company counts as an invite does`(
        type: AccountType, outside: [String]
    ) {
        var limits = GuardLimits()
        limits.domains = [Sourced(["acme.io"], .option)]
        var effect = PlanEffect(limits.question)
        for email in ["a@acme.io", "c@partner.com"] {
            effect.count(
                .changeRole(uid: email, type), email: email, uid: email, line: 2,
                before: AccountType(rawValue: "BUSINESS"))
        }
        #expect(effect.outside.first.map(\.email) == outside)
        #expect(Guards.check(effect, limits).count == outside.count)
    }

    @Test func `the account of a saved plan stays protected beside the limits of the command`() throws {
        var plan = GuardLimits()
        plan.addOwn("user10@acme.io", isProtected: true, by: .option)
        var limits = GuardLimits()
        limits.add(
            try SavedLimits(json: SavedLimits(plan, users: 10, withDefaults: true).json()).limits(agreedToFor: "p"))
        #expect(Guards.check(disabling(1, limits), limits).map(\.remedy) == ["--allow-self"])
    }

    @Test(
        arguments: [
            ("SUPERUSER", true), ("admin", true), ("Developer", false), ("ANALYST", false), ("OWNER", true), ("", true),
        ])
    func `an account type that nobody knows counts as privileged`(type: String, isPrivileged: Bool) {
        #expect(PrivilegedTypes.standard.contains(AccountType(rawValue: type)) == isPrivileged)
    }

    @Test func `a list of privileged types replaces the default, and two lists add up`() {
        let one = PrivilegedTypes([AccountType(rawValue: "SECURITY_ADMIN")])
        let other = PrivilegedTypes([AccountType(rawValue: "BUSINESS")])
        #expect(!one.contains(AccountType(rawValue: "SUPERUSER")))
        #expect(PrivilegedTypes.standard.union(one) == one)
        #expect(one.union(other).contains(AccountType(rawValue: "business")))
    }

    @Test(
        arguments: [
            (LimitSource.option, 0, true), (.configuration("self"), 0, false), (.configuration("self"), 1, true),
            (.plan("run 1"), 1, false),
        ])
    func `an account of one's own that is not there protects nobody`(
        source: LimitSource, removals: Int, isRefused: Bool
    ) {
        var limits = GuardLimits()
        limits.addOwn("nobody@acme.io", isProtected: true, by: source)
        #expect(Guards.strangers([disabling(removals, limits)], limits).isEmpty != isRefused)
    }

    @Test func `an account of one's own is in one of several workspaces`() {
        var limits = GuardLimits()
        limits.addOwn("user1@acme.io", isProtected: true, by: .option)
        let empty = PlanEffect(limits.question, on: [])
        #expect(!Guards.strangers([empty], limits).isEmpty)
        #expect(Guards.strangers([empty, disabling(0, limits)], limits).isEmpty)
    }

    @Test func `a plan may lower the protection of its own account only, and not that of another place`() throws {
        var limits = GuardLimits()
        limits.addOwn("user10@acme.io", isProtected: true, by: .option)
        var plan = GuardLimits()
        plan.addOwn("user10@acme.io", isProtected: false, by: .option)
        limits.add(
            try SavedLimits(json: SavedLimits(plan, users: 10, withDefaults: true).json()).limits(agreedToFor: "p"))
        #expect(Guards.check(disabling(1, limits), limits).count == 1)
    }

    @Test func `an address has to be inside the domains of every place`() throws {
        var limits = GuardLimits()
        limits.domains = [Sourced(["acme.io", "partner.com"], .option), Sourced(["acme.io"], Self.profile)]
        var effect = PlanEffect(limits.question)
        for (line, address) in ["a@acme.io", "b@eu.acme.io", "c@partner.com"].enumerated() {
            effect.count(
                .invite(try EmailAddress(address), developer), email: address, uid: "", line: line, before: nil)
        }
        #expect(effect.outside.first.map(\.email) == ["c@partner.com"])
        let saved = try SavedLimits(json: SavedLimits(limits, users: 1, withDefaults: false).json())
        #expect(saved.limits(agreedToFor: "run 1").domains.map(\.value) == limits.domains.map(\.value))
    }

    @Test(arguments: ["lots", "-1", "101%", ""])
    func `what cannot be read of a run's limits allows nothing`(text: String) throws {
        let json = #"{"allowsOwn": false, "domains": [], "maxRemovals": "\#(text)"}"#
        let limits = try SavedLimits(json: json).limits(agreedToFor: "run 1")
        #expect(Guards.check(disabling(1, limits), limits).count == 1)
    }

    @Test(arguments: [
        (SafetyLimit.minAdmins, "1", "2", "2"), (.minAdmins, "2", "1", "2"), (.maxRemovals, "50%", "4", "4"),
        (.maxRemovals, "6", "50%", "50%"), (.maxPrivileged, "3", "2", "2"), (.maxOutside, "0", "1", "0"),
    ])
    func `of the values of a limit the strictest is kept with a plan`(
        limit: SafetyLimit, one: String, other: String, kept: String
    ) throws {
        var limits = GuardLimits()
        for text in [one, other] { limits.set(limit, to: try #require(LimitValue(text)), by: .option) }
        let saved = try SavedLimits(json: SavedLimits(limits, users: 10, withDefaults: false).json())
        #expect(saved.limits(agreedToFor: "p")[limit].map(\.value) == [LimitValue(kept)])
        #expect(limits.strictest(limit, of: 10).value == LimitValue(kept))
    }

    @Test func `limits that nothing sets are not kept with a run`() throws {
        let limits = try SavedLimits(json: SavedLimits(GuardLimits(), users: 10, withDefaults: false).json())
        #expect(SafetyLimit.allCases.allSatisfy { !limits.limits(agreedToFor: "run 1").isSet($0) })
    }
}
