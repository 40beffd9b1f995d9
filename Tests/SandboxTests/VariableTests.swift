import Domain
import Testing

@testable import Sandbox

@Suite struct VariableTests {
    private static let invite = """
        mutation Invite($email: String!, $accountType: UserAccountType!) {
          inviteUser(email: $email, accountType: $accountType) { ok }
        }
        """

    @Test func `variables carry what the document declares`() throws {
        let desk = try Desk()
        let answer = desk.ask(
            Self.invite, variables: #"{"email": "zo\u00eb\ud83d\ude00@acme.io", "accountType": "SANDBOX_USER"}"#)
        #expect(answer.text == #"{"data":{"inviteUser":{"ok":true}}}"#)
        #expect(desk.state.roster.invited.last?.email == "zoë😀@acme.io")
        #expect(desk.state.roster.invited.last?.accountType.rawValue == "SANDBOX_USER")
    }

    @Test(
        arguments: [
            ("{}", "ANALYST"), (#"{"type": "ADMIN"}"#, "ADMIN"), ("null", "ANALYST"), (#"{"other": [1]}"#, "ANALYST"),
        ])
    func `a default stands in for a variable that is not given`(variables: String, type: String) throws {
        let desk = try Desk()
        let query = """
            mutation($type: UserAccountType = ANALYST) { inviteUser(email: "a@acme.io", accountType: $type) { ok } }
            """
        #expect(desk.ask(query, variables: variables).text == #"{"data":{"inviteUser":{"ok":true}}}"#)
        #expect(desk.state.roster.invited.last?.accountType.rawValue == type)
    }

    @Test(
        arguments: [
            (nil, ["$email\" of required type \"String!", "$accountType\" of required type \"UserAccountType!"]),
            (#"{"email": "a@acme.io"}"#, ["$accountType\" of required type \"UserAccountType!"]),
        ] as [(String?, [String])])
    func `a required variable must be given`(variables: String?, missing: [String]) throws {
        try refuse(Self.invite, variables, missing.map { "Variable \"\($0)\" was not provided." })
    }

    @Test(
        arguments: [
            ("7", #"Variable "$email" got invalid value 7; String cannot represent a non string value: 7"#),
            ("true", #"Variable "$email" got invalid value true; String cannot represent a non string value: true"#),
            (
                #"["a@acme.io"]"#,
                #"Variable "$email" got invalid value ["a@acme.io"]; String cannot represent a non string value: "#
                    + #"["a@acme.io"]"#
            ),
            ("null", #"Variable "$email" of non-null type "String!" must not be null."#),
        ])
    func `a text must be a text`(json: String, message: String) throws {
        try refuse(Self.invite, #"{"email": \#(json), "accountType": "ADMIN"}"#, [message])
    }

    @Test(
        arguments: [
            (#""DEVELOPR""#, #""DEVELOPR"; Value "DEVELOPR" does not exist in "UserAccountType" enum."#),
            ("7", #"7; Enum "UserAccountType" cannot represent non-string value: 7."#),
        ])
    func `an account type must be one of the schema's`(json: String, rest: String) throws {
        try refuse(
            Self.invite, #"{"email": "a@acme.io", "accountType": \#(json)}"#,
            ["Variable \"$accountType\" got invalid value " + rest])
    }

    @Test(
        arguments: [
            (
                "mutation($uid: String!, $spare: Int) { disableUser(uid: $uid) { ok } }",
                #"Variable "$spare" is never used."#
            ),
            (
                "mutation($uid: String) { disableUser(uid: $uid) { ok } }",
                #"Variable "$uid" of type "String" used in position expecting type "String!"."#
            ),
            (
                "mutation($uid: Int!) { disableUser(uid: $uid) { ok } }",
                #"Variable "$uid" of type "Int!" used in position expecting type "String!"."#
            ),
            (
                "mutation($uid: [String!]!) { disableUser(uid: $uid) { ok } }",
                #"Variable "$uid" of type "[String!]!" used in position expecting type "String!"."#
            ),
            ("mutation($uid: Uid!) { disableUser(uid: $uid) { ok } }", #"Unknown type "Uid"."#),
            (
                "mutation($uid: Done!) { disableUser(uid: $uid) { ok } }",
                #"Variable "$uid" cannot be non-input type "Done!"."#
            ),
            (
                "mutation($uid: String!, $uid: String!) { disableUser(uid: $uid) { ok } }",
                #"There can be only one variable named "$uid"."#
            ),
            (
                "mutation($uid: String! = 7) { disableUser(uid: $uid) { ok } }",
                "String cannot represent a non string value: 7"
            ),
            (
                "mutation A { ...F } fragment F on Mutation { disableUser(uid: $uid) { ok } }",
                #"Variable "$uid" is not defined by operation "A"."#
            ),
        ])
    func `a variable that does not fit its place is refused`(query: String, message: String) throws {
        try refuse(query, #"{"uid": "1"}"#, [message], first: true)
    }

    @Test func `null is no value for an argument that must have one, default or not`() throws {
        try refuse(
            "mutation($t: UserAccountType = ADMIN) { inviteUser(email: \"a@acme.io\", accountType: $t) { ok } }",
            #"{"t": null}"#,
            [#"Argument "accountType" of non-null type "UserAccountType!" must not be null."#])
    }

    @Test func `null is no condition, default or not`() throws {
        try refuse(
            "mutation($yes: Boolean = true) { disableUser(uid: \"1\") @include(if: $yes) { ok } }",
            #"{"yes": null}"#, [#"Argument "if" of non-null type "Boolean!" must not be null."#])
    }

    private func refuse(
        _ query: String, _ variables: String?, _ messages: [String], first: Bool = false
    ) throws {
        let desk = try Desk()
        let before = Snapshot(desk.state)
        let answer = desk.ask(query, variables: variables)
        #expect(answer.status == 400)
        #expect((first ? Array(answer.messages.prefix(1)) : answer.messages) == messages)
        #expect(!answer.hasData)
        #expect(Snapshot(desk.state) == before)
    }
}
