import Domain
import Foundation
import Populations
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

    private let person = #"{"uid":"u1","email":"a@b.c","name":"A","accountType":"X"}"#

    /// An answer with a member where it may be: in a user, in the listing, beside it, and beside `data`.
    private func answers(with member: String) -> [String] {
        [
            #"{"data":{"listUsers":{"ok":true,"activeUsers":[\#(person.dropLast()),\#(member)}],"invitedUsers":[]}}}"#,
            #"{"data":{"listUsers":{"ok":true,"activeUsers":[\#(person)],"invitedUsers":[],\#(member)}}}"#,
            #"{"data":{\#(member),"listUsers":{"ok":true,"activeUsers":[\#(person)],"invitedUsers":[]}}}"#,
            #"{"data":{"listUsers":{"ok":true,"activeUsers":[\#(person)],"invitedUsers":[]}},\#(member)}"#,
        ]
    }

    @Test(arguments: [
        "01", "1.", ".5", "-", "+1", "truex", "nul", "NaN", #""\q""#, #""\ud800""#, #""\udc00""#, #""\ud800\u0041""#,
        "[1,]", "[}", "{]", #"{"a"}"#, #"{"a":1,}"#, #"{"a":1 "b":2}"#, "{a:1}", "[1 2]", "'x'", "", "1 2",
    ])
    func `an answer is valid as a whole, where nobody reads it as well`(value: String) throws {
        for answer in answers(with: #""more":[1,{"x":null}]"#) {
            #expect(try decode(Data(answer.utf8)).active.map(\.uid) == ["u1"])
        }
        for answer in answers(with: #""more":\#(value)"#) {
            #expect(throws: UnusableListing.notJSON, "\(answer)") { try decode(Data(answer.utf8)) }
        }
    }

    @Test(arguments: ["x", "}", "]", "{}", ",", ":", "1", "null", "\"", "\0"])
    func `nothing but white space is behind an answer`(rest: String) throws {
        let answer = answers(with: #""more":1"#)[3]
        #expect(try decode(Data((answer + " \n\t\r").utf8)).active.count == 1)
        #expect(throws: UnusableListing.notJSON) { try decode(Data((answer + rest).utf8)) }
    }

    @Test func `nesting is bounded`() throws {
        for depth in [100, 200, 200_000] {
            let value = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
            for answer in answers(with: #""more":\#(value)"#) {
                if depth == 100 {
                    #expect(try decode(Data(answer.utf8)).active.count == 1)
                } else {
                    #expect(throws: UnusableListing.untrusted("that is nested more than 128 levels deep")) {
                        try decode(Data(answer.utf8))
                    }
                }
            }
        }
    }

    @Test(arguments: [
        ("uid", #"u1\u0000x"#, "has a NUL character"), ("uid", #"\u0000"#, "has a NUL character"),
        ("email", #"a@b.c\u0000"#, "has a NUL character"), ("name", #"A\u0000"#, "has a NUL character"),
        ("accountType", #"X\u0000"#, "has a NUL character"), ("uid", #"u1\n"#, "has a control character"),
        ("uid", #"\u0001u1"#, "has a control character"), ("uid", #"u\u007f1"#, "has a control character"),
        ("uid", "u\u{7f}1", "has a control character"), ("uid", "u\u{85}1", "has a control character"),
        ("uid", #"u\u00851"#, "has a control character"),
    ])
    func `a text that others read differently is refused with its place`(
        member: String, text: String, problem: String
    ) throws {
        let members = ["uid": "u2", "email": "b@b.c", "name": "B", "accountType": "X"].merging([member: text]) { $1 }
        let spoiled = "{" + members.map { #""\#($0.key)":"\#($0.value)""# }.joined(separator: ",") + "}"
        let answer = #"{"data":{"listUsers":{"ok":true,"activeUsers":[\#(person),\#(spoiled)],"invitedUsers":[]}}}"#
        #expect(throws: UnusableListing.untrusted("in which data.listUsers.activeUsers[1].\(member) \(problem)")) {
            try decode(Data(answer.utf8))
        }
    }

    @Test func `a name may have a line end, and a uid any other character`() throws {
        let user = #"{"uid":"\u00a0é🦊\u200b","email":"a@b.c","name":"A\nB","accountType":"X"}"#
        let answer = #"{"data":{"listUsers":{"ok":true,"activeUsers":[\#(user)],"invitedUsers":[]}}}"#
        let found = try #require(try decode(Data(answer.utf8)).active.first)
        #expect(found.uid == "\u{a0}é🦊\u{200b}" && found.name == "A\nB")
    }

    @Test(arguments: [
        (#"{"data":null,"data":{"listUsers":@}}"#, "data"), (#"{"data":{"listUsers":@},"d\u0061ta":null}"#, "data"),
        (#"{"errors":null,"data":{"listUsers":@},"errors":null}"#, "errors"),
        (#"{"data":{"listUsers":@,"listUsers":null}}"#, "data.listUsers"),
        (#"{"data":{"listUsers":{"ok":true,"ok":true,"activeUsers":[],"invitedUsers":[]}}}"#, "data.listUsers.ok"),
        (
            #"{"data":{"listUsers":{"ok":true,"activeUsers":[],"activeUsers":[],"invitedUsers":[]}}}"#,
            "data.listUsers.activeUsers"
        ),
        (
            #"{"data":{"listUsers":{"ok":true,"activeUsers":[],"invitedUsers":[],"invitedUsers":[]}}}"#,
            "data.listUsers.invitedUsers"
        ),
        (
            #"{"data":{"listUsers":{"ok":true,"activeUsers":[{"uid":"1","u\u0069d":"2"}],"invitedUsers":[]}}}"#,
            "data.listUsers.activeUsers[0].uid"
        ),
    ])
    func `a name that comes twice is refused with its place`(answer: String, place: String) {
        let answer = answer.replacing("@", with: #"{"ok":true,"activeUsers":[],"invitedUsers":[]}"#)
        #expect(throws: UnusableListing.untrusted("in which \(place) comes twice")) { try decode(Data(answer.utf8)) }
    }

    @Test(arguments: [
        (#"{"uid":"w\u0000","name":"W"}"#, "data.listWorkspaces.workspaces[0].uid has a NUL character"),
        (#"{"uid":"w","name":"\u0000"}"#, "data.listWorkspaces.workspaces[0].name has a NUL character"),
        (#"{"uid":"w\n","name":"W"}"#, "data.listWorkspaces.workspaces[0].uid has a control character"),
        (#"{"uid":"w","uid":"v","name":"W"}"#, "data.listWorkspaces.workspaces[0].uid comes twice"),
    ])
    func `the list of workspaces is read as strictly`(workspace: String, problem: String) {
        let answer = #"{"data":{"listWorkspaces":{"workspaces":[\#(workspace)]}}}"#
        #expect(throws: UnusableListing.untrusted("in which \(problem)")) {
            try RosterDecoder.workspaces(ResponseBody(Data(answer.utf8)))
        }
    }

    @Test(arguments: [
        (#"{"data":{}}"#, UnusableListing.shape("data.listWorkspaces is missing")),
        (#"{"data":{"listWorkspaces":{}}}"#, .shape("data.listWorkspaces.workspaces is missing")),
        (#"{"data":{"listWorkspaces":{"ok":1,"workspaces":[]}}}"#, .shape("data.listWorkspaces.ok has the wrong type")),
        (#"{"data":{"listWorkspaces":{"ok":false,"workspaces":[]}}}"#, .notOK),
        (
            #"{"data":{"listWorkspaces":{"workspaces":[{"uid":1,"name":"W"}]}}}"#,
            .shape("data.listWorkspaces.workspaces[0].uid has the wrong type")
        ),
        (
            #"{"data":{"listWorkspaces":{"workspaces":[{"uid":"1","name":null}]}}}"#,
            .shape("data.listWorkspaces.workspaces[0].name is null")
        ),
        (#"{"data":{"listWorkspaces":{"workspaces":[]}}} x"#, .notJSON),
        ("[]", .shape("the response has the wrong type")),
    ])
    func `a list of workspaces of another shape is refused with the place`(answer: String, expected: UnusableListing) {
        #expect(throws: expected) { try RosterDecoder.workspaces(ResponseBody(Data(answer.utf8))) }
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
