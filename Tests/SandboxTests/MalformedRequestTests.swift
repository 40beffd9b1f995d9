import Testing

@testable import Sandbox

@Suite struct MalformedRequestTests {
    private static let invite = #"mutation { inviteUser(email: \"a@acme.io\", accountType: ADMIN) { ok } }"#
    private static let notObject = "The body is not a JSON object"
    private static let noQuery = "Must provide query string."

    @Test(
        arguments: [
            ("", notObject), (" ", notObject), ("null", notObject), ("7", notObject), (#""{}""#, notObject),
            ("query={__typename}", notObject), ("<html></html>", notObject),
            (#"[{"query": "\#(invite)"}]"#, notObject), (#"{"query": "\#(invite)"} x"#, notObject),
            (#"{"query": "\#(invite)",}"#, notObject), (#"{"query": "\#(invite)""#, notObject),
            (#"{'query': '{ __typename }'}"#, notObject), (#"{"query": "\#(invite)\q"}"#, notObject),
            ("{\"query\": \"\(invite)\n\"}", notObject), ("\u{feff}{\"query\": \"\(invite)\"}", notObject),
            ("{}", noQuery), (#"{"query": null}"#, noQuery), (#"{"query": 7}"#, noQuery),
            (#"{"query": ["\#(invite)"]}"#, noQuery), (#"{"Query": "\#(invite)"}"#, noQuery),
            (#"{"query": "\#(invite)", "variables": []}"#, "Variables are not a JSON object"),
            (#"{"query": "\#(invite)", "variables": "{}"}"#, "Variables are not a JSON object"),
            (#"{"query": "\#(invite)", "operationName": {}}"#, "operationName is not a string"),
        ])
    func `a body that is no request is refused`(body: String, message: String) throws {
        let desk = try Desk()
        let before = Snapshot(desk.state)
        let answer = desk.post(Array(body.utf8))
        #expect(answer.status == 400)
        #expect(answer.messages == [message])
        #expect(Snapshot(desk.state) == before)
    }

    @Test(arguments: ["01", "1.", ".5", "+1", "-", "1e", "0x10", "1e999", "NaN", "tru", "nul", "\"\\u12\"", "\"\\ud8"])
    func `a value that is not JSON is not taken for one that is`(value: String) throws {
        let answer = try Desk().post(Array(#"{"query": "{ __typename }", "variables": {"a": \#(value)}}"#.utf8))
        #expect(answer.status == 400)
        #expect(answer.messages == [Self.notObject])
    }

    @Test func `text that is not UTF-8 is refused rather than repaired`() throws {
        let parts = Self.invite.split(separator: "@")
        let body = Array("{\"query\": \"\(parts[0])".utf8) + [0xe9] + Array("@\(parts[1])\"}".utf8)
        let desk = try Desk()
        #expect(desk.post(body).messages == [Self.notObject])
        #expect(desk.state.invites.isEmpty)
    }

    /// Servers differ in which of two values they take, so the sandbox takes neither.
    @Test(arguments: [
        (#"{"query": "\#(invite)", "query": "{ __typename }"}"#, "in which query comes twice"),
        (#"{"query": "\#(invite)", "variables": {"a": 1, "\u0061": 2}}"#, "in which variables.a comes twice"),
        (#"{"query": "\#(invite)\u0000"}"#, "in which query has a NUL character"),
    ])
    func `a body that can be read in more than one way is refused`(body: String, problem: String) throws {
        let desk = try Desk()
        #expect(desk.post(Array(body.utf8)).messages == ["The body is JSON \(problem)"])
        #expect(desk.state.invites.isEmpty)
    }

    @Test(arguments: ["application/json", "application/json; charset=utf-8", "Application/JSON ;charset=utf-8"])
    func `JSON may be announced with parameters`(type: String) throws {
        let answer = try Desk().post(Array(#"{"query": "{ __typename }"}"#.utf8), contentType: type)
        #expect(answer.text == #"{"data":{"__typename":"Query"}}"#)
    }

    @Test(
        arguments: [
            nil, "", ";", "text/plain", "application/graphql", "application/x-www-form-urlencoded", "application/jsonp",
            "text/plain; application/json",
        ] as [String?])
    func `what is not announced as JSON is refused`(type: String?) throws {
        let desk = try Desk()
        let answer = desk.post(Array(#"{"query": "\#(Self.invite)"}"#.utf8), contentType: type)
        #expect(answer.status == 415)
        #expect(answer.messages == ["The request's Content-Type is not application/json"])
        #expect(desk.state.invites.isEmpty)
    }

    @Test(arguments: ["/", "/api/v1/graphql", "/__sandbox", "/__sandbox/requests/"])
    func `GraphQL is not asked with GET`(path: String) throws {
        let answer = Answer(try Desk().endpoint.get(path))
        #expect(answer.status == 405)
        #expect(answer.messages == ["Use POST for GraphQL requests"])
    }
}
