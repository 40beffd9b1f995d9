import Foundation
import Lanes
import Testing

@testable import Sandbox

/// Over a real socket on loopback. The time limit is there for a server that hangs.
@Suite(.prompt, .timeLimit(.minutes(5))) struct SandboxServerTests {
    private static let invite = "mutation { inviteUser(email: \"a@acme.io\", accountType: ADMIN) { ok } }"
    private static let list = "{ listUsers { ok } }"
    private static let invited = #"{"data":{"inviteUser":{"ok":true}}}"#

    private func options(faults: String? = nil, rateLimit: String? = nil) throws -> SandboxOptions {
        var options = SandboxOptions()
        if let faults { options.faults = try FaultPlan(parsing: faults) }
        options.rateLimit = try rateLimit.map { try Rate(parsing: $0) }
        return options
    }

    /// A server, and one connection to it.
    private func withConnection(
        _ options: SandboxOptions = SandboxOptions(),
        _ body: (Connection, WorkspaceState) async throws -> Void
    ) async throws {
        try await SandboxServer.withServer(options: options) { url, company in
            let connection = try await Connection(to: url)
            try await body(connection, company.main)
            await connection.close()
        }
    }

    @Test func `one connection serves requests one after the other`() async throws {
        try await withConnection { connection, state in
            for (query, body) in [(Self.invite, Self.invited), (Self.list, #"{"data":{"listUsers":{"ok":true}}}"#)] {
                try await connection.ask(query)
                let answer = try await connection.answer()
                #expect(answer.head.hasPrefix("http/1.1 200 ok\r\n"))
                #expect(answer.head.contains("content-type: application/json; charset=utf-8"))
                #expect(answer.body == body)
            }
            #expect(state.invites == ["a@acme.io": 1])
        }
    }

    @Test func `a reset comes before the change`() async throws {
        try await withConnection(try options(faults: "reset=1")) { connection, state in
            try await connection.ask(Self.list)
            _ = try await connection.answer()
            try await connection.ask(Self.invite)
            #expect(try await connection.ending() == .reset)
            #expect(state.invites.isEmpty)
        }
    }

    @Test func `an answer is lost after the change, and the connection is closed in order`() async throws {
        try await withConnection(try options(faults: "lost=1")) { connection, state in
            try await connection.ask(Self.invite)
            #expect(try await connection.ending() == .closed)
            #expect(state.invites == ["a@acme.io": 1])
        }
    }

    @Test func `a slow answer is late, and the change is not`() async throws {
        try await SandboxServer.withServer(options: try options(faults: "slow=1")) { url, company in
            let state = company.main
            let connection = try await Connection(to: url)
            try await connection.ask(Self.invite)
            while state.invites.isEmpty { await Task.yield() }
            await connection.close()
        }
    }

    @Test func `429 says when to come back`() async throws {
        try await withConnection(try options(rateLimit: "1/h")) { connection, _ in
            try await connection.ask(Self.list)
            #expect(try await connection.answer().head.hasPrefix("http/1.1 200 "))
            try await connection.ask(Self.list)
            let head = try await connection.answer().head
            #expect(head.hasPrefix("http/1.1 429 "))
            // A slow machine asks again some seconds later, and is told of fewer.
            #expect(head.contains(/\r\nretry-after: (3600|35\d\d)(\r\n|$)/))
        }
    }

    @Test(
        arguments: [
            ("GET /__sandbox/invites HTTP/1.1\r\nHost: s\r\n\r\n", "200", "{}"),
            (
                "GET /graphql HTTP/1.1\r\nHost: s\r\n\r\n", "405",
                #"{"errors":[{"message":"Use POST for GraphQL requests"}]}"#
            ),
            (
                "DELETE /graphql HTTP/1.1\r\nHost: s\r\n\r\n", "405",
                #"{"errors":[{"message":"Use POST for GraphQL requests"}]}"#
            ),
            (
                "POST /graphql HTTP/1.1\r\nHost: s\r\nContent-Length: 0\r\n\r\n", "401",
                #"{"errors":[{"message":"Unauthorized: the API key, secret or token is not known"}]}"#
            ),
            ("hello\r\n\r\n", "400", ""),
        ])
    func `other requests are answered, too`(request: String, status: String, body: String) async throws {
        try await withConnection { connection, _ in
            try await connection.send(request)
            let answer = try await connection.answer()
            #expect(answer.head.hasPrefix("http/1.1 \(status) "))
            #expect(answer.body == body)
        }
    }

    @Test(arguments: [SandboxServer.largestBody, SandboxServer.largestBody + 1])
    func `a body of one mebibyte is taken, and no byte more`(length: Int) async throws {
        try await withConnection { connection, _ in
            let body = "{\"query\":\"{__typename}\"}"
            try await connection.send(
                "POST / HTTP/1.1\r\nHost: s\r\nContent-Type: application/json\r\nX-API-KEY: sandbox-key\r\n"
                    + "X-API-SECRET: sandbox-secret\r\nContent-Length: \(length)\r\n\r\n\(body)"
                    + String(repeating: " ", count: length - body.utf8.count))
            let status = try await connection.answer().head.split(separator: " ")[1]
            #expect(status == (length > SandboxServer.largestBody ? "413" : "200"))
        }
    }

    @Test func `an address that is taken is an error, not a wait`() async throws {
        try await SandboxServer.withServer { url, _ in
            var options = SandboxOptions()
            options.port = try #require(url.port)
            await #expect(throws: (any Error).self) { try await SandboxServer.run(options: options) { _ in } }
        }
    }

    @Test func `what the body throws comes out`() async throws {
        struct Mishap: Error {}
        await #expect(throws: Mishap.self) { try await SandboxServer.withServer { _, _ in throw Mishap() } }
    }
}
