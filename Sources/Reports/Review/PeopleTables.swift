import Domain
import Foundation
import People

/// The tables and counts of a review that was compared with the company's own list.
public struct PeopleTables {
    /// The id of the table with a row for each department.
    public static let withoutAccountID = "peopleWithoutAccount"
    /// The id of the table of accounts that are checked first.
    static let leaversID = "leaversAndUnknown"

    private let people: ReviewPeople
    /// The number of accounts with a finding, by code.
    private var counts: [FindingCode: Int] = [:]
    private var leading = FindingRows()
    private var excepted = FindingRows()
    /// The numbers of employed people by department: all, and those without an account.
    private var departments: [String: (people: Int, missing: Int)] = [:]

    /// - Parameter isWhole: whether the accounts are all of the review. The people of other parts, or of the review that a
    ///   supplement belongs to, would count as people without an account.
    init(
        _ source: some ReviewSource, _ people: ReviewPeople, _ standings: AccountStandings, isWhole: Bool
    ) throws {
        self.people = people
        let directory = people.comparison.directory
        var hasAccount = [Bool](repeating: false, count: isWhole ? directory.people.count : 0)
        for kind in AccountKind.allCases {
            try source.accounts(kind) { account in
                let standing = standings.standing(of: account)
                if isWhole, let owner = standing.owner { for place in owner.places { hasAccount[place] = true } }
                guard let first = standing.findings.first else { return }
                guard standing.exception == nil else {
                    excepted.add(account, standings)
                    return
                }
                for finding in standing.findings { counts[finding.code, default: 0] += 1 }
                if first.code.isLeading { leading.add(account, standings) }
            }
        }
        for (person, hasAccount) in zip(directory.people, hasAccount)
        where person.employment(on: people.comparison.day) == .employed {
            departments[person.department, default: (0, 0)].people += 1
            if !hasAccount { departments[person.department]?.missing += 1 }
        }
    }

    /// The facts about the list.
    var facts: FactGroup {
        FactGroup(
            key: "people", title: "The company's own list",
            facts: [
                Fact("name", "List", .text(people.name)),
                Fact("sha256", "SHA-256 of the list", .text(people.sha256)),
                Fact("rows", "Rows in the list", .number(people.comparison.directory.people.count)),
                Fact("day", "Compared as of", .text(people.comparison.day.description)),
                Fact("serviceAccounts", "Service accounts in the settings", .number(people.comparison.services.count)),
                Fact("excepted", "Accounts with excepted findings", .number(excepted.count)),
            ])
    }

    /// The number of accounts with each finding.
    var tally: Tally {
        Tally(
            key: "findings", title: "Findings by the company's own list",
            counts: FindingCode.allCases.compactMap { code in counts[code].map { (code.rawValue, $0) } })
    }

    /// The accounts that are checked first: of leavers, of people who may be away, and of nobody in the list.
    var leavers: Table {
        leading.table(
            Self.leaversID, "Leavers and unknown",
            "Accounts of people who have left or may be away, and accounts of nobody in the company's own list, the most "
                + "serious first. Decide about them on the sheets Active users and Invites.")
    }

    /// The accounts whose findings are accepted.
    var exceptions: Table {
        excepted.table(
            "exceptedFindings", "Excepted findings",
            "Accounts whose findings the settings accept, with the reason in the flags.")
    }

    /// How many people of each department have no account.
    var withoutAccount: Table {
        Table(
            id: Self.withoutAccountID, title: "People without an account",
            note: "People in the company's own list who are employed and have neither an account nor an invitation.",
            role: .annex,
            columns: [
                RowColumn("department", "Department", 30, "The department by the company's own list.") {
                    .text($0.name)
                },
                RowColumn("people", "People", 10, "The number of employed people.") { .number($0.people) },
                RowColumn("withoutAccount", "Without an account", 18, "Those who have none.") { .number($0.missing) },
            ],
            rows: departments.map { (name: $0.key, people: $0.value.people, missing: $0.value.missing) }
                .sorted { $0.name < $1.name })
    }
}

/// Accounts with findings, as rows of a table.
///
/// The rows are kept: to read the accounts again for every table, severity and format made a review of 100,000 accounts
/// six times slower. A row takes about 600 bytes.
private struct FindingRows {
    private var rows: [Severity: [[Cell]]] = [:]
    private(set) var count = 0

    mutating func add(_ account: ReviewedAccount, _ standings: AccountStandings) {
        let standing = standings.standing(of: account)
        guard let first = standing.findings.first else { return }
        count += 1
        rows[first.severity, default: []].append([
            .text(first.severity.rawValue), .text(first.code.rawValue), .text(account.kind.rawValue),
            .text(account.email), Cell(account.name), .text(account.accountType.rawValue),
            .text(standings.flags(of: account).joined(separator: "; ")), Cell(standing.recommendation),
            Cell(standing.owner?.person.manager), Cell(standing.owner?.person.department), Cell(account.uid),
        ])
    }

    /// A table of the accounts, the most serious first.
    func table(_ id: String, _ title: String, _ note: String) -> Table {
        Table(
            id: id, title: title, note: note, role: .annex, columns: Self.columns, layout: Self.layout, count: count
        ) { body in
            for severity in Severity.allCases { for row in rows[severity] ?? [] { try body(row) } }
        }
    }

    /// On paper, as many of these columns as can be read; the recommendation says what the flags say.
    private static var layout: SheetLayout {
        SheetLayout(
            first: [
                .init("severity", width: 9), .init("kind", width: 7), .init("email", width: 27),
                .init("name", width: 17), .init("accountType", width: 16), .init("finding", width: 19),
                .init("recommendation", width: 42), .init("manager", width: 26), .init("flags", width: 36),
            ], frozenThrough: "email")
    }

    private static let columns = [
        Column("severity", "Severity", width: 10, help: "critical, high, medium or low."),
        Column("finding", "Finding", width: 22, help: "The stable code of the most serious finding."),
        Column("kind", "Kind", width: 7, help: "user or invite."),
        Column("email", "Email", width: 30, help: "The address, as in the API."),
        Column("name", "Name", width: 20, help: "The display name in the workspace."),
        Column("accountType", "Account type", width: 16, help: "The account type, as in the API."),
        Column("flags", "Flags", width: 36, help: "What the company's own list says."),
        Column("recommendation", "Recommendation", width: 36, help: "Never a decision by itself."),
        Column("manager", "Manager", width: 26, help: "The manager by the company's own list."),
        Column("department", "Department", width: 18, help: "The department by the company's own list."),
        Column("uid", "Uid", width: 66, isPrinted: false, help: "The uid of the account in the API."),
    ]
}

extension FindingCode {
    /// Whether an account with this finding is checked first.
    var isLeading: Bool {
        switch self {
        case .left, .leftOrSuspended, .unknown, .serviceOwnerLeft: true
        case .managerLeft, .joinedLater, .endsSoon: false
        }
    }
}
