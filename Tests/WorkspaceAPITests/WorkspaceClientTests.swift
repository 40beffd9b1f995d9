import Domain
import Foundation
import JSONReading
import Populations
import Testing

@testable import WorkspaceAPI

@Suite struct WorkspaceClientTests {
    @Test(arguments: [
        (
            WorkspaceChange.changeRole(uid: #"u") { ok } } #"#, AccountType(rawValue: "NEW_TYPE")),
            GraphQLDocument.updateUserAccountType, ["uid": #"u") { ok } } #"#, "accountType": "NEW_TYPE"]
        ), (.disable(uid: "u\n\"1"), .disableUser, ["uid": "u\n\"1"]),
    ])
    func `values travel as variables, never in the query`(
        operation: WorkspaceChange, document: GraphQLDocument, variables: [String: String]
    ) async throws {
        let transport = ScriptedTransport([.answer(200, #"{"data":{"\#(document.field)":{"ok":true}}}"#)])
        #expect(try await client(transport).send([operation]) == [.done])
        let request = try #require(transport.seen.first)
        let body = try JSONDocument(ResponseBody(request.body)).root
        #expect(body["query"]?.text == document.text)
        #expect(body["variables"] == .object(variables.mapValues(JSONValue.string)))
        #expect(request.maxBytes == 1_000_000)
        #expect(
            WorkspaceClient.headers(try Credentials(key: "key-1234", secret: "s3cret-value"), version: "1.2")
                .map { "\($0.name): \($0.value)" } == [
                    "X-API-KEY: key-1234", "X-API-SECRET: s3cret-value", "Content-Type: application/json",
                    "Accept: application/json", "User-Agent: rollcall/1.2",
                ])
    }

    @Test func `an invite sends the address as it was written`() async throws {
        let transport = ScriptedTransport([.answer(200, #"{"data":{"inviteUser":{"ok":true}}}"#)])
        #expect(try await client(transport).send([.invite(try EmailAddress("Bob@Acme.io"), .admin)]) == [.done])
        let body = try JSONDocument(ResponseBody(try #require(transport.seen.first).body)).root
        #expect(body["variables"]?["email"]?.text == "Bob@Acme.io")
    }

    @Test(arguments: GraphQLDocument.allCases)
    func `a document names its operation and its field`(document: GraphQLDocument) {
        #expect(document.text.contains("  \(document.field)"))
        #expect(document.text.lowercased().contains(" \(document.field.lowercased())"))
    }

    @Test func `a mutation is sent once, whatever comes back`() async throws {
        let transport = ScriptedTransport([.failure(.lost(reason: "gone"))])
        let lost = Answer.unknown(reason: "gone", SharedFault(.unreachable, "gone"))
        #expect(try await client(transport).send([.disable(uid: "u")]) == [lost])
        #expect(transport.seen.count == 1)
    }
}

@Suite struct ListingTests {
    private let good = Result.answer(
        200,
        """
        {"data":{"listUsers":{"ok":true,"extra":[],
        "activeUsers":[{"uid":"u","email":"a@b.io","name":"A","accountType":"NEW","more":1}],
        "invitedUsers":[{"email":"c@d.io","accountType":"ADMIN","inviteStatus":"ODD"}]}}}
        """)

    @Test func `a listing keeps unknown types and statuses, and the bytes it came in`() async throws {
        let listing = try await client(ScriptedTransport([good])).listing()
        #expect(
            listing.population.roster
                == Roster(
                    active: [
                        ActiveUser(uid: "u", email: "a@b.io", name: "A", accountType: AccountType(rawValue: "NEW"))
                    ],
                    invited: [
                        InvitedUser(email: "c@d.io", accountType: .admin, status: InviteStatus(rawValue: "ODD"))
                    ]))
        #expect(listing.raw.data == (try good.get().body.data))
    }

    @Test(arguments: [
        (#"{"data":{"listUsers":{"ok":false}}}"#, "listUsers returned ok: false"),
        (
            #"{"data":{"listUsers":{"ok":true,"activeUsers":[],"invitedUsers":[{"email":null}]}}}"#,
            "listUsers returned unexpected JSON: data.listUsers.invitedUsers[0].email is null"
        ),
        (
            #"{"data":{"listUsers":{"ok":true,"activeUsers":[{"uid":"u","email":"e"}],"invitedUsers":[]}}}"#,
            "listUsers returned unexpected JSON: data.listUsers.activeUsers[0].name is missing"
        ),
        (
            #"{"data":{"listUsers":{"ok":true,"activeUsers":{},"invitedUsers":[]}}}"#,
            "listUsers returned unexpected JSON: data.listUsers.activeUsers has the wrong type"
        ),
        (
            #"{"data":{"listUsers":{"ok":true,"activeUsers":[]}}}"#,
            "listUsers returned unexpected JSON: data.listUsers.invitedUsers is missing"
        ),
        (
            #"{"data":{"listUsers":{"activeUsers":[],"invitedUsers":[]}}}"#,
            "listUsers returned unexpected JSON: data.listUsers.ok is missing"
        ),
        (
            #"{"data":{"listUsers":{"ok":true,"activeUsers":[],"invitedUsers":[],"activeUsers":[]}}}"#,
            "listUsers returned JSON in which data.listUsers.activeUsers comes twice; it is not used"
        ),
        (
            #"{"data":{"listUsers":{"ok":true,"activeUsers":[],"invitedUsers":[{"email":"a","email":"b"}]}}}"#,
            "listUsers returned JSON in which data.listUsers.invitedUsers[0].email comes twice; it is not used"
        ),
        (
            #"{"data":{"listUsers":{"ok":true,"activeUsers":null,"invitedUsers":[]}}}"#,
            "listUsers returned unexpected JSON: data.listUsers.activeUsers is null"
        ), ("{}", "listUsers returned unexpected JSON: data.listUsers is missing"),
        ("[]", "listUsers returned unexpected JSON: the response has the wrong type"),
        (#"{"data":{"listUsers":{"ok":tr"#, "listUsers returned incomplete or malformed JSON"),
        ("<html><title>Login</title>", #"listUsers returned an HTML page, not JSON; its title is "Login""#),
        (#"{"errors":[{"message":"no such field"}],"data":{"listUsers":{}}}"#, "api.example.com: no such field"),
    ])
    func `what is not a list is refused, and says where`(body: String, reason: String) async throws {
        await #expect(throws: ListingFailure.unusable(reason: reason)) {
            try await client(ScriptedTransport([.answer(200, body)])).listUsers()
        }
    }

    @Test(arguments: [
        Result.answer(401, "no"), .answer(403, "no"), .answer(200, #"{"errors":[{"message":"Forbidden"}]}"#),
    ])
    func `credentials that are refused are not tried again`(answer: Result<TransportResponse, TransportFailure>)
        async throws
    {
        let error = await #expect(throws: ListingFailure.self) {
            try await client(ScriptedTransport([answer])).listUsers()
        }
        guard case .credentialsRefused = error else { return #expect(error == nil) }
    }

    @Test func `what may pass is tried three times`() async throws {
        let clock = InstantClock()
        let transport = ScriptedTransport([.failure(.neverSent(reason: "connection refused")), .answer(502, ""), good])
        #expect(try await client(transport, clock: clock).listUsers().active.count == 1)
        #expect(clock.pauses == [.milliseconds(500), .seconds(2)])
    }

    @Test func `and no more than three times`() async throws {
        let refused = Result<TransportResponse, TransportFailure>.failure(.neverSent(reason: "connection refused"))
        await #expect(throws: ListingFailure.unreachable(reason: "api.example.com: connection refused")) {
            try await client(ScriptedTransport([refused, refused, refused]), clock: InstantClock()).listUsers()
        }
    }

    @Test func `Retry-After is obeyed up to a minute`() async throws {
        let clock = InstantClock()
        let busy = { (wait: String) in Result.answer(429, "", [(name: "Retry-After", value: wait)]) }
        _ = try await client(ScriptedTransport([busy("7"), good]), clock: clock).listUsers()
        #expect(clock.pauses == [.seconds(7)])
        await #expect(throws: ListingFailure.throttled(reason: "api.example.com: HTTP 429", wait: .seconds(61))) {
            try await client(ScriptedTransport([busy("61")]), clock: clock).listUsers()
        }
    }

    @Test func `workspaces`() async throws {
        let body = #"{"data":{"listWorkspaces":{"workspaces":[{"uid":"w","name":"W"}]}}}"#
        let found = try await client(ScriptedTransport([.answer(200, body)])).listWorkspaces()
        #expect(found == [Workspace(uid: "w", name: "W")])
    }
}

private func client(
    _ transport: ScriptedTransport, clock: any Clock<Duration> = InstantClock()
) throws -> WorkspaceClient {
    WorkspaceClient(
        endpoint: try Endpoint("https://api.example.com/x"),
        credentials: try Credentials(key: "key-1234", secret: "s3cret-value"), transport: transport,
        clock: clock)
}
