import Domain
import Foundation

/// The users and invitations of a workspace, without columns for decisions.
public enum UsersReport {
    /// The report of a snapshot.
    public static func make(_ source: some ReviewSource) -> Report {
        let snapshot = source.snapshot
        var report = Report(
            kind: .users, title: Practice.title("Users and invitations", of: snapshot.workspace), time: snapshot.takenAt
        )
        if Practice.isPractice(snapshot.workspace) {
            report.stamp = [Fact("practice", "Practice", .text("PRACTICE"))]
        }
        report.facts = [
            FactGroup(
                key: "source", title: "Source",
                facts: [
                    Fact("workspace", "Workspace", .text(snapshot.workspace)),
                    Fact("takenAt", "Response received (UTC)", .time(snapshot.takenAt)),
                    Fact("snapshot", "Snapshot", .number(Int(snapshot.number))),
                    Fact("users", "Active users", .number(snapshot.active)),
                    Fact("invites", "Invitations", .number(snapshot.invited)),
                ])
        ]
        let table = { (kind: AccountKind, id: String, title: String, note: String, count: Int) in
            let own = columns.filter { !lacking(kind).contains($0.column.key) }
            return Table(
                id: id, title: title, note: note, role: .population, columns: own.map(\.column), count: count
            ) { body in try hand(kind, of: source, as: own, to: body) }
        }
        report.tables = [
            table(.user, "users", "Active users", "All active users.", snapshot.active),
            table(.invite, "invites", "Invites", "Invited, not yet accepted.", snapshot.invited),
        ]
        return report
    }

    /// The keys of all columns, of users and of invites.
    public static var keys: [String] { columns.map(\.column.key) }

    /// The titles of all columns, for people.
    public static var titles: [String] { columns.map(\.column.title) }

    /// Hands over every account of a kind, one at a time, as the cells of all columns.
    ///
    /// - Throws: what the source or `body` throws.
    public static func rows(
        _ kind: AccountKind, of source: some ReviewSource, _ body: ([Cell]) throws -> Void
    ) throws {
        try hand(kind, of: source, as: columns, to: body)
    }

    private static func hand(
        _ kind: AccountKind, of source: some ReviewSource, as columns: [AccountColumn], to body: ([Cell]) throws -> Void
    ) throws {
        var cells = RowCells(columns.map(\.source))
        try source.accounts(kind) { account in try cells.hand(account, to: body) }
    }

    /// The keys of the columns in which accounts of a kind have nothing.
    private static func lacking(_ kind: AccountKind) -> Set<String> {
        switch kind {
        case .user: ["status"]
        case .invite: ["name", "uid"]
        }
    }

    private static var columns: [AccountColumn] {
        [
            AccountColumn("kind", "Kind", width: 7, isPrinted: false, help: "user or invite.") {
                .text($0.kind.rawValue)
            },
            AccountColumn("email", "Email", width: 32, help: "The address, as in the API.") { .text($0.email) },
            AccountColumn("name", "Name", width: 22, help: "The display name in the workspace.") { .text($0.name) },
            AccountColumn("accountType", "Account type", width: 20, help: "The account type, as in the API.") {
                .text($0.accountType.rawValue)
            },
            AccountColumn("status", "Status", width: 12, help: "The status, as in the API.") {
                Cell($0.status?.rawValue)
            },
            AccountColumn(
                "firstSeen", "First seen (UTC)", width: 20,
                help:
                    "The first snapshot that lists the account; after a gap, the first one after the gap. The API provides no dates."
            ) { .time($0.firstSeen) },
            AccountColumn("uid", "Uid", width: 66, isPrinted: false, help: "The uid of the account in the API.") {
                Cell($0.uid)
            },
        ]
    }
}
