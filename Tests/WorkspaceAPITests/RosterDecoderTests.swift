import Domain
import Foundation
import Testing

@testable import WorkspaceAPI

@Suite struct RosterDecoderTests {
    private func decode(_ answer: Data) throws -> Roster {
        try RosterDecoder.population(ResponseBody(answer)).roster
    }

    private let one = ActiveUser(
        uid: "u\"1", email: "é@acme.io", name: "Zoë 🦊\n", accountType: AccountType(rawValue: "OWNER"))

    @Test(
        arguments: [
            #"{"data":{"listUsers":{"ok":true,"activeUsers":[@],"invitedUsers":[]}}}"#,
            #" { "data" : { "listUsers" : { "invitedUsers" : [ ] , "activeUsers" : [ @ ] , "ok" : true } } , "errors" : [] } "#,
            #"{"extensions":{"cost":[1,{"x":null}]},"errors":null,"data":{"other":1,"listUsers":{"activeUsers":[@],"invitedUsers":[],"__typename":"L","ok":true}}}"#,
        ])
    func `members come in any order, with others between them`(answer: String) throws {
        let user =
            #"{"accountType":"OWNER","extra":{"uid":"x"},"name":"Zo\u00eb \ud83e\udd8a\n","email":"é@acme.io","uid":"u\"1"}"#
        let roster = try decode(Data(answer.replacing("@", with: user).utf8))
        #expect(roster == Roster(active: [one], invited: []))
    }

    @Test(
        arguments: [
            "", " ", "{", "nonsense", #"{"data":{"listUsers":{"ok":true,"activeUsers":[],"invitedUsers":[]}}} x"#,
            #"{"data":{"listUsers":{"ok":true,"activeUsers":[],"invitedUsers":[]}}"#,
            #"{"data":{"listUsers":{"ok":true,"activeUsers":[{"uid":"\ud800"}],"invitedUsers":[]}}}"#,
            "{\"data\":{\"listUsers\":{\"ok\":true,\"activeUsers\":[{\"uid\":\"\u{1}\"}],\"invitedUsers\":[]}}}",
        ])
    func `what is no JSON, or not all of it, is refused`(answer: String) {
        #expect(throws: UnusableListing.self) { try decode(Data(answer.utf8)) }
    }

    @Test(
        arguments: [
            #""data":{"listUsers":{"ok":null}}"#,
            #""data":{"listUsers":{"ok":true,"activeUsers":[null],"invitedUsers":[]}}"#,
            #""data":{"listUsers":{"ok":true,"activeUsers":[{"uid":"1"}],"invitedUsers":[]}}"#,
            #""data":{"listUsers":7}"#, #""data":null"#,
        ])
    func `errors say more than what is missing from half a tree, before it or behind it`(data: String) {
        let errors = #""errors":[{"message":"no","extensions":{"code":"FORBIDDEN"}}]"#
        for answer in ["{\(errors),\(data)}", "{\(data),\(errors)}"] {
            do {
                _ = try decode(Data(answer.utf8))
                Issue.record("half a tree was taken: \(answer)")
            } catch UnusableListing.errors(let errors) {
                #expect(errors.kind == .credentials)
            } catch {
                Issue.record("\(error): \(answer)")
            }
        }
    }

    @Test func `bytes that are no text are refused`() {
        var bytes = Array(#"{"data":{"listUsers":{"ok":true,"activeUsers":[{"uid":"~"}],"invitedUsers":[]}}}"#.utf8)
        bytes[bytes.firstIndex(of: 0x7e) ?? 0] = 0xff
        #expect(throws: UnusableListing.self) { try decode(Data(bytes)) }
    }

    @Test func `every cut of an answer is refused`() {
        let answer = Data(
            #"{"data":{"listUsers":{"ok":true,"activeUsers":[{"uid":"1","email":"a@b.c","name":"A","accountType":"X"}],"invitedUsers":[]}}}"#
                .utf8)
        for count in 0..<answer.count {
            #expect(throws: UnusableListing.self, "\(count)") { try decode(answer.prefix(count)) }
        }
    }
}
