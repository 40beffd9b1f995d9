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
            let own = kind == .user ? userColumns : inviteColumns
            return Table(
                id: id, title: title, note: note, role: .population, columns: own.map(\.column), count: count
            ) { body in
                var cells = RowCells(own.map(\.source))
                try source.accounts(kind) { account in try cells.hand(account, to: body) }
            }
        }
        report.tables = [
            table(.user, "users", "Active users", "All active users.", snapshot.active),
            table(.invite, "invites", "Invites", "Invited, not yet accepted.", snapshot.invited),
        ]
        return report
    }

    private static func kind(_ kind: AccountKind) -> AccountColumn {
        AccountColumn("kind", "Kind", width: 7, isPrinted: false, help: "user or invite.", always: .text(kind.rawValue))
    }

    private static var email: AccountColumn {
        AccountColumn("email", "Email", width: 32, help: "The address, as in the API.") { .text($0.email) }
    }

    private static var type: AccountColumn {
        AccountColumn("accountType", "Account type", width: 20, help: "The account type, as in the API.") {
            .text($0.accountType.rawValue)
        }
    }

    private static var firstSeen: AccountColumn {
        AccountColumn(
            "firstSeen", "First seen (UTC)", width: 20,
            help: "The oldest snapshot since which the account has always been listed. The API provides no dates."
        ) { .time($0.firstSeen) }
    }

    private static var userColumns: [AccountColumn] {
        [
            kind(.user), email,
            AccountColumn("name", "Name", width: 22, help: "The display name in the workspace.") { Cell($0.name) },
            type, firstSeen,
            AccountColumn("uid", "Uid", width: 66, isPrinted: false, help: "The uid of the account in the API.") {
                Cell($0.uid)
            },
        ]
    }

    private static var inviteColumns: [AccountColumn] {
        [
            kind(.invite), email, type,
            AccountColumn("status", "Status", width: 12, help: "The status, as in the API.") {
                Cell($0.status?.rawValue)
            },
            firstSeen,
        ]
    }
}
