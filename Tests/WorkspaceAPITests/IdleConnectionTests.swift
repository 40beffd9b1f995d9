import CLibraryFaults
import Foundation
import Testing

@testable import WorkspaceAPI

/// Bytes that the server sends before a request must not be taken for the response to it.
@Suite(.serialized) struct IdleConnectionTests {
    private static let ok = response("{\"ok\":true}")
    private static let no = response("{\"ok\":false}")
    private static let timeout = "HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"

    private static func response(_ body: String) -> String {
        "HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    @Test(arguments: [ok, timeout, "HTTP", "\r\n"])
    func `bytes on an idle connection close it, and the next request gets its own response`(
        unsolicited: String
    ) async throws {
        let steps = [Self.ok, Self.no].map { ScriptedServer.Step.send($0, thenClose: false) }
        try await ScriptedServer.run(steps) { server, url in
            let transport = try PooledTransport.to(url)
            #expect(await transport.post().text == "{\"ok\":true}")
            try await server.push(unsolicited)
            #expect(await transport.post().text == "{\"ok\":false}")
            try await transport.shutdown()
            #expect(server.requests.count == 2)
            #expect(server.connectionCount == 2)
        }
    }

    @Test func `a second connection is made only for the request that needs it`() async throws {
        let steps = Array(repeating: ScriptedServer.Step.send(Self.ok, thenClose: false), count: 4)
        try await ScriptedServer.run(steps) { server, url in
            let transport = try PooledTransport.to(url)
            _ = await transport.post()
            try await server.push(Self.ok)
            for _ in 0..<3 { #expect(await transport.post().text == "{\"ok\":true}") }
            try await transport.shutdown()
            #expect(server.connectionCount == 2)
        }
    }

    @Test func `a request that meets bytes leaves on a new connection, not on the next idle one`() async throws {
        try await ScriptedServer.run([.silence, .silence, .send(Self.no, thenClose: false)]) { server, url in
            let transport = try PooledTransport.to(url)
            async let first = transport.post()
            async let second = transport.post()
            // Answered only when both are there, so that there are two connections.
            while server.requests.count < 2 { await Task.yield() }
            try await server.push(Self.ok)
            _ = await (first, second)
            #expect(server.connectionCount == 2)
            try await server.push(Self.ok)
            #expect(await transport.post().text == "{\"ok\":false}")
            try await transport.shutdown()
            #expect(server.connectionCount == 3)
        }
    }

    @Test func `a connection that breaks when it is used again does not make libcurl send again`() async throws {
        try await ScriptedServer.run([.send(Self.ok, thenClose: false), .hangUp]) { server, url in
            let transport = try PooledTransport.to(url)
            _ = await transport.post()
            #expect(server.connectionCount == 1)
            let lost = TransportFailure.lost(reason: "the server closed the connection without a response")
            #expect(await transport.post().failure == lost)
            try await transport.shutdown()
            #expect(server.requests.count == 2)
        }
    }

    @Test func `a connection that was closed while idle is replaced`() async throws {
        let steps = [Self.ok, Self.no].map { ScriptedServer.Step.send($0, thenClose: false) }
        try await ScriptedServer.run(steps) { server, url in
            let transport = try PooledTransport.to(url)
            _ = await transport.post()
            try await server.hangUp()
            #expect(await transport.post().text == "{\"ok\":false}")
            try await transport.shutdown()
            #expect(server.requests.count == 2)
        }
    }

    @Test(arguments: [
        ok, "HTTP/1.1 204 No Content\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
    ])
    func `a response directly behind another one is not taken for the next`(first: String) async throws {
        let steps = [first + Self.ok, Self.no].map { ScriptedServer.Step.send($0, thenClose: false) }
        try await ScriptedServer.run(steps) { server, url in
            let transport = try PooledTransport.to(url)
            _ = await transport.post()
            #expect(await transport.post().text == "{\"ok\":false}")
            try await transport.shutdown()
        }
    }

    @Test func `a response behind the second part of a body is not taken for the next`() async throws {
        let steps = [String(Self.ok.dropLast(4)), Self.no].map { ScriptedServer.Step.send($0, thenClose: false) }
        try await ScriptedServer.run(steps) { server, url in
            let transport = try PooledTransport.to(url)
            let (received, signal) = AsyncStream.makeStream(of: Void.self)
            async let first = transport.post { _, _ in signal.yield() }
            for await _ in received { break }
            try await server.push(String(Self.ok.suffix(4)) + Self.ok)
            #expect(await first.text == "{\"ok\":true}")
            #expect(await transport.post().text == "{\"ok\":false}")
            try await transport.shutdown()
        }
    }

    @Test(arguments: [
        (
            ScriptedServer.Greeting.send(ok),
            "the server sent data before the request; is this an HTTP endpoint?"
        ), (.hangUp, "the server closed the connection before the request was sent"),
    ])
    func `a server that does not wait for the request gets none`(
        greeting: ScriptedServer.Greeting, reason: String
    ) async throws {
        try await ScriptedServer.run([], greeting: greeting) { server, url in
            let transport = try PooledTransport.to(url)
            faults_wait_for_data(Int32(try #require(URL(string: url)?.port)))
            defer { faults_wait_for_data(0) }
            #expect(await transport.post().whyNeverSent == reason)
            try await transport.shutdown()
            #expect(server.requests.isEmpty)
            #expect(server.connectionCount == 2)
        }
    }

    @Test(.enabled(if: TLSServer.isAvailable, "python3 or openssl is missing"))
    func `session tickets on a new TLS connection do not count, and the connection is used again`() async throws {
        let server = try TLSServer("plain")
        let transport = try PooledTransport.to(server.url, certificates: server.certificate)
        faults_wait_for_data(Int32(server.port))
        defer { faults_wait_for_data(0) }
        // The server prints what follows only for requests that arrived.
        try #require(await transport.post().text == Self.tlsBody("true"))
        try #require(await transport.post().text == Self.tlsBody("false"))
        try await transport.shutdown()
        #expect(try server.lines(until: "request") == ["connection", "request"])
        #expect(try server.lines(until: "request") == ["request"])
    }

    @Test(.enabled(if: TLSServer.isAvailable, "python3 or openssl is missing"))
    func `bytes on an idle TLS connection close it`() async throws {
        let server = try TLSServer("idle")
        let transport = try PooledTransport.to(server.url, certificates: server.certificate)
        #expect(await transport.post().text == Self.tlsBody("true"))
        try server.signal()
        try server.lines(until: "pushed")
        #expect(await transport.post().text == Self.tlsBody("false"))
        try await transport.shutdown()
    }

    @Test(.enabled(if: TLSServer.isAvailable, "python3 or openssl is missing"))
    func `a response that the TLS library has already decrypted is not taken for the next`() async throws {
        let server = try TLSServer("behind")
        let transport = try PooledTransport.to(server.url, certificates: server.certificate)
        let (received, signal) = AsyncStream.makeStream(of: Void.self)
        async let first = transport.post { _, _ in signal.yield() }
        for await _ in received { break }
        try server.signal()
        #expect(await first.text == Self.tlsBody("true"))
        #expect(await transport.post().text == Self.tlsBody("false"))
        try await transport.shutdown()
    }

    private static func tlsBody(_ ok: String) -> String { "{\"data\":{\"disableUser\":{\"ok\":\(ok)}}}" }
}
