import Foundation
import Lanes
import Testing

@testable import Sandbox

/// A sandbox ends when its work is done, whatever its clients still want. The time limit is there for one that hangs.
@Suite(.prompt, .timeLimit(.minutes(5))) struct SandboxServerEndTests {
    private static let list = "{ listUsers { ok } }"

    @Test func `the end does not wait for connections that are kept alive`() async throws {
        let connection = try await SandboxServer.withServer { url, _ in
            let connection = try await Connection(to: url)
            try await connection.ask(Self.list)
            _ = try await connection.answer()
            return connection
        }
        // The server is gone, and its client is told.
        #expect(try await connection.ending() == .closed)
    }

    @Test func `the end does not wait for requests that never end`() async throws {
        let connection = try await SandboxServer.withServer { url, _ in
            let connection = try await Connection(to: url)
            try await connection.ask(Self.list)
            _ = try await connection.answer()
            try await connection.send("POST / HTTP/1.1\r\nHost: s\r\nContent-Length: 100\r\n\r\n{")
            return connection
        }
        await connection.close()
    }

    @Test func `the end does not wait for answers that are late`() async throws {
        var options = SandboxOptions()
        options.faults = try FaultPlan(parsing: "slow=1")
        let connection = try await SandboxServer.withServer(options: options) { url, company in
            let state = company.main
            let connection = try await Connection(to: url)
            try await connection.ask("mutation { inviteUser(email: \"a@acme.io\", accountType: ADMIN) { ok } }")
            while state.invites.isEmpty { await Task.yield() }
            return connection
        }
        await connection.close()
    }
}
