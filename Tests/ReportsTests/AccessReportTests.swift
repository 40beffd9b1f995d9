import Domain
import Foundation
import Testing

@testable import Reports

/// The summary over a company's workspaces.
@Suite struct AccessReportTests {
    private struct Source: AccessSource {
        var people: [PersonAccess]
        func people(_ body: (PersonAccess) throws -> Void) rethrows { try people.forEach(body) }
    }

    private let developer = AccountType(rawValue: "DEVELOPER")

    private func report(_ names: [String] = ["Analytics", "Finance"], failing: Bool = false) throws -> Report {
        let person = PersonAccess(
            email: "=ann@acme.io", name: "Ann",
            accounts: [
                .init(workspace: 0, kind: .user, accountType: .admin, isPrivileged: true),
                .init(workspace: 1, kind: .user, accountType: developer),
                .init(workspace: 1, kind: .invite, accountType: developer, status: InviteStatus(rawValue: "EXPIRED")),
            ])
        let time = Date(timeIntervalSince1970: 1_769_850_000)
        let snapshot = Snapshot(
            workspace: "w", startedAt: time, takenAt: time, active: 1, invited: 0, rawSHA256: "")
        return try AccessReport.make(
            Source(people: [person]),
            of: names.enumerated().map { place, name in
                AccessReport.Workspace(
                    Workspace(uid: "\(place)", name: name),
                    failing && place == 1
                        ? .failed("the API returned ok: false")
                        : .reviewed(.init(snapshot: snapshot, privileged: 1, folder: "f\(place)", manifestSHA256: "h")))
            },
            .init(
                id: "2026-Q4", period: "2026-Q4", preparer: "p", endpointHost: "api.acme.io", version: "0",
                startedAt: time, takenAt: time))
    }

    @Test func `a column for each workspace, and what is in it`() throws {
        let scratch = try Scratch()
        let report = try report()
        try #require(ReportFile(path: scratch.path("a.csv"))).write(report)
        #expect(
            try scratch.text("a.csv") == """
                email,name,workspaces,privilegedIn,invitedIn,analytics,finance\r
                '=ann@acme.io,Ann,2,1,1,ADMIN,DEVELOPER; invite expired: DEVELOPER\r

                """)
    }

    @Test(arguments: [
        (["A", "a"], ["a", "a-2"]), (["email", "日本"], ["email-2", "workspace"]), (["../x", ""], ["x", "workspace"]),
    ])
    func `names of workspaces are harmless as names of columns`(names: [String], keys: [String]) throws {
        #expect(try report(names).tables[0].columns.suffix(2).map(\.key) == keys)
    }

    @Test func `workspaces of one name are told apart`() throws {
        let report = try report(["Analytics", "Analytics", "Finance"])
        let labels = ["Analytics (0)", "Analytics (1)", "Finance"]
        #expect(report.tallies[1].counts.map(\.label) == labels)
        #expect(report.tables[0].columns.suffix(3).map(\.title) == labels)
        let scratch = try Scratch()
        try #require(ReportFile(path: scratch.path("a.json"))).write(report)
        let json = try JSONSerialization.jsonObject(with: Data(try scratch.text("a.json").utf8)) as? [String: Any]
        let counts = try #require(json?["counts"] as? [String: [String: Int]])
        #expect(counts["usersByWorkspace"] == ["Analytics (0)": 1, "Analytics (1)": 1, "Finance": 1])
    }

    @Test func `a workspace that was not reviewed is named first of all`() throws {
        let report = try report(failing: true)
        let warning = "Finance was not reviewed; its accounts are not included: the API returned ok: false"
        #expect(report.warnings == [warning])
        var rows: [[Cell]] = []
        try report.tables[1].rows { rows.append($0) }
        #expect(rows[1].last == .text("the API returned ok: false"))
        #expect(rows[0].last == .empty)
        #expect(rows.allSatisfy { $0.count == report.tables[1].columns.count })
    }

    @Test(arguments: ReportFormat.allCases)
    func `every format takes it`(format: ReportFormat) throws {
        let scratch = try Scratch()
        let written = try #require(ReportFile(path: scratch.path("a.\(format.rawValue)"))).write(try report())
        #expect(written["people"] == 1)
    }
}
