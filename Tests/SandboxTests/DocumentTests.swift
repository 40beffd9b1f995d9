import Domain
import Testing

@testable import Sandbox

/// What any GraphQL client may write; the answers are compared as text, so that their order counts too.
@Suite struct DocumentTests {
    @Test(
        arguments: [
            "mutation { inviteUser(email: \"alice@acme.io\", accountType: DEVELOPER) { ok } }",
            "mutation{inviteUser(accountType:DEVELOPER email:\"alice@acme.io\"){ok}}",
            "mutation Invite { inviteUser(email: \"alice\\u0040acme.io\", accountType: DEVELOPER) { ok, } },",
            "# why\nmutation { # because\r inviteUser(email: \"alice@acme.io\",, accountType: DEVELOPER) { ok }\r\n}#end",
            "\u{feff}mutation { inviteUser(email: \"\"\"\n    alice@acme.io\n  \"\"\", accountType: DEVELOPER) { ok } }",
        ])
    func `an invite may be written inline in many ways`(query: String) throws {
        let desk = try Desk()
        let answer = desk.ask(query)
        #expect(answer.status == 200)
        #expect(answer.text == #"{"data":{"inviteUser":{"ok":true}}}"#)
        #expect(desk.state.invites == ["alice@acme.io": 1])
        #expect(desk.state.roster.invited.last?.accountType.rawValue == "DEVELOPER")
    }

    @Test func `several fields of a mutation take effect in their order, each under its alias`() throws {
        let desk = try Desk()
        let answer = desk.ask(
            """
            mutation {
              second: inviteUser(email: "b@acme.io", accountType: ANALYST) { ok }
              first: inviteUser(email: "a@acme.io", accountType: ADMIN) { fine: ok __typename }
            }
            """)
        #expect(answer.text == #"{"data":{"second":{"ok":true},"first":{"fine":true,"__typename":"Done"}}}"#)
        #expect(desk.state.roster.invited.suffix(2).map(\.email) == ["b@acme.io", "a@acme.io"])
    }

    @Test func `a mutation stops at the field that fails, and what came before it stays`() throws {
        let desk = try Desk()
        let answer = desk.ask(
            """
            mutation {
              a: inviteUser(email: "a@acme.io", accountType: ANALYST) { ok }
              b: inviteUser(email: "grace@acme.io", accountType: ANALYST) { ok }
              c: inviteUser(email: "c@acme.io", accountType: ANALYST) { ok }
            }
            """)
        #expect(answer.status == 200)
        #expect(
            answer.text == #"{"data":null,"errors":[{"message":"User already exists in this workspace","#
                + #""locations":[{"line":3,"column":3}],"path":["b"]}]}"#)
        #expect(desk.state.invites == ["a@acme.io": 1])
    }

    @Test(
        arguments: [
            ("{ listUsers { ok } }", #"{"listUsers":{"ok":true}}"#),
            ("query { __typename }", #"{"__typename":"Query"}"#),
            ("mutation { __typename }", #"{"__typename":"Mutation"}"#),
            ("{ a: listUsers { ok } a: listUsers { ok ok } }", #"{"a":{"ok":true}}"#),
            (
                "{ listUsers { ok } ...More } fragment More on Query { listUsers { __typename } }",
                #"{"listUsers":{"ok":true,"__typename":"ListUsers"}}"#
            ),
            (
                "{ listUsers { ... on ListUsers { ok } ... { kind: __typename } } }",
                #"{"listUsers":{"ok":true,"kind":"ListUsers"}}"#
            ),
            (
                "{ listUsers { activeUsers { ...Who } invitedUsers { inviteStatus } } } fragment Who on ActiveUser { name }",
                #"{"listUsers":{"activeUsers":[{"name":"Ada Admin"},{"name":"Grace Hopper"}],"#
                    + #""invitedUsers":[{"inviteStatus":"SENT"},{"inviteStatus":"EXPIRED"}]}}"#
            ),
            (
                "{ listWorkspaces { workspaces { name } } }",
                #"{"listWorkspaces":{"workspaces":[{"name":"Acme Analytics"},{"name":"Acme Finance"}]}}"#
            ),
            ("{ listUsers @skip(if: true) { ok } }", "{}"),
            ("{ listUsers @include(if: false) { ok } __typename }", #"{"__typename":"Query"}"#),
            ("{ listUsers @include(if: true) @skip(if: false) { ok } }", #"{"listUsers":{"ok":true}}"#),
            ("{ __typename ... @skip(if: true) { listUsers { ok } } }", #"{"__typename":"Query"}"#),
            (
                "{ __typename ...A @include(if: false) } fragment A on Query { b: __typename }",
                #"{"__typename":"Query"}"#
            ),
        ])
    func `a selection is answered in its order`(query: String, data: String) throws {
        let answer = try Desk().ask(query)
        #expect(answer.status == 200)
        #expect(answer.text == #"{"data":"# + data + "}")
    }

    @Test func `a field that is skipped has no effect`() throws {
        let desk = try Desk()
        let before = Snapshot(desk.state)
        let answer = desk.ask(
            "mutation($no: Boolean!) { inviteUser(email: \"a@b.io\", accountType: ADMIN) @include(if: $no) { ok } }",
            variables: #"{"no": false}"#)
        #expect(answer.text == #"{"data":{}}"#)
        #expect(Snapshot(desk.state) == before)
    }

    private static let both = """
        query Look { listUsers { ok } }
        mutation Invite { inviteUser(email: "a@acme.io", accountType: ADMIN) { ok } }
        """

    @Test func `of several operations only the named one is executed`() throws {
        let desk = try Desk()
        #expect(desk.ask(Self.both, operationName: #""Look""#).text == #"{"data":{"listUsers":{"ok":true}}}"#)
        #expect(desk.state.invites.isEmpty)
        #expect(desk.ask(Self.both, operationName: #""Invite""#).text == #"{"data":{"inviteUser":{"ok":true}}}"#)
        #expect(desk.state.invites == ["a@acme.io": 1])
    }

    @Test(
        arguments: [
            (nil, "Must provide operation name if query contains multiple operations."),
            ("null", "Must provide operation name if query contains multiple operations."),
            (#""""#, #"Unknown operation named ""."#), (#""look""#, #"Unknown operation named "look"."#),
            ("7", "operationName is not a string"),
        ] as [(String?, String)])
    func `without its name none is executed`(name: String?, message: String) throws {
        let desk = try Desk()
        let before = Snapshot(desk.state)
        let answer = desk.ask(Self.both, operationName: name)
        #expect(answer.status == 400)
        #expect(answer.messages == [message])
        #expect(Snapshot(desk.state) == before)
    }
}
