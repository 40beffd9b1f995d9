import Testing

@testable import Sandbox

/// Documents that a GraphQL server refuses, in graphql-js's words. Nothing of them is executed: each begins with an
/// invite that would be seen.
@Suite struct RefusedDocumentTests {
    private static let invite = "inviteUser(email: \"a@acme.io\", accountType: ADMIN) { ok }"

    private func refuse(_ query: String, _ messages: [String], variables: String? = nil) throws {
        let desk = try Desk()
        let before = Snapshot(desk.state)
        let answer = desk.ask(query, variables: variables)
        #expect(answer.status == 400)
        #expect(answer.messages == messages)
        #expect(!answer.hasData)
        #expect(Snapshot(desk.state) == before)
    }

    @Test(
        arguments: [
            ("a: deleteUser { ok }", #"Cannot query field "deleteUser" on type "Mutation"."#),
            ("a: listUsers { ok }", #"Cannot query field "listUsers" on type "Mutation"."#),
            (#"a: disableUser(uid: "1") { uid }"#, #"Cannot query field "uid" on type "Done"."#),
            (
                #"a: disableUser(uid: "1", force: true) { ok }"#,
                #"Unknown argument "force" on field "Mutation.disableUser"."#
            ),
            (
                "a: disableUser { ok }",
                #"Field "disableUser" argument "uid" of type "String!" is required, but it was not provided."#
            ),
            (
                #"a: inviteUser(email: "b@acme.io") { ok }"#,
                #"Field "inviteUser" argument "accountType" of type "UserAccountType!" is required, but it was not"#
                    + " provided."
            ),
            ("a: disableUser(uid: null) { ok }", #"Expected value of type "String!", found null."#),
            ("a: disableUser(uid: 7) { ok }", "String cannot represent a non string value: 7"),
            ("a: disableUser(uid: alice) { ok }", "String cannot represent a non string value: alice"),
            (#"a: disableUser(uid: ["1"]) { ok }"#, #"String cannot represent a non string value: ["1"]"#),
            (
                #"a: inviteUser(email: "b@acme.io", accountType: DEVELOPR) { ok }"#,
                #"Value "DEVELOPR" does not exist in "UserAccountType" enum."#
            ),
            (
                #"a: inviteUser(email: "b@acme.io", accountType: developer) { ok }"#,
                #"Value "developer" does not exist in "UserAccountType" enum."#
            ),
            (
                #"a: inviteUser(email: "b@acme.io", accountType: "DEVELOPER") { ok }"#,
                #"Enum "UserAccountType" cannot represent non-enum value: "DEVELOPER"."#
            ),
            (#"a: disableUser(uid: "1", uid: "2") { ok }"#, #"There can be only one argument named "uid"."#),
            (
                #"a: disableUser(uid: "1")"#,
                #"Field "disableUser" of type "Done!" must have a selection of subfields. Did you mean "disableUser {"#
                    + #" ... }"?"#
            ),
            (
                #"a: disableUser(uid: "1") { ok { really } }"#,
                #"Field "ok" must not have a selection since type "Boolean!" has no subfields."#
            ),
            ("...Gone", #"Unknown fragment "Gone"."#),
            ("... on Robot { ok }", #"Unknown type "Robot"."#),
            (
                "... on Query { __typename }",
                #"Fragment cannot be spread here as objects of type "Mutation" can never be of type "Query"."#
            ),
            ("... on String { ok }", #"Fragment cannot condition on non composite type "String"."#),
            (#"a: disableUser(uid: "1") @now { ok }"#, #"Unknown directive "@now"."#),
            (
                #"a: disableUser(uid: "1") @skip { ok }"#,
                #"Directive "@skip" argument "if" of type "Boolean!" is required, but it was not provided."#
            ),
            (
                #"a: disableUser(uid: "1") @skip(if: "true") { ok }"#,
                #"Boolean cannot represent a non boolean value: "true""#
            ),
            (
                #"a: disableUser(uid: "1") { ok } a: disableUser(uid: "2") { ok }"#,
                #"Fields "a" conflict because they have differing arguments. Use different aliases on the fields to"#
                    + " fetch both if this was intentional."
            ),
            (#"a: disableUser(uid: $uid) { ok }"#, #"Variable "$uid" is not defined."#),
        ])
    func `a mistake in one field refuses the whole mutation`(field: String, message: String) throws {
        try refuse("mutation { \(Self.invite) \(field) }", [message])
    }

    @Test(
        arguments: [
            ("mutation { \(invite) ", "Syntax Error: Expected Name, found <EOF>."),
            ("mutation { \(invite) } }", "Syntax Error: Unexpected \"}\"."),
            ("mutation { \(invite) a: }", "Syntax Error: Expected Name, found \"}\"."),
            ("mutation { \(invite) {} }", "Syntax Error: Expected Name, found \"{\"."),
            ("mutation { \(invite) } query { }", "Syntax Error: Expected Name, found \"}\"."),
            ("mutation { \(invite) a() }", "Syntax Error: Expected Name, found \")\"."),
            ("mutation { \(invite) a(b: \"c) }", "Syntax Error: Unterminated string."),
            ("mutation { \(invite) a(b: \"\"\"c) }", "Syntax Error: Unterminated string."),
            ("mutation { \(invite) a(b: \"\\x\") }", "Syntax Error: Invalid character escape sequence: \"\\x\"."),
            ("mutation { \(invite) a(b: 01) }", "Syntax Error: Invalid number, unexpected digit after 0: \"1\"."),
            ("mutation { \(invite) a(b: 1x) }", "Syntax Error: Invalid number, expected digit but got: \"x\"."),
            ("mutation { \(invite) é }", "Syntax Error: Unexpected character: U+00E9."),
            ("mutation { \(invite) .. }", "Syntax Error: Unexpected character: \".\"."),
            ("", "Syntax Error: Unexpected <EOF>."), ("# nothing", "Syntax Error: Unexpected <EOF>."),
            ("select * from users", "Syntax Error: Unexpected Name \"select\"."),
            ("mutation($a: Int = $b) { \(invite) }", "Syntax Error: Unexpected variable \"$b\" in constant value."),
        ])
    func `text that is not a document is refused where it goes wrong`(query: String, message: String) throws {
        try refuse(query, [message])
    }

    @Test(
        arguments: [
            (
                "mutation { \(invite) ...A } fragment A on Mutation { ...A }",
                [#"Cannot spread fragment "A" within itself."#]
            ),
            (
                "mutation { \(invite) ...A } fragment A on Mutation { ...B } fragment B on Mutation { ...A }",
                [#"Cannot spread fragment "A" within itself via "B"."#]
            ),
            (
                "mutation { \(invite) } fragment A on Mutation { __typename }", [#"Fragment "A" is never used."#]
            ),
            (
                "query A { __typename } mutation { \(invite) }",
                ["This anonymous operation must be the only defined operation."]
            ),
            (
                "mutation A { \(invite) } query A { __typename }", [#"There can be only one operation named "A"."#]
            ),
            ("subscription { a }", ["Schema is not configured to execute subscription operation."]),
            (
                "mutation { \(invite) } fragment A on Robot { ok }",
                [#"Unknown type "Robot"."#, #"Fragment "A" is never used."#]
            ),
            ("fragment A on Query { __typename }", [#"Fragment "A" is never used."#]),
            (
                "query($uid: String!) { user(uid: $uid) { ...A } } fragment A on ActiveUser { name }",
                [#"Cannot query field "user" on type "Query"."#]
            ),
        ])
    func `a document that does not hold together is refused`(query: String, messages: [String]) throws {
        try refuse(query, messages)
    }

    @Test(arguments: ["{ __schema { types { name } } }", #"{ __type(name: "Query") { name } }"#])
    func `introspection is refused with a sentence that says so`(query: String) throws {
        try refuse(query, ["The sandbox does not support introspection."])
    }
}
