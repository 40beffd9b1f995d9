import Connections
import Domain
import Foundation
import Ledger
import People
import Populations
import Reports
import TerminalIO

/// Searches workspaces for accounts of people who have left.
public struct LeaverSearch {
    private let people: CompanyPeople
    private let day: Day
    private let includesUnclear: Bool
    /// The accounts that were found.
    public private(set) var accounts = LeaversReport.Accounts()
    /// The number of accounts whose findings an exception accepts.
    public private(set) var excepted = 0
    private var compared = (accounts: 0, matches: 0)
    private var snapshots: [(workspace: String, takenAt: Date)] = []
    private var searched: Set<String> = []
    private var warnings: [String] = []
    /// What the settings say that somebody should correct, as sentences.
    public private(set) var remarks: [String] = []

    /// The settings that a workspace is searched by.
    public struct Rules {
        let comparison: PeopleComparison
        let privileged: PrivilegedTypes

        /// - Parameters:
        ///   - comparison: the comparison with the list.
        ///   - privileged: the privileged account types.
        public init(_ comparison: PeopleComparison, privileged: PrivilegedTypes) {
            self.comparison = comparison
            self.privileged = privileged
        }
    }

    /// Starts a search.
    ///
    /// - Parameter includesUnclear: whether people who have left or are only away count as leavers.
    /// - Throws: ``CommandFailure`` if the list does not say who has left.
    public init(
        of people: CompanyPeople, on day: Day, includesUnclear: Bool
    ) throws {
        guard people.directory.knowsLeavers else {
            throw CommandFailure(
                .nothingSent, code: .inputInvalid,
                "\(Terminal.plain(people.name)) has no column of statuses or end dates, so it does not say who has left; "
                    + "name one: --people-column status=COLUMN, or --people-column end=COLUMN")
        }
        self.people = people
        self.day = day
        self.includesUnclear = includesUnclear
    }

    /// Lists a workspace, and searches it.
    ///
    /// - Parameter name: the name of the workspace if there are several.
    /// - Returns: false if the workspace was searched before, under another name.
    public mutating func search(
        _ connection: Connection, named name: String? = nil, by rules: Rules, in ledger: Ledger, allowEmpty: Bool
    ) async throws -> Bool {
        guard !searched.contains(connection.workspace) else { return false }
        let snapshot = try await connection.listing(keptIn: ledger, allowEmpty: allowEmpty).snapshot
        let source = try RosterReview(of: snapshot, since: nil, in: ledger, privileged: rules.privileged)
        searched.insert(connection.workspace)
        snapshots.append((name ?? snapshot.workspace, snapshot.takenAt))
        var found = SettingsRemarks(rules.comparison)
        for kind in AccountKind.allCases {
            source.accounts(kind) { account in
                take(account, in: name, rules)
                found.take(account.email) {
                    let standing = Self.standing(of: account, rules)
                    return standing.exception == nil && (standing.isOfLeaver || standing.mayBeOfLeaver)
                }
            }
        }
        remarks += found.sentences.map { (name.map { "\($0): " } ?? "") + $0 }.filter { !remarks.contains($0) }
        return true
    }

    /// Notes in the report that a workspace was not searched.
    public mutating func note(unsearched name: String, because reason: String) {
        warnings.append("\(name) was not searched: \(reason)")
    }

    /// Whether no workspace was searched.
    public var isEmpty: Bool { searched.isEmpty }

    private static func standing(of account: ReviewedAccount, _ rules: Rules) -> AccountStanding {
        rules.comparison.standing(
            of: .init(
                kind: account.kind, email: account.email, name: account.name,
                isPrivileged: rules.privileged.contains(account.accountType)))
    }

    private mutating func take(_ account: ReviewedAccount, in workspace: String?, _ rules: Rules) {
        compared.accounts += 1
        if rules.comparison.knows(account.email) { compared.matches += 1 }
        if account.status?.isExpired == true { return }
        let standing = Self.standing(of: account, rules)
        guard standing.isOfLeaver || standing.mayBeOfLeaver else { return }
        guard standing.exception == nil else {
            excepted += 1
            return
        }
        let found = LeaversReport.Account(account, in: workspace, standing)
        switch account.kind {
        case .user where standing.isOfLeaver || includesUnclear: accounts.leavers.append(found)
        case .user: accounts.unclear.append(found)
        case .invite where standing.isOfLeaver: accounts.invitations.append(found)
        case .invite: break
        }
    }

    /// The report about all workspaces that were searched.
    ///
    /// - Throws: ``CommandFailure`` if nobody in the list has an account.
    public func report() throws -> Report {
        try people.refuseIfForeign(matches: compared.matches, of: compared.accounts)
        return LeaversReport.make(
            accounts,
            .init(
                workspaces: snapshots.map(\.workspace), takenAt: snapshots.map(\.takenAt).max() ?? Date(),
                people: people.name, peopleSHA256: people.sha256, count: people.directory.people.count,
                day: day),
            warnings: warnings + people.remarks)
    }
}
