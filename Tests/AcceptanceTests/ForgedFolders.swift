import Foundation
import Testing

/// Reviews of one workspace by one author, and what a forger makes of them with another ledger.
///
/// - `q3`: applied.
/// - `exported`, `q4`: the second review as it was exported, and after its decisions were applied.
/// - `texts`: the third review, whose files are all texts.
/// - `approved`: the second review with a remediation in which everything is approved.
/// - `without-gil`: the second review of a workspace without one of its administrators.
final class ForgedFolders: @unchecked Sendable {
    let rollcall: Rollcall

    init() throws {
        rollcall = try Rollcall()
        let server = try WorkspaceServer(
            rollcall,
            users: [
                "ada@acme.io ADMIN", "bob@acme.io DEVELOPER", "cleo@acme.io DEVELOPER", "dan@other.example ANALYST",
                "gil@acme.io ADMIN",
            ], invites: ["eve@acme.io DEVELOPER EXPIRED", "finn@acme.io ADMIN SENT"])
        try review("q3", "2026-Q3")
        try apply("q3", ["default=Approve::as before", "bob@acme.io=Change role:BUSINESS:moved"])
        try server.add("hal@acme.io SECURITY_ADMIN")
        try server.remove("cleo@acme.io")
        let formats = ["--format", "xlsx,html,csv,json,md,vanta,entra", "--split-by", "accountType"]
        try review("q4", "2026-Q4", formats)
        try rollcall.shell("cp -r q4 exported; cp -r q4 approved")
        try apply("approved", ["default=Approve::fine"], ["--ledger", "approved.db"])
        try server.remove("gil@acme.io")
        try review("without-gil", "2026-Q4", formats + ["--ledger", "without-gil.db"])
        try server.add("gil@acme.io ADMIN")
        try apply(
            "q4",
            [
                "default=Approve::fine", "dan@other.example=Revoke:: left", "finn@acme.io=Remove::gone",
                "!sheet('Active users').cell(2, column('Active users', 'Reviewer')).value = 'Grace Hopper'",
            ])
        try review("texts", "2026-Q4", ["--format", "html,csv,json,md"], id: "third")
    }

    private func run(_ arguments: [String]) throws {
        let run = try rollcall.start(arguments).wait()
        try #require(run.status == 0, "\(run.errors)")
    }

    private func review(_ folder: String, _ period: String, _ options: [String] = [], id: String? = nil) throws {
        try run(
            [
                "review", "--out", folder, "--review-id", id ?? period, "--period", period, "--domain", "acme.io",
                "--reviewer", "Grace Hopper", "--approver", "Alan Turing",
            ] + options)
    }

    private func apply(_ folder: String, _ wishes: [String], _ options: [String] = []) throws {
        try rollcall.fill("\(folder)/to-fill-in/review.xlsx", to: "filled.xlsx", wishes: wishes)
        let run = try rollcall.start(
            [
                "apply", "filled.xlsx", "--evidence", folder, "--yes", "--rate", "none", "--settle-wait", "1s",
                "--max-removals", "50%",
            ] + options
        ).wait()
        try #require(run.status <= 1, "\(run.errors)")
    }
}
