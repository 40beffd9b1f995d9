import Domain

/// A column of accounts and how its cell is found.
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

    /// A column whose cells are all the same: what is to be filled in, or what is known of the whole review.
    init(
        _ key: String, _ title: String, width: Int, entry: Column.Entry? = nil, isPrinted: Bool = true,
        isTechnical: Bool = false, help: String, always cell: Cell = .empty
    ) {
        let column = Column(
            key, title, width: width, entry: entry, isPrinted: isPrinted, isTechnical: isTechnical, help: help)
        self.init(column, always: cell)
    }

    init(_ column: Column, always cell: Cell) {
        self.column = column
        source = .always(cell)
    }
}

/// The columns of users and of invites.
struct AccountColumns {
    var users: [AccountColumn]
    var invites: [AccountColumn]

    /// - Parameter keys: what binds each row to this review.
    init(_ context: ReviewContext, keys: RowKeys) {
        let kind = { (kind: AccountKind) in
            AccountColumn(
                "kind", "Kind", width: 7, isPrinted: false,
                help: "user: an active user. invite: an invitation that has not been accepted.",
                always: .text(kind.rawValue))
        }
        let email = AccountColumn("email", "Email", width: 32, help: "As the API spells it.") { .text($0.email) }
        let name = AccountColumn("name", "Name", width: 22, help: "The display name in the workspace.") {
            Cell($0.name)
        }
        let status = AccountColumn(
            "status", "Invite status", width: 13,
            help: "As the API spells it. EXPIRED is expired; any other value is pending."
        ) { Cell($0.status?.rawValue) }
        let uid = AccountColumn("uid", "Uid", width: 66, isPrinted: false, help: "The account's identifier in the API.")
        {
            Cell($0.uid)
        }
        let type = Self.type
        let binding = Self.binding(context, keys)
        users =
            [kind(.user), email, name] + type(context) + Self.history + Self.entries(context, .user) + [uid] + binding
        invites =
            [kind(.invite), email] + type(context) + [status] + Self.history + Self.inviteHistory
            + Self.entries(context, .invite) + binding
    }

    private static func type(_ context: ReviewContext) -> [AccountColumn] {
        let flags = AccountFlags(domains: context.domains, privileged: context.privileged)
        return [
            AccountColumn(
                "accountType", "Account type", width: 17, help: "As the API spells it."
            ) { .text($0.accountType.rawValue) },
            AccountColumn(
                "privileged", "Privileged", width: 10, isPrinted: false,
                help: "yes for \(context.privileged.words)."
            ) { .flag(flags.isPrivileged($0)) },
            AccountColumn(
                "flags", "Flags", width: 30,
                help: "Findings: privileged, outside the company's domains, an invitation for somebody "
                    + "who is active, expired, the same name or address elsewhere, an account type that is not known."
            ) { flags.cell($0) },
        ]
    }

    private static var history: [AccountColumn] {
        [
            AccountColumn(
                "change", "Change", width: 11,
                help: "Against the last review: new, changed or unchanged. Empty in the first review."
            ) { Cell($0.change?.rawValue) },
            AccountColumn(
                "previousAccountType", "Type before", width: 15,
                help: "The account type in the last review, if another."
            ) { Cell($0.previousType?.rawValue) },
            AccountColumn(
                "firstSeen", "First seen (UTC)", width: 19,
                help:
                    "The first of rollcall's own snapshots, without a gap, that shows the account. The API has no dates."
            ) { .time($0.firstSeen) },
        ]
    }

    private static var inviteHistory: [AccountColumn] {
        [
            AccountColumn(
                "pendingSince", "Seen pending (UTC)", width: 19,
                help: "The first snapshot that shows this invite as pending; empty if none did."
            ) { Cell($0.pendingSince) },
            AccountColumn(
                "expiredSince", "Seen expired (UTC)", width: 19,
                help: "The first snapshot, since it was last pending, that shows this invite as expired."
            ) { Cell($0.expiredSince) },
            AccountColumn(
                "expiredReviews", "Reviews expired", width: 9, help: "How many earlier reviews showed it as expired."
            ) { .number($0.expiredReviews) },
        ]
    }

    /// Where a row comes from, for the program that carries the decisions out.
    private static func binding(_ context: ReviewContext, _ keys: RowKeys) -> [AccountColumn] {
        let part = context.part.map { part in
            AccountColumn(
                "part", "Part", width: 20, isTechnical: true, help: "Which part of the review this workbook holds.",
                always: .text(part))
        }
        return [part].compactMap(\.self) + [
            AccountColumn(
                "review", "Review", width: 12, isTechnical: true, help: "The review that the row belongs to.",
                always: .text(context.id)),
            AccountColumn(
                "rowKey", "Row key", width: 22, isTechnical: true,
                help:
                    "A fingerprint of the account as it was reviewed: rollcall apply finds edited and copied rows by it."
            ) { .text(keys.key(of: $0)) },
        ]
    }

    private static func entries(_ context: ReviewContext, _ kind: AccountKind) -> [AccountColumn] {
        let decisions = Decision.offered(for: kind)
        let words = decisions.map(\.rawValue)
        let newType = AccountColumn(
            "newAccountType", "New account type", width: 17, entry: .accountType(AccountType.known.map(\.rawValue)),
            help: "Where the decision is Change role: to which type.")
        return [
            AccountColumn(
                "decision", "Decision", width: 13, entry: .decision(decisions),
                help: words.listed("or")
                    + "; empty is Not reviewed.")
        ] + (kind == .user ? [newType] : []) + [
            AccountColumn(
                "reviewer", "Reviewer", width: 18, entry: .text, help: "Who decided. Nobody decides about himself.",
                always: Cell(context.reviewer)),
            AccountColumn(
                "justification", "Justification", width: 30, entry: .text,
                help: "Why; expected for privileged accounts, exceptions and changes."),
        ]
    }
}
