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
    private let comparison: PeopleComparison
    private let privileged: PrivilegedTypes
    private let includesUnclear: Bool
    /// The accounts that were found.
    public private(set) var accounts = LeaversReport.Accounts()
    /// The number of accounts whose findings an exception accepts.
    public private(set) var excepted = 0
    private var compared = (accounts: 0, matches: 0)
    private var snapshots: [(workspace: String, takenAt: Date)] = []

    /// Starts a search.
    ///
    /// - Parameter includesUnclear: whether people who have left or are only away count as leavers.
    /// - Throws: ``CommandFailure`` if the list does not say who has left.
    public init(
        of people: CompanyPeople, _ comparison: PeopleComparison, privileged: PrivilegedTypes, includesUnclear: Bool
    ) throws {
        guard people.directory.knowsLeavers else {
            throw CommandFailure(
                .nothingSent, code: .inputInvalid,
                "\(Terminal.plain(people.name)) has no column of statuses or end dates, so it does not say who has left; "
                    + "name one: --people-column status=COLUMN, or --people-column end=COLUMN")
        }
        self.people = people
        self.comparison = comparison
        self.privileged = privileged
        self.includesUnclear = includesUnclear
    }

    /// Lists a workspace, and searches it.
    ///
    /// - Parameter name: the name of the workspace if there are several.
    public mutating func search(
        _ connection: Connection, named name: String? = nil, in ledger: Ledger, allowEmpty: Bool
    ) async throws {
        let snapshot = try await connection.listing(keptIn: ledger, allowEmpty: allowEmpty).snapshot
        let source = try RosterReview(of: snapshot, since: nil, in: ledger, privileged: privileged)
        snapshots.append((name ?? snapshot.workspace, snapshot.takenAt))
        for kind in AccountKind.allCases {
            source.accounts(kind) { account in take(account, in: name) }
        }
    }

    private mutating func take(_ account: ReviewedAccount, in workspace: String?) {
        compared.accounts += 1
        if comparison.knows(account.email) { compared.matches += 1 }
        if account.status?.isExpired == true { return }
        let standing = comparison.standing(
            of: .init(
                kind: account.kind, email: account.email, name: account.name,
                isPrivileged: privileged.contains(account.accountType)))
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
                day: comparison.day),
            warnings: people.remarks)
    }
}
