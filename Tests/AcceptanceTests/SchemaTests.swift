import Foundation
import Testing

/// The JSON documents against the schemas in `samples/schemas`, by somebody else's validator.
@Suite(.waiting) struct SchemaTests {
    @Test func `a review`() throws {
        let rollcall = try Rollcall()
        try rollcall.run("review", "--sandbox", "--out", "one", "--format", "json", "--review-id", "one")
        try rollcall.run(
            "review", "--sandbox", "--out", "two", "--format", "json", "--reviewer", "G", "--due", "2026-01-01")
        #expect(try rollcall.validate("one/review.json", as: "review") == "valid")
        #expect(try rollcall.validate("two/review.json", as: "review") == "valid")
        #expect(try rollcall.validate("two/evidence.json", as: "review") != "valid")
    }

    @Test func `expired invites and results`() throws {
        let rollcall = try Rollcall()
        try rollcall.run("expired", "--sandbox", "--out", "e.json")
        #expect(try rollcall.validate("e.json", as: "expired") == "valid")
        try rollcall.run("invite", Rollcall.sample("invites-broken.csv"), "--sandbox", "--yes", "--results", "r.json")
        #expect(try rollcall.validate("r.json", as: "results") == "valid")
    }

    @Test func `users and invites`() throws {
        let rollcall = try Rollcall()
        try rollcall.run("users", "--sandbox", "--out", "u.json", "--out", "u.md")
        #expect(try rollcall.validate("u.json", as: "users") == "valid")
        #expect(try rollcall.read("u.md").contains("| Email | Name | Account type | First seen (UTC) |"))
    }

    @Test func `a remediation`() throws {
        let rollcall = try Rollcall()
        try rollcall.startSandbox()
        try rollcall.run("review", "--out", "one")
        try rollcall.fill(
            "one/review.xlsx", to: "filled.xlsx", "default=Approve", "chen.muller.6@acme.io=Revoke",
            "dalia.dupont.4@acme.io=Change role:BUSINESS:moved", "pending@acme.io=Remove", "grace@acme.io=Don't know")
        try rollcall.run("apply", "filled.xlsx", "--evidence", "one", "--yes")
        #expect(try rollcall.validate("one/remediation.json", as: "remediation") == "valid")
    }
}
