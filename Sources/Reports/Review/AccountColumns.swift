import Domain
import Foundation

/// A column of an account table, and the source of its cells.
struct AccountColumn {
    var column: Column
    var source: CellSource<ReviewedAccount>

    init(
        _ key: String, _ title: String, width: Int, entry: Column.Entry? = nil, isPrinted: Bool = true,
        isTechnical: Bool = false, help: String, cell: @escaping (ReviewedAccount) -> Cell
    ) {
        column = Column(
            key, title, width: width, entry: entry, isPrinted: isPrinted, isTechnical: isTechnical, help: help)
        source = .found(cell)
    }

    /// A column with the same cell in every row: a cell to fill in, or a fact about the whole review.
    init(
        _ key: String, _ title: String, width: Int, entry: Column.Entry? = nil, isPrinted: Bool = true,
        isTechnical: Bool = false, help: String, always cell: Cell = .empty
    ) {
        let column = Column(
            key, title, width: width, entry: entry, isPrinted: isPrinted, isTechnical: isTechnical, help: help)
        self.init(column, always: cell)
    }

    init(_ column: Column, cell: @escaping (ReviewedAccount) -> Cell) {
        self.column = column
        source = .found(cell)
    }

    init(_ column: Column, always cell: Cell) {
        self.column = column
        source = .always(cell)
    }
}

/// The columns of users and of invitations.
struct AccountColumns {
    var users: [AccountColumn]
    var invites: [AccountColumn]
    /// Columns of both, behind all others. They were added later, and other programs may rely on the places of the
    /// others.
    let added: [AccountColumn]

    /// The facts about a review that its columns depend on.
    struct Basis {
        /// When the accounts were listed.
        var time: Date
        /// The time of the first snapshot, if this is the first review: it tells nothing about when an account in it
        /// was created.
        var firstSnapshotAt: Date?

        init(_ source: some ReviewSource, _ context: ReviewContext) {
            time = source.snapshot.takenAt
            firstSnapshotAt = source.previous == nil ? context.firstSnapshotAt : nil
        }
    }

    /// - Parameter keys: the row keys, which bind each row to this review.
    init(_ context: ReviewContext, keys: RowKeys, _ basis: Basis) {
        let kind = { (kind: AccountKind) in
            AccountColumn(
                "kind", "Kind", width: 7, isPrinted: false,
                help: "user: an active user. invite: an invitation that has not been accepted.",
                always: .text(kind.rawValue))
        }
        let email = AccountColumn("email", "Email", width: 32, help: "The address, as in the API.") { .text($0.email) }
        let name = AccountColumn("name", "Name", width: 22, help: "The display name in the workspace.") {
            Cell($0.name)
        }
        let status = AccountColumn(
            "status", "Invite status", width: 13,
            help: "The status, as in the API. EXPIRED means expired; any other value means pending."
        ) { Cell($0.status?.rawValue) }
        let uid = AccountColumn("uid", "Uid", width: 66, isPrinted: false, help: "The uid of the account in the API.") {
            Cell($0.uid)
        }
        let standings = context.people.map { AccountStandings($0, privileged: context.privileged, basis) }
        let activities = context.activity.map { AccountActivities($0, firstSnapshotAt: context.firstSnapshotAt) }
        let type = Self.type(context, basis, standings, activities)
        let history = Self.history(basis)
        let binding = Self.binding(context, keys)
        users = [kind(.user), email, name] + type + history + Self.entries(.user) + [uid] + binding
        invites =
            [kind(.invite), email] + type + [status] + history + Self.inviteHistory + Self.entries(.invite) + binding
        added =
            Self.added(context, basis) + Self.people(standings)
            + (activities.map(Self.activity) ?? [])
    }

    private static func type(
        _ context: ReviewContext, _ basis: Basis, _ standings: AccountStandings?, _ activities: AccountActivities?
    ) -> [AccountColumn] {
        let flags = AccountFlags(
            domains: context.domains, privileged: context.privileged, at: basis.time, standings, activities)
        let people =
            standings == nil
            ? "" : "; by the company's own list: left, not in the list, ending soon, and service accounts"
        let quiet = activities.map { "; " + $0.flagHelp } ?? ""
        return [
            AccountColumn(
                "accountType", "Account type", width: 17, help: "The account type, as in the API."
            ) { .text($0.accountType.rawValue) },
            AccountColumn(
                "privileged", "Privileged", width: 10, isPrinted: false,
                help: "yes for \(context.privileged.words)."
            ) { .flag(flags.isPrivileged($0)) },
            AccountColumn(
                "flags", "Flags", width: 30,
                help: "Flags: an exception of the previous review that expired, revoked in the previous review and "
                    + "back again, privileged, outside the company's domains, an invitation for an active user, "
                    + "expired, same name or address as another account, unknown account type" + people + quiet + "."
            ) { flags.cell($0) },
        ]
    }

    private static func history(_ basis: Basis) -> [AccountColumn] {
        [
            AccountColumn(
                "change", "Change", width: 11,
                help: "Compared with the previous review: new, changed or unchanged. Empty in the first review."
            ) { Cell($0.change?.rawValue) },
            AccountColumn(
                "previousAccountType", "Previous type", width: 15,
                help: "The account type in the previous review, if it was different."
            ) { Cell($0.previousType?.rawValue) },
            AccountColumn(
                "firstSeen", "First seen (UTC)", width: 19,
                help:
                    "The first snapshot that lists the account; after a gap, the first one after the gap. The API provides no dates."
            ) { account in
                guard let first = basis.firstSnapshotAt, account.firstSeen <= first else {
                    return .time(account.firstSeen)
                }
                return .remark("before our first snapshot")
            },
        ]
    }

    private static var inviteHistory: [AccountColumn] {
        [
            AccountColumn(
                "pendingSince", "First seen pending (UTC)", width: 19,
                help: "The first snapshot that shows this invitation as pending; empty if none does."
            ) { Cell($0.pendingSince) },
            AccountColumn(
                "expiredSince", "First seen expired (UTC)", width: 19,
                help: "The first snapshot, since it was last pending, that shows this invitation as expired."
            ) { Cell($0.expiredSince) },
            AccountColumn(
                "expiredReviews", "Reviews expired", width: 9,
                help: "The number of earlier reviews that show it as expired."
            ) { .number($0.expiredReviews) },
        ]
    }

    /// The columns that bind a row to its review, for `rollcall apply`.
    private static func binding(_ context: ReviewContext, _ keys: RowKeys) -> [AccountColumn] {
        let part = context.part.map { part in
            AccountColumn(
                "part", "Part", width: 20, isTechnical: true,
                help: "The part of the review that this workbook contains.",
                always: .text(part))
        }
        return [part].compactMap(\.self) + [
            AccountColumn(
                "review", "Review", width: 12, isTechnical: true, help: "The review that the row belongs to.",
                always: .text(context.id)),
            AccountColumn(
                "rowKey", "Row key", width: 22, isTechnical: true,
                help:
                    "A fingerprint of the reviewed account, by which rollcall apply detects edited and copied rows."
            ) { .text(keys.key(of: $0)) },
        ]
    }

    private static func entries(_ kind: AccountKind) -> [AccountColumn] {
        let decisions = Decision.offered(for: kind)
        let words = decisions.map(\.rawValue)
        let newType = AccountColumn(
            "newAccountType", "New account type", width: 17, entry: .accountType(AccountType.known.map(\.rawValue)),
            help: "The new account type, if the decision is Change role.")
        return [
            AccountColumn(
                "decision", "Decision", width: 13, entry: .decision(decisions),
                help: words.listed("or")
                    + "; an empty cell means Not reviewed.")
        ] + (kind == .user ? [newType] : []) + [
            AccountColumn(
                "reviewer", "Reviewer", width: 18, entry: .text,
                help: "The person who decided; must not be the owner of the account. If the cell is empty, it is the "
                    + "person in Your name on the sheet Start here."),
            AccountColumn(
                "justification", "Justification", width: 30, entry: .text,
                help: "The reason for the decision; expected for privileged accounts, exceptions and changes."),
        ]
    }
}
