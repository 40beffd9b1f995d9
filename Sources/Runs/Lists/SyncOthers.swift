import Domain
import Planning
import Reports
import TerminalIO

/// The accounts that the list of a `sync` does not name, and what happens to them.
struct SyncOthers {
    private let users: [SyncRowCheck.Other]
    private let invitations: [InvitedUser]
    /// The number of rows of the list that cannot be used, so that they may be about any of these accounts.
    private let unusable: Int
    private let removes: Bool
    /// Entries of the accounts that stay which no active user has, because they may be misspelled.
    private let strangers: [SyncRequest.Kept]

    init(_ check: SyncRowCheck, in roster: Roster, _ sync: SyncRequest) {
        let kept = sync.kept.flatMap { kept in kept.names.map { ($0, kept.reason) } }
        users = check.others(in: roster, kept: Dictionary(kept, uniquingKeysWith: { first, _ in first }))
        let present = Set(roster.active.flatMap { [$0.uid, EmailAddress.key(of: $0.email)] })
        strangers = sync.kept.filter { !$0.names.contains(where: present.contains) }
        invitations = check.otherInvitations(in: roster)
        unusable = check.unusable
        removes = sync.removesOthers
    }

    /// The rows of the plan that disable users.
    var rows: [DraftRow] {
        guard removes else { return [] }
        return users.filter { $0.staysBecause == nil }.map { other in
            var row = other.row
            if let reason = uncertainty {
                let text = RowText(email: other.user.email, uid: other.user.uid, accountType: "")
                row.content = .settled(text, .reject(.listUnclear, reason: reason))
            }
            return row
        }
    }

    private var uncertainty: String? {
        unusable == 0
            ? nil
            : "\(unusable.counted("row")) of the list cannot be used, and may be about this user; correct "
                + "\(unusable == 1 ? "it" : "them") first"
    }

    /// Reports what the plan does not show.
    func tell(file: String, _ console: Console) throws {
        let file = Terminal.plain(file)
        let staying = users.filter { !removes || $0.staysBecause != nil }
        if !removes, !staying.isEmpty {
            console.say(
                "\(staying.count.counted("active user is", "active users are")) not in \(file) and \(staying.count == 1 ? "stays" : "stay"); "
                    + "to disable \(staying.count == 1 ? "this user" : "them"): --remove-others")
        }
        for other in removes ? staying.prefix(PlanEffect.Rows.limit) : [] {
            console.say(
                "not in \(file), and stays: \(Terminal.plain(other.user.email, limit: 254)): "
                    + Terminal.plain(other.staysBecause ?? "", limit: 300))
        }
        for stranger in strangers.prefix(PlanEffect.Rows.limit) {
            console.warn(
                "no active user is \(Terminal.plain(stranger.names[0], limit: 254)), who is to stay because "
                    + "\(stranger.reason); check the spelling")
        }
        if !invitations.isEmpty {
            let shown = invitations.prefix(PlanEffect.Rows.limit).map { Terminal.plain($0.email, limit: 254) }
            console.say(
                "\(invitations.count.counted("pending invitation is", "pending invitations are")) not in \(file), and cannot be "
                    + "cancelled by the API: \(shown.joined(separator: ", "))"
                    + (invitations.count > shown.count ? ", …" : "")
                    + "; remove \(invitations.count == 1 ? "it" : "them") in the workspace's list of pending users")
        }
        try console.output.rows("others", event: "other", JSONRow(Self.columns)) { emit in
            for other in users {
                let reason = other.staysBecause ?? (removes ? uncertainty : "--remove-others was not given")
                try emit([
                    .text("user"), .text(other.user.email), .text(other.user.uid),
                    .text(other.user.accountType.rawValue), .flag(reason == nil), Cell(reason),
                ])
            }
            for invitation in invitations {
                try emit([
                    .text("invite"), .text(invitation.email), .empty, .text(invitation.accountType.rawValue),
                    .flag(false), .text("the API cannot cancel invitations"),
                ])
            }
        }
    }

    private static let columns = [
        Column("kind", "Kind", width: 8, help: "user or invite."),
        Column("email", "Email", width: 32, help: "The address in the workspace."),
        Column("uid", "Uid", width: 66, help: "The uid; empty for an invitation."),
        Column("accountType", "Account type", width: 16, help: "The account type."),
        Column("isRemoved", "Removed", width: 8, help: "Whether the plan disables the user."),
        Column("reason", "Reason", width: 40, help: "Why the account stays."),
    ]
}
