import Foundation
import Testing

/// A workspace of four users and an invitation whose review is closed: one user is revoked, the others are approved, and a
/// file is attached.
struct ClosedReview {
    let rollcall: Rollcall
    private let server: WorkspaceServer

    init() throws {
        rollcall = try Rollcall()
        server = try WorkspaceServer(
            rollcall,
            users: [
                "ada@acme.io ADMIN", "bob@acme.io DEVELOPER", "cleo@acme.io DEVELOPER", "dan@acme.io BUSINESS",
            ], invites: ["finn@acme.io DEVELOPER SENT"])
    }

    /// Has the reviews from now on compared with a list of two of the people, `hr.csv`.
    func compareWithPeople() throws {
        try rollcall.write(
            "Name,Email,Manager,Status\nAda Admin,ada@acme.io,,Active\nCleo Roe,cleo@acme.io,ada@acme.io,Active\n",
            to: "hr.csv")
        rollcall.environment["ROLLCALL_PEOPLE"] = rollcall.folder.appendingPathComponent("hr.csv").path
    }

    /// Makes the review, applies the decisions, and closes it, in `rev`.
    ///
    /// - Parameter command: adds more to `rev/attachments`.
    func close(_ options: [String] = [], attaching command: String = ":") throws {
        let made = try rollcall.start(
            ["review", "--out", "rev", "--review-id", "2026-Q4", "--approver", "Alan Turing"] + options
        ).wait()
        try #require(made.status == 0, "\(made.errors)")
        try rollcall.fill(
            "rev/to-fill-in/review.xlsx", to: "filled.xlsx",
            wishes: ["default=Approve::as before", "bob@acme.io=Revoke"])
        try rollcall.shell("mkdir rev/attachments && echo approved > 'rev/attachments/mail of ada.txt'; \(command)")
        let applied = try rollcall.start(
            [
                "apply", "filled.xlsx", "--evidence", "rev", "--yes", "--rate", "none", "--max-removals", "60%",
                "--settle-wait", "1s", "--close",
            ] + options
        ).wait()
        try #require(applied.status == 0, "\(applied.all)")
    }
}
