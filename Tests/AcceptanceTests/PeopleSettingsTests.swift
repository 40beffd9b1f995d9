import Foundation
import Testing

/// Service accounts and exceptions in the settings, as commands treat them.
@Suite(.waiting) struct PeopleSettingsTests {
    private let rollcall: Rollcall
    private let server: WorkspaceServer

    init() throws {
        rollcall = try Rollcall()
        rollcall.environment["ROLLCALL_TODAY"] = "2026-11-28"
        server = try WorkspaceServer(
            rollcall, users: ["ada@acme.io ADMIN", "bob@acme.io DEVELOPER", "cy@acme.io DEVELOPER"])
        try rollcall.write(
            "Email,Status,End date\nada@acme.io,Active,\nbob@acme.io,,2026-01-31\ncy@acme.io,,2026-02-28\n",
            to: "hr.csv")
    }

    @Test func `the exception of a leaver that ended yesterday no longer applies, and is named`() throws {
        rollcall.environment["ROLLCALL_EXCEPTIONS"] = "bob@acme.io=2026-11-27; notice period"
        let run = try rollcall.run("leavers", "--people", "hr.csv")
        #expect(run.status == 1 && run.output.contains("bob@acme.io"), "\(run.all)")
        #expect(run.errors.contains("the exception for bob@acme.io ended on 2026-11-27"), "\(run.errors)")
        let review = try rollcall.run("review", "--people", "hr.csv", "--out", "r")
        #expect(review.errors.contains("the exception for bob@acme.io ended on 2026-11-27"), "\(review.errors)")
        rollcall.environment["ROLLCALL_EXCEPTIONS"] = "bob@acme.io=2026-11-28; notice period"
        let lastDay = try rollcall.run("leavers", "--people", "hr.csv")
        #expect(!lastDay.output.contains("bob@acme.io") && lastDay.errors.contains("1 excepted"), "\(lastDay.all)")
    }

    @Test func `a service account that is a person in the list is named`() throws {
        rollcall.environment["ROLLCALL_SERVICE_ACCOUNTS"] = "bob@acme.io=ada@acme.io; builds"
        let run = try rollcall.run("leavers", "--people", "hr.csv")
        #expect(
            run.status == 1 && !run.output.contains("bob@acme.io") && run.output.contains("cy@acme.io"), "\(run.all)")
        #expect(run.errors.contains("and a person on line 3 of the company's own list"), "\(run.errors)")
    }

    @Test(
        arguments: [
            ("EXCEPTIONS", "*@*=2027-01-01; x", "accepts the findings about every account"),
            ("EXCEPTIONS", "bob@acme.io; x", "has no last day"),
            ("SERVICE_ACCOUNTS", "*@acme.io=ada@acme.io; x", "has a pattern"),
            ("SERVICE_ACCOUNTS", "ci@acme.io=ada@acme.io; x,CI@acme.io=bob@acme.io; x", "is listed twice"),
        ])
    func `settings that cannot be used are refused before anything is read`(name: String, text: String, says: String)
        throws
    {
        rollcall.environment["ROLLCALL_" + name] = text
        let run = try rollcall.run("leavers", "--people", "hr.csv")
        #expect(run.status == 2 && run.errors.contains(says), "\(run.all)")
    }
}
