import Domain
import Reports

/// The facts about an account that every file of a review must contain, as one comparable value. Its texts are in the
/// form of ``FileText``.
struct AccountLine: Hashable, Comparable {
    let kind, uid, email, name, accountType, status: String

    init(kind: String, uid: String, email: String, name: String, accountType: String, status: String) {
        self.kind = kind
        self.uid = FileText.held(uid)
        self.email = FileText.held(email)
        self.name = FileText.held(name)
        self.accountType = FileText.held(accountType)
        self.status = FileText.held(status)
    }

    /// The line as a workbook stores it: its cells cannot hold every text.
    fileprivate var inWorkbook: AccountLine {
        AccountLine(
            kind: kind, uid: XLSXText.cut(uid), email: XLSXText.cut(email), name: XLSXText.cut(name),
            accountType: XLSXText.cut(accountType), status: XLSXText.cut(status))
    }

    static func < (left: AccountLine, right: AccountLine) -> Bool { left.key < right.key }

    private var key: [String] { [kind, email, uid, name, accountType, status] }

    /// Every account of a roster, sorted.
    static func all(in roster: Roster) -> [AccountLine] {
        let users = roster.active.map { user in
            AccountLine(
                kind: AccountKind.user.rawValue, uid: user.uid, email: user.email, name: user.name,
                accountType: user.accountType.rawValue, status: "")
        }
        let invites = roster.invited.map { invite in
            AccountLine(
                kind: AccountKind.invite.rawValue, uid: "", email: invite.email, name: "",
                accountType: invite.accountType.rawValue, status: invite.status.rawValue)
        }
        return (users + invites).sorted()
    }
}

extension [AccountLine] {
    /// Sorted lines as a workbook stores them, sorted again.
    var inWorkbook: [AccountLine] {
        let lines = map(\.inWorkbook)
        // Usually nothing was cut, and the order is unchanged.
        return lines == self ? self : lines.sorted()
    }
}

extension [String] {
    fileprivate static func < (left: [String], right: [String]) -> Bool { left.lexicographicallyPrecedes(right) }
}
