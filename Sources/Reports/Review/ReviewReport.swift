import Domain
import Foundation

/// The report of an access review, for reviewers and auditors.
public enum ReviewReport {
    /// The report of a snapshot.
    ///
    /// - Throws: errors of the source while it counts.
    public static func make(_ source: some ReviewSource, _ context: ReviewContext) throws -> Report {
        let types = (user: try source.counts(of: .user), invite: try source.counts(of: .invite))
        let users = types.user.reduce(0) { $0 + $1.count }
        let invites = types.invite.reduce(0) { $0 + $1.count }
        let changes = try source.changeCounts()
        let part = (context.part ?? context.addedOn.map { "added on \($0)" }).map { ": \($0)" } ?? ""
        var report = Report(kind: .review, title: "Access review \(context.id)\(part)", time: source.snapshot.takenAt)
        report.warnings = context.warnings
        if context.part == nil, context.addedOn == nil,
            users != source.snapshot.active || invites != source.snapshot.invited
        {
            report.warnings.append("The number of accounts in the ledger differs from the response.")
        }
        report.facts = ReviewFacts.groups(source, context, users: users, invites: invites)
        report.tallies = [
            Tally(
                key: "usersByAccountType", title: "Active users by account type",
                counts: types.user.map { ($0.type.rawValue, $0.count) }, isCharted: true),
            Tally(
                key: "invitesByStatus", title: "Invitations by status",
                counts: try source.statuses().map { ($0.status.rawValue, $0.count) }),
            Tally(
                key: "invitesByAccountType", title: "Invitations by account type",
                counts: types.invite.map { ($0.type.rawValue, $0.count) }),
        ]
        if source.previous != nil {
            let counts = [AccountChange.new, .changed, .gone].map { ($0.rawValue, changes[$0] ?? 0) }
            report.tallies.append(Tally(key: "changes", title: "Changes since the previous review", counts: counts))
        }
        let basis = AccountColumns.Basis(source, context)
        let isWhole = context.part == nil && context.addedOn == nil
        let people = try context.people.map { people in
            try PeopleTables(
                source, people, AccountStandings(people, privileged: context.privileged, basis),
                isWhole: isWhole)
        }
        if let people {
            report.facts.append(people.facts)
            report.tallies.append(people.tally)
        }
        if let activity = context.activity {
            report.facts.append(try activity.facts(source, firstSnapshotAt: context.firstSnapshotAt))
            report.tallies.append(activity.tally)
        }
        if let absent = context.absentActivity { report.facts.append(absent.facts) }
        let keys = RowKeys(review: context.id, answerSHA256: source.snapshot.rawSHA256)
        let columns = AccountColumns(context, keys: keys, basis)
        report.tables = tables(
            source, columns, users: users, invites: invites,
            privileged: .init(
                user: count(context.privileged, in: types.user), invite: count(context.privileged, in: types.invite),
                types: context.privileged),
            changes: changes.values.reduce(0, +))
        if let people {
            report.tables.insert(people.leavers, at: 0)
            report.tables.append(people.exceptions)
            if isWhole { report.tables.append(people.withoutAccount) }
        }
        report.instructions = .init(context, users: users, invites: invites)
        report.signOff = SignOff(
            preparer: context.preparer, reviewer: context.reviewer ?? "", approver: context.approver ?? "")
        return report
    }

    /// The numbers of privileged accounts, and the privileged types.
    private struct Privileged {
        var user: Int
        var invite: Int
        var types: PrivilegedTypes
    }

    private static func count(_ privileged: PrivilegedTypes, in types: [(type: AccountType, count: Int)]) -> Int {
        types.reduce(0) { $0 + (privileged.contains($1.type) ? $1.count : 0) }
    }

    private static func tables(
        _ source: some ReviewSource, _ columns: AccountColumns, users: Int, invites: Int, privileged: Privileged,
        changes: Int
    ) -> [Table] {
        let shared = columns.users.map(\.column).filter { column in
            // The row key binds a decision on the extract to its account.
            (!column.isTechnical || column.key == "rowKey")
                && (columns.invites.contains { $0.column.key == column.key }
                    || ["name", "uid", "newAccountType"].contains(column.key))
        }
        let extract = Table(
            id: "privileged", title: "Privileged",
            note: "All users and invitations with a privileged account type.",
            role: .extract(of: [
                .init(table: "users", rows: privileged.user), .init(table: "invites", rows: privileged.invite),
            ]), columns: shared, layout: AccountColumns.layout, count: privileged.user + privileged.invite
        ) { body in
            for (kind, own, count) in [
                (AccountKind.user, columns.users, privileged.user), (.invite, columns.invites, privileged.invite),
            ] {
                let shown = shared.map { column in
                    own.first { $0.column.key == column.key } ?? AccountColumn(column, always: .empty)
                }
                try privilegedAccounts(source, kind, privileged.types, count: count, shown, body)
            }
        }
        let population = { (kind: AccountKind, id: String, title: String, note: String, count: Int) in
            let own = (kind == .user ? columns.users : columns.invites) + columns.added
            return Table(
                id: id, title: title, note: note, role: .population, columns: own.map(\.column),
                layout: AccountColumns.layout, count: count
            ) { body in
                var cells = RowCells(own.map(\.source))
                try source.accounts(kind) { account in try cells.hand(account, to: body) }
            }
        }
        return [
            extract,
            population(
                .user, "users", "Active users", "All active users, privileged accounts first.", users),
            population(.invite, "invites", "Invites", "Invited, not yet accepted.", invites),
            ChangeTable.make(source, count: changes),
        ]
    }

    /// Ends a listing of accounts early.
    private struct Enough: Error {}

    /// Passes the privileged accounts of a kind to `body`. They come first, so the other accounts need not be read.
    private static func privilegedAccounts(
        _ source: some ReviewSource, _ kind: AccountKind, _ types: PrivilegedTypes, count: Int,
        _ columns: [AccountColumn], _ body: ([Cell]) throws -> Void
    ) throws {
        var cells = RowCells(columns.map(\.source))
        var found = 0
        do {
            try source.accounts(kind) { account in
                guard types.contains(account.accountType) else {
                    // If there are fewer than counted, the writer reports the mismatch.
                    if found >= count { throw Enough() }
                    return
                }
                found += 1
                try cells.hand(account, to: body)
            }
        } catch is Enough {}
    }
}
