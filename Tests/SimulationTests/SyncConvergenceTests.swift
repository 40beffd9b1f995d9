import Domain
import Foundation
import Ledger
import Planning
import Testing

/// Random workspaces and lists: one `sync` makes the workspace match the list as far as the API allows, and the next one has
/// nothing to do. Requests do not fail here; what happens then is the same for every run (``SimulationTests``).
@Suite struct SyncConvergenceTests {
    private static let seeds = UInt64(ProcessInfo.processInfo.environment["SIMULATE_SEEDS"] ?? "") ?? 500

    @Test func `random workspaces and lists converge in one run`() throws {
        let ledger = try Ledger.temporary()
        var (applied, refused, removed) = (0, 0, 0)
        for seed in 1...Self.seeds {
            var model = SyncModel(seed: seed)
            let before = model
            let plan = try model.plan(in: ledger)
            // A plan that would leave nobody in charge is refused as a whole.
            guard plan.isAllowed else {
                refused += 1
                #expect(plan.adminsAfter < 1, "seed \(seed)")
                continue
            }
            applied += 1
            removed += plan.changes.count { $0.kind == .disable }
            for change in plan.changes { model.carryOut(change) }
            #expect(model.problems(since: before, plan) == [], "seed \(seed)")
            let again = try model.plan(in: ledger)
            #expect(again.changes == [], "seed \(seed)")
        }
        #expect(applied > Self.seeds / 2 && refused > 0 && removed > 0, "\(applied) applied, \(refused) refused")
    }
}

/// A workspace and a list of people.
private struct SyncModel {
    /// A row of the list, as written.
    struct Line {
        var email: String
        var type: String
    }

    private(set) var active: [ActiveUser] = []
    private(set) var invited: [InvitedUser] = []
    private var mails: [String: Int] = [:]
    private let lines: [Line]
    private let removesOthers: Bool
    private let kept: [String: String]

    struct Plan {
        var changes: [WorkspaceChange]
        var isAllowed: Bool
        var adminsAfter: Int
        /// Addresses of rows that contradict each other or cannot be used.
        var rejected: Set<String>
        var unusable: Int
    }

    init(seed: UInt64) {
        var random = SeededGenerator(seed: seed ^ 0x5f_ac3d)
        let names = (1...9).map { "p\($0)@acme.io" } + ["p1+x@acme.io", "p2+y@acme.io"]
        let types = ["ADMIN", "DEVELOPER", "ANALYST", "BUSINESS"]
        for name in names where random.happens(0.5) {
            active.append(
                ActiveUser(
                    uid: "u-\(name)", email: random.happens(0.2) ? name.uppercased() : name, name: "",
                    accountType: AccountType(rawValue: random.element(of: types))))
        }
        // Somebody with two accounts, and invitations, also of people who are active.
        if random.happens(0.2), let user = active.first {
            active.append(ActiveUser(uid: "second", email: user.email, name: "", accountType: user.accountType))
        }
        for name in names where random.happens(0.25) {
            invited.append(
                InvitedUser(
                    email: name, accountType: AccountType(rawValue: random.element(of: types)),
                    status: InviteStatus(rawValue: random.element(of: ["SENT", "EXPIRED"]))))
        }
        lines = (0..<random.below(12)).map { _ in
            let name = random.element(of: names + ["new1@acme.io", "new2@acme.io"])
            let written = random.happens(0.2) ? " " + name.uppercased() : random.happens(0.05) ? "not an address" : name
            return Line(email: written, type: random.happens(0.05) ? "" : random.element(of: types))
        }
        removesOthers = random.happens(0.6)
        kept = random.happens(0.3) ? [random.element(of: names): "kept"] : [:]
    }

    var roster: Roster { Roster(active: active, invited: invited) }

    /// The plan, made by the parts that the command uses.
    func plan(in ledger: Ledger) throws -> Plan {
        let workspace = "w"
        let lock = try ledger.lock(workspace)
        defer { lock.release() }
        let draft = try ledger.beginPlan(
            RunHeader(kind: .sync, workspace: workspace, input: "team.csv", version: "0"), under: lock, at: Date())
        defer { try? draft.discard() }
        var check = SyncRowCheck(fallback: nil, accounts: AccountIndex(roster))
        for (place, line) in lines.enumerated() {
            try draft.add(
                check.check(
                    line: place + 2, email: line.email, emailColumn: 1, uid: "", uidColumn: nil,
                    accountType: line.type, accountTypeColumn: 2))
        }
        if removesOthers, check.unusable == 0 {
            for other in check.others(in: roster, kept: kept) where other.staysBecause == nil {
                try draft.add(other.row)
            }
        }
        try draft.decide(against: roster, by: OperationRules.decide)
        var limits = GuardLimits()
        limits.set(.maxRemovals, to: .share(1), by: .option)
        limits.set(.maxPrivileged, to: .count(1000), by: .option)
        let effect = try ledger.effect(of: draft.number, on: roster, limits.question)
        var (changes, removals): ([WorkspaceChange], [WorkspaceChange]) = ([], [])
        var rejected: Set<String> = []
        try draft.rows { row in
            switch row.disposition {
            case .send:
                guard let kind = row.kind else { return }
                let change = try WorkspaceChange(
                    kind, email: row.text.email, uid: row.text.uid,
                    accountType: AccountType(rawValue: row.text.accountType))
                if kind == .disable { removals.append(change) } else { changes.append(change) }
            case .skip: break
            case .reject: rejected.insert(EmailAddress.key(of: row.text.email))
            }
        }
        return Plan(
            changes: changes + removals, isAllowed: Guards.check(effect, limits).isEmpty,
            adminsAfter: effect.adminsAfter, rejected: rejected, unusable: check.unusable)
    }

    mutating func carryOut(_ change: WorkspaceChange) {
        switch change {
        case .invite(let address, let type):
            mails[address.text, default: 0] += 1
            invited.removeAll { EmailAddress.key(of: $0.email) == EmailAddress.key(of: address.text) }
            invited.append(InvitedUser(email: address.text, accountType: type, status: InviteStatus(rawValue: "SENT")))
        case .changeRole(let uid, let type):
            for place in active.indices where active[place].uid == uid { active[place].accountType = type }
        case .disable(let uid): active.removeAll { $0.uid == uid }
        }
    }

    /// What must not be, after the plan was carried out.
    func problems(since before: SyncModel, _ plan: Plan) -> [String] {
        var problems: [String] = []
        let isAdmin = { (user: ActiveUser) in user.accountType.rawValue == "ADMIN" }
        if before.active.contains(where: isAdmin), !active.contains(where: isAdmin) { problems.append("no ADMIN") }
        for (email, count) in mails where count > 1 { problems.append("\(email) was mailed \(count) times") }
        for email in mails.keys {
            let key = EmailAddress.key(of: email)
            if before.active.contains(where: { EmailAddress.key(of: $0.email) == key }) {
                problems.append("\(email) is active, and was invited")
            }
            if before.invited.contains(where: { EmailAddress.key(of: $0.email) == key && !$0.status.isExpired }) {
                problems.append("\(email) has a pending invitation, and was invited again")
            }
        }
        var named: Set<String> = []
        for line in lines {
            let key = EmailAddress.key(of: EmailAddress.trimmed(line.email))
            named.insert(key)
            if plan.rejected.contains(key) || !key.contains("@") || line.type.isEmpty { continue }
            let users = active.filter { EmailAddress.key(of: $0.email) == key }
            let isInvited = invited.contains { EmailAddress.key(of: $0.email) == key && !$0.status.isExpired }
            if users.isEmpty ? !isInvited : users.contains(where: { $0.accountType.rawValue != line.type }) {
                problems.append("\(key) is not as in the list")
            }
        }
        let gone = before.active.filter { user in !active.contains { $0.uid == user.uid } }
        for user in gone {
            let key = EmailAddress.key(of: user.email)
            if !removesOthers || plan.unusable > 0 || named.contains(key) || kept[key] != nil {
                problems.append("\(key) was disabled")
            }
        }
        return problems
    }
}
