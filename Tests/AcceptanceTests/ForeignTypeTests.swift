import Foundation
import Testing

/// Another product's roles are not this one's, even where a word is the same.
@Suite struct ForeignTypeTests {
    private func plan(_ text: String, _ options: String...) throws -> (sent: [String]?, errors: String) {
        let rollcall = try Rollcall()
        try rollcall.write(text, to: "people.csv")
        let run = try rollcall.start(
            line: "$ROLLCALL invite people.csv --sandbox --save-plan plan.json " + options.joined(separator: " ")
        ).wait()
        guard FileManager.default.fileExists(atPath: rollcall.folder.path + "/plan.json") else {
            #expect(run.status == 2)
            return (nil, run.errors)
        }
        let plan = try JSONSerialization.jsonObject(with: Data(rollcall.read("plan.json").utf8)) as? [String: Any]
        let rows = (plan?["rows"] as? [[String: Any]] ?? []).filter { "\($0["disposition"] ?? "")".hasPrefix("send") }
        return (rows.map { "\($0["email"] ?? "") \($0["accountType"] ?? "")" }, run.errors)
    }

    private let roles = "Email,Role\na@x.io,Member\nb@x.io,Admin\nc@x.io,agent\n"

    @Test func `an Admin beside words of another product has to be mapped like them`() throws {
        let mapped = try plan(roles, "--map-type", "Member=DEVELOPER")
        #expect(mapped.sent == ["a@x.io DEVELOPER"])
        #expect(
            mapped.errors.contains("Admin  line 3; did you mean ADMIN, BILLING_ADMIN or SECURITY_ADMIN?"),
            "\(mapped.errors)")
        let all = try plan(
            roles, "--map-type", "Member=DEVELOPER", "--map-type", "agent=BUSINESS", "--map-type", "Admin=ADMIN",
            "--max-privileged", "1")
        #expect(all.sent == ["a@x.io DEVELOPER", "b@x.io ADMIN", "c@x.io BUSINESS"], "\(all.errors)")
        let own = try plan("Email,Role\na@x.io,Developer\nb@x.io,Admin\nc@x.io,Analyst\nd@x.io,TBD\n")
        #expect(own.sent == ["a@x.io DEVELOPER", "b@x.io ADMIN", "c@x.io ANALYST"], "\(own.errors)")
    }

    @Test func `one type for every row is not overridden by another product's roles`() throws {
        let found = try plan(roles, "--account-type", "DEVELOPER")
        #expect(found.sent == ["a@x.io DEVELOPER", "b@x.io DEVELOPER", "c@x.io DEVELOPER"])
        #expect(
            found.errors.contains(
                "not used for account types, because the words are from another product: column 2 \"Role\""))
        // Its own types fill what a row names.
        #expect(
            try plan("Email,Role\na@x.io,Analyst\nb@x.io,\n", "--account-type", "DEVELOPER").sent
                == ["a@x.io ANALYST", "b@x.io DEVELOPER"])
    }

    @Test func `words of another product that come late stop the list`() throws {
        let rows = (1...150).map { "p\($0)@x.io,Admin\n" }.joined()
        let found = try plan("Email,Role\n" + rows + "a@x.io,Member\n")
        #expect(found.sent == nil)
        #expect(found.errors.contains("has \"Admin\" beside words that are not account types"), "\(found.errors)")
    }

    @Test func `words and states are asked about in one go`() throws {
        let found = try plan("Email,Role,Status\na@x.io,Member,Active\nb@x.io,Guest,Suspended\n")
        #expect(found.sent == nil)
        #expect(found.errors.contains("--map-type Member=") && found.errors.contains("--only Status=Active"))
    }
}
