import Domain
import Foundation
import Testing

/// The JSON documents against the schemas in `samples/schemas`, by somebody else's validator.
@Suite(.waiting) struct SchemaTests {
    @Test func `a review`() throws {
        let rollcall = try Rollcall()
        try rollcall.run("review", "--sandbox", "--out", "one", "--format", "json", "--review-id", "one")
        try rollcall.run(
            "review", "--sandbox", "--out", "two", "--format", "json", "--reviewer", "G", "--due", "2099-01-01")
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

/// What the schemas enumerate is what the code has cases for.
@Suite struct SchemaKindTests {
    @Test func `a schema that lists the kinds of change lists all of them`() throws {
        let folder = Rollcall.repository.appendingPathComponent("samples/schemas")
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        let kinds = Set(WorkspaceChange.Kind.allCases.map(\.rawValue))
        var found = 0
        for file in files where file.pathExtension == "json" {
            let document = try JSONSerialization.jsonObject(with: Data(contentsOf: file))
            for words in Self.enumerations(in: document) where words.contains("changeRole") {
                found += 1
                #expect(words.isSuperset(of: kinds), "\(file.lastPathComponent)")
            }
        }
        #expect(found > 0)
    }

    @Test func `the codes of errors are those of the schemas, and every schema of a document has them`() throws {
        let folder = Rollcall.repository.appendingPathComponent("samples/schemas")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasPrefix("output-") }
        #expect(!names.isEmpty)
        let codes = Set(ErrorCode.allCases.map(\.rawValue))
        for name in names {
            let document = try JSONSerialization.jsonObject(with: Data(contentsOf: folder.appendingPathComponent(name)))
            #expect(Self.enumerations(in: document).contains(codes), "\(name)")
        }
    }

    private static func enumerations(in value: Any) -> [Set<String>] {
        if let list = value as? [Any] { return list.flatMap(enumerations) }
        guard let object = value as? [String: Any] else { return [] }
        let own = (object["enum"] as? [Any]).map { [Set($0.compactMap { $0 as? String })] } ?? []
        return own + object.values.flatMap(enumerations)
    }
}
