import Domain
import Foundation
import People

/// Accounts of people who have left the company. The CSV file of the report can be used as a list for
/// `rollcall disable`.
public enum LeaversReport {
    /// An account of somebody who has left, or may have left.
    public struct Account: Sendable {
        /// The workspace; nil if there is only one.
        public var workspace: String?
        /// User or invitation.
        public var kind: AccountKind
        /// Opaque; empty for an invitation.
        public var uid: String
        /// In the API's spelling.
        public var email: String
        /// The display name.
        public var name: String
        /// In the API's spelling.
        public var accountType: String
        /// What the company's own list says.
        public var standing: AccountStanding

        /// Describes an account.
        public init(_ account: ReviewedAccount, in workspace: String?, _ standing: AccountStanding) {
            self.workspace = workspace
            kind = account.kind
            uid = account.uid
            email = account.email
            name = account.name
            accountType = account.accountType.rawValue
            self.standing = standing
        }
    }

    /// The accounts by what can be done about them.
    public struct Accounts: Sendable {
        /// Active users who have certainly left, or whom the command line includes.
        public var leavers: [Account] = []
        /// Active users who have left or are only away.
        public var unclear: [Account] = []
        /// Pending invitations of people who have left, which the API cannot cancel.
        public var invitations: [Account] = []

        /// Nobody.
        public init() {}

        /// Whether there is nobody.
        public var isEmpty: Bool { leavers.isEmpty && unclear.isEmpty && invitations.isEmpty }
    }

    /// Facts about the comparison.
    public struct Context: Sendable {
        /// The workspaces, by name.
        public var workspaces: [String]
        /// When the last of them was listed.
        public var takenAt: Date
        /// The name of the company's own list.
        public var people: String
        /// The SHA-256 of the list, 64 hexadecimal characters.
        public var peopleSHA256: String
        /// The number of rows of the list.
        public var count: Int
        /// The day of the comparison.
        public var day: Day

        /// Takes the facts.
        public init(
            workspaces: [String], takenAt: Date, people: String, peopleSHA256: String, count: Int, day: Day
        ) {
            self.workspaces = workspaces
            self.takenAt = takenAt
            self.people = people
            self.peopleSHA256 = peopleSHA256
            self.count = count
            self.day = day
        }
    }

    /// The report.
    public static func make(_ accounts: Accounts, _ context: Context, warnings: [String]) -> Report {
        let name = context.workspaces.count == 1 ? context.workspaces[0] : ""
        var report = Report(
            kind: .leavers, title: Practice.title("Accounts of leavers", of: name), time: context.takenAt)
        if context.workspaces.contains(where: Practice.isPractice) {
            report.stamp = [Fact("practice", "Practice", .text("PRACTICE"))]
        }
        report.warnings = warnings
        report.facts = [
            FactGroup(
                key: "source", title: "Source",
                facts: [
                    Fact(
                        "workspace", context.workspaces.count == 1 ? "Workspace" : "Workspaces",
                        .text(context.workspaces.joined(separator: ", "))),
                    Fact("takenAt", "Response received (UTC)", .time(context.takenAt)),
                    Fact("people", "The company's own list", .text(context.people)),
                    Fact("peopleSHA256", "SHA-256 of the list", .text(context.peopleSHA256)),
                    Fact("peopleCount", "Rows in the list", .number(context.count)),
                    Fact("day", "Compared as of", .text(context.day.description)),
                ])
        ]
        let isSplit = context.workspaces.count > 1
        let columns = columns.filter { isSplit || $0.column.key != "workspace" }
        report.tables = [
            Table(
                id: "leavers", title: "Leavers",
                note:
                    "Active users who have left. To disable them, pass the CSV file of this report to rollcall disable.",
                role: .population, columns: columns, rows: accounts.leavers),
            Table(
                id: "unclear", title: "Left or suspended",
                note: "Active users who have left or are only away; ask before you disable them.",
                role: .annex, columns: columns, rows: accounts.unclear),
            Table(
                id: "invitations", title: "Invitations of leavers",
                note: "Pending invitations of people who have left; this API cannot cancel them.",
                role: .annex, columns: columns, rows: accounts.invitations),
        ]
        return report
    }

    private static let columns: [RowColumn<Account>] = [
        RowColumn("email", "Email", 32, "The address, as in the API.") { .text($0.email) },
        RowColumn("name", "Name", 22, "The display name in the workspace.") { Cell($0.name) },
        RowColumn("workspace", "Workspace", 20, "The workspace.") { Cell($0.workspace) },
        RowColumn("accountType", "Account type", 18, "The account type, as in the API.") { .text($0.accountType) },
        RowColumn("finding", "Finding", 34, "What the company's own list says.") {
            Cell($0.standing.owner?.employment.words)
        },
        RowColumn("lastDay", "Last day", 12, "The end date in the company's own list.") {
            Cell($0.standing.owner?.person.end?.description)
        },
        RowColumn("manager", "Manager", 28, "The manager in the company's own list.") {
            Cell($0.standing.owner?.person.manager)
        },
        RowColumn("department", "Department", 20, "The department in the company's own list.") {
            Cell($0.standing.owner?.person.department)
        },
        RowColumn("uid", "Uid", 66, isPrinted: false, "The uid of the account in the API.") { Cell($0.uid) },
    ]
}
