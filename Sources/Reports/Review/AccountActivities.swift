import Domain
import Foundation

/// What the audit log records about the accounts of a review, one after the other. The last account is cached, because
/// several columns ask about it.
final class AccountActivities {
    /// The flag of an active user.
    static let flag = "no activity recorded in \(ReviewActivity.days) days"

    private let activity: ReviewActivity
    private let firstSnapshotAt: Date
    private var last: (email: String, person: Activity.Person?)?

    /// - Parameter firstSnapshotAt: the time of the first snapshot of the workspace.
    init(_ activity: ReviewActivity, firstSnapshotAt: Date) {
        self.activity = activity
        self.firstSnapshotAt = firstSnapshotAt
    }

    /// What the log records about the address of an account; nil for nothing.
    func person(of account: ReviewedAccount) -> Activity.Person? {
        if let last, last.email == account.email { return last.person }
        let person = activity.activity.people[EmailAddress.key(of: account.email)]
        last = (account.email, person)
        return person
    }

    /// The flag of an active user without activity in the last days, if the log can show that.
    ///
    /// An account that rollcall first saw in these days may be too new. The first snapshot does not show how old an
    /// account in it is: it is flagged, because the flag only says what the log records.
    func flags(of account: ReviewedAccount) -> [String] {
        guard activity.coverage == .covered, account.kind == .user else { return [] }
        guard account.firstSeen <= activity.begin || account.firstSeen <= firstSnapshotAt else { return [] }
        guard let person = person(of: account) else { return [Self.flag] }
        // An event whose time is not known may be of these days.
        guard person.undated == 0, let last = person.last, last.latest < activity.begin else { return [] }
        return [Self.flag]
    }

    /// What the flag means, as a clause.
    var flagHelp: String {
        activity.coverage == .covered
            ? "\(Self.flag) (\(activity.reach))"
            : "\(Self.flag) is not shown, because \(activity.reach)"
    }

    fileprivate var reach: String { activity.reach }
}

extension AccountColumns {
    /// The columns about the activity of accounts.
    static func activity(_ activities: AccountActivities) -> [AccountColumn] {
        let columns = activityColumns(reach: activities.reach)
        return [
            AccountColumn(columns.last) { account in
                guard let person = activities.person(of: account) else { return .empty }
                return person.last.map { .time($0.moment) } ?? .remark("at a time that cannot be used")
            },
            AccountColumn(columns.events) { .number(activities.person(of: $0)?.events ?? 0) },
        ]
    }

    /// The columns about the activity of accounts, with how far back the log reaches, as a clause.
    static func activityColumns(reach: String) -> (last: Column, events: Column) {
        (
            Column(
                "lastActivity", "Last recorded activity (UTC)", width: 19, isPrinted: false,
                help: "The time of the last event that the audit log records for the address; \(reach)."),
            Column(
                "events", "Recorded events", width: 10, isPrinted: false,
                help: "The number of events that the audit log records for the address; \(reach).")
        )
    }
}
