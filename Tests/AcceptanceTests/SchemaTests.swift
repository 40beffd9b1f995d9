import Foundation
import Testing

/// The JSON documents against the schemas in `samples/schemas`, by somebody else's validator.
@Suite struct SchemaTests {
    private func validate(_ name: String, _ schema: String, in rollcall: Rollcall) throws -> String {
        let script = "import json, sys, jsonschema; jsonschema.validate(*[json.load(open(p)) for p in sys.argv[1:]])"
        let file = Rollcall.sample("schemas/\(schema).schema.json")
        return try rollcall.shell("/usr/bin/python3 -c '\(script)' \(name) \(file) 2>&1 && echo valid")
    }

    @Test func `a review`() throws {
        let rollcall = try Rollcall()
        try rollcall.run("review", "--sandbox", "--out", "one", "--format", "json", "--review-id", "one")
        try rollcall.run(
            "review", "--sandbox", "--out", "two", "--format", "json", "--reviewer", "G", "--due", "2026-01-01")
        #expect(try validate("one/review.json", "review", in: rollcall).hasSuffix("valid\n"))
        #expect(try validate("two/review.json", "review", in: rollcall).hasSuffix("valid\n"))
        #expect(try !validate("two/evidence.json", "review", in: rollcall).hasSuffix("valid\n"))
    }

    @Test func `expired invites and results`() throws {
        let rollcall = try Rollcall()
        try rollcall.run("expired", "--sandbox", "--out", "e.json")
        #expect(try validate("e.json", "expired", in: rollcall).hasSuffix("valid\n"))
        try rollcall.run("invite", Rollcall.sample("invites-broken.csv"), "--sandbox", "--yes", "--results", "r.json")
        #expect(try validate("r.json", "results", in: rollcall).hasSuffix("valid\n"))
    }

    @Test func `a remediation`() throws {
        let rollcall = try Rollcall()
        let sandbox = try SandboxProcess(rollcall)
        _ = sandbox
        try rollcall.run("review", "--out", "one")
        try rollcall.fill(
            "one/review.xlsx", to: "filled.xlsx", "default=Approve", "chen.muller.6@acme.io=Revoke",
            "dalia.dupont.4@acme.io=Change role:BUSINESS:moved", "pending@acme.io=Remove", "grace@acme.io=Don't know")
        try rollcall.run("apply", "filled.xlsx", "--evidence", "one", "--yes")
        let valid = try validate("one/remediation.json", "remediation", in: rollcall)
        #expect(valid.hasSuffix("valid\n"), "\(valid)")
    }
}
