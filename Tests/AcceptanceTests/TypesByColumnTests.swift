import Foundation
import Testing

/// `accountTypesBy`: account types that follow from another column, in one workspace and in several.
@Suite(.waiting) struct TypesByColumnTests {
    private let rollcall: Rollcall

    init() throws {
        rollcall = try Rollcall()
        rollcall.environment["ROLLCALL_ACCOUNT_TYPES_BY"] = "Department"
        rollcall.environment["ROLLCALL_ACCOUNT_TYPES"] = "Data Platform=DEVELOPER,Data*=ANALYST"
    }

    private func company() throws -> SandboxProcess {
        let sandbox = try SandboxProcess(rollcall)
        rollcall.environment["PARADIME_API_KEY"] = nil
        rollcall.environment["PARADIME_API_SECRET"] = "prdm_cmp_sandbox"
        return sandbox
    }

    private func results(_ name: String) throws -> [[String: String]] {
        let lines = try rollcall.read(name).split(separator: "\r\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false)
        }
        return lines.dropFirst().map { line in
            Dictionary(zip(lines[0], line).map { (String($0), String($1)) }, uniquingKeysWith: { $1 })
        }
    }

    @Test func `each workspace gets the types by the rules, and rows without a rule are rejected`() throws {
        let sandbox = try company()
        try rollcall.write(
            """
            email,Department,workspace
            ann@acme.io,Data Platform,Acme Finance
            bob@acme.io,Data Science,Acme Finance
            cy@acme.io,DATA platform,Acme Analytics
            di@acme.io,Legal,Acme Analytics
            ed@acme.io,,Acme Analytics

            """, to: "p.csv")
        let dry = try rollcall.run("sync", "p.csv", "--dry-run")
        #expect(dry.all.contains("Data*=ANALYST"), "\(dry.all)")
        let run = try rollcall.run("sync", "p.csv", "--yes", "--rate", "none")
        #expect(run.status == 1, "\(run.all)")
        let finance = try results("p.acme-finance.results.csv")
        #expect(finance.map { $0["accountType"] } == ["DEVELOPER", "ANALYST"], "\(finance)")
        let analytics = try results("p.acme-analytics.results.csv")
        #expect(analytics.map { $0["outcome"] } == ["succeeded", "rejected", "rejected"], "\(analytics)")
        #expect(try Set(sandbox.invites().keys) == ["ann@acme.io", "bob@acme.io", "cy@acme.io"])
    }

    /// The same person may have another department, and so another type, in each workspace.
    @Test func `one person has a type in each workspace`() throws {
        let sandbox = try company()
        try rollcall.write(
            "email,Department,workspace\nann@acme.io,Data Platform,Acme Finance\nann@acme.io,Data Science,Acme Analytics\n",
            to: "p.csv")
        let run = try rollcall.run("sync", "p.csv", "--yes", "--rate", "none")
        #expect(run.status == 0, "\(run.all)")
        #expect(try results("p.acme-finance.results.csv").map { $0["accountType"] } == ["DEVELOPER"])
        #expect(try results("p.acme-analytics.results.csv").map { $0["accountType"] } == ["ANALYST"])
        #expect(try sandbox.invites() == ["ann@acme.io": 2])
    }

    @Test(
        arguments: [
            ("Departmant", "did you mean \"Department\"?"), ("workspace", "workspace"), ("email", "email"),
        ])
    func `a column that cannot be the one is refused, and nothing is sent`(column: String, says: String) throws {
        let sandbox = try company()
        rollcall.environment["ROLLCALL_ACCOUNT_TYPES_BY"] = column
        try rollcall.write("email,Department,workspace\nann@acme.io,Data Platform,Acme Finance\n", to: "p.csv")
        let run = try rollcall.run("sync", "p.csv", "--yes")
        #expect(run.status == 2 && run.errors.contains(says), "\(run.all)")
        #expect(try sandbox.invites().isEmpty)
    }

    @Test func `a list without any known type is refused in several workspaces as in one`() throws {
        let sandbox = try company()
        try rollcall.write(
            "email,Department,workspace\nann@acme.io,Legal,Acme Finance\nbob@acme.io,Legal,Acme Analytics\n",
            to: "p.csv")
        let run = try rollcall.run("sync", "p.csv", "--yes")
        #expect(run.status == 2 && run.errors.contains("has a known account type"), "\(run.all)")
        #expect(try sandbox.invites().isEmpty)
    }

    @Test func `a column of account types on the command line counts instead`() throws {
        let sandbox = try company()
        try rollcall.write(
            "email,Department,Role,workspace\nann@acme.io,Data Platform,BUSINESS,Acme Finance\n", to: "p.csv")
        let run = try rollcall.run("sync", "p.csv", "--yes", "--rate", "none", "--account-type-column", "Role")
        #expect(run.status == 0, "\(run.all)")
        #expect(try results("p.acme-finance.results.csv").map { $0["accountType"] } == ["BUSINESS"])
        #expect(try sandbox.invites() == ["ann@acme.io": 1])
        #expect(run.errors.contains("Acme Analytics is not in p.csv, so nothing is changed there"), "\(run.errors)")
    }
}
