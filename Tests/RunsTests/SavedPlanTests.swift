import Domain
import Foundation
import Hashing
import Reports
import TerminalIO
import Testing

@testable import Runs

/// A plan in a file that somebody wrote who can make a digest that fits.
@Suite struct SavedPlanTests {
    private let file = FileManager.default.temporaryDirectory.appendingPathComponent("plan-\(UUID().uuidString).json")

    private static let row =
        #"{"line": 2, "operation": "disable", "email": "ann@acme.io", "uid": "1", "#
        + #""accountType": "", "disposition": "send", "standing": {"state": "active", "accountType": "DEVELOPER"}}"#

    /// Writes a plan whose digest fits what it holds.
    ///
    /// - Parameter edit: what is done to its bytes afterwards.
    private func plan(
        version: Int = SavedPlan.schemaVersion, row: String = row, edit: (String) -> String = { $0 }
    ) throws -> SavedPlan {
        let json = """
            {"schemaVersion": \(version), "rollcallVersion": "9", "workspace": "sandbox", "kind": "disable",
             "input": "list.csv", "inputSHA256": "", "listedAt": "", "answerSHA256": "",
             "limits": {"allowsOwn": false, "domains": []}, "rows": [\(row)]}
            """
        var plan = try JSONDecoder().decode(SavedPlan.self, from: Data(json.utf8))
        plan.digest = SHA256Text.of(try RecordJSON.encode(plan))
        try Data(edit(String(decoding: RecordJSON.encode(plan), as: UTF8.self)).utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return try SavedPlan(path: file.path)
    }

    private func user(_ email: String) -> ActiveUser {
        ActiveUser(uid: "1", email: email, name: "", accountType: AccountType(rawValue: "DEVELOPER"))
    }

    @Test func `a plan is read, and its rows are those that were saved`() throws {
        let row = try #require(try plan().rows.first)
        #expect(try row.draft { _ in user("ANN@acme.io") }.kind == .disable)
    }

    /// What is replaced: a value under its old digest, the order of members, the space between them, and a member
    /// twice.
    @Test(
        arguments: [
            ("ann@acme.io", "eve@acme.io"), (#""allowsOwn" : false"#, #""allowsOwn" : true"#),
            (#""input" : "list.csv""#, #""input" : "list.csv", "input" : "list.csv""#),
            (#""line" : 2"#, #""line" :  2"#), (#""uid" : "1""#, #""uid" : "\u0031""#),
            (#""line" : 2"#, #""line" : 2, "until" : "tomorrow""#),
        ])
    func `a plan that is not byte by byte as it was saved is refused`(old: String, new: String) throws {
        var isChanged = false
        let failure = #expect(throws: CommandFailure.self) {
            try plan { text in
                let edited = text.replacing(old, with: new)
                isChanged = edited != text
                return edited
            }
        }
        #expect(isChanged)
        #expect(failure?.sentence?.contains("was edited after it was saved; save the plan again") == true)
        #expect(failure?.status == .nothingSent)
    }

    @Test func `a plan of a newer version is refused`() throws {
        let failure = #expect(throws: CommandFailure.self) { try plan(version: SavedPlan.schemaVersion + 1) }
        #expect(failure?.sentence?.contains("was saved by a newer version of rollcall") == true)
    }

    @Test(
        arguments: [
            (#""operation": "disable""#, #""operation": "promote""#, "promote"),
            (#""operation": "disable", "#, "", "send "),
            (#""disposition": "send""#, #""disposition": "later""#, "later disable"),
            (#""disposition": "send""#, #""disposition": "skip", "ground": "whim""#, "whim"),
            (
                #""line": 2"#,
                #""line": 2, "decision": {"place": "", "accountKind": "robot", "name": "", "accountType": "", "status": "", "#
                    + #""reviewer": "", "justification": ""}"#, "robot"
            ),
        ])
    func `a word that only a newer version knows is never another word`(
        old: String, new: String, word: String
    ) throws {
        let row = try #require(try plan(row: Self.row.replacing(old, with: new)).rows.first)
        let failure = #expect(throws: CommandFailure.self) { try row.draft { _ in user("ann@acme.io") } }
        #expect(failure?.sentence?.contains("the plan contains \"\(word)\", which this version") == true)
    }

    @Test func `an account that has another address by now is refused by name`() throws {
        let row = try #require(try plan().rows.first)
        let other = #expect(throws: CommandFailure.self) { try row.draft { _ in user("eve@acme.io") } }
        #expect(other?.sentence?.contains("the account of ann@acme.io has the address eve@acme.io now") == true)
        let gone = #expect(throws: CommandFailure.self) { try row.draft { _ in nil } }
        #expect(gone?.sentence?.contains("is no longer an active user") == true)
    }
}
