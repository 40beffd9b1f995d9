import Domain
import Foundation
import Testing

@testable import WorkspaceAPI

/// The client as it is used, against a server that misbehaves.
@Suite struct LoopbackTests {
    private let ok = "HTTP/1.1 200 OK\r\nContent-Length: 39\r\n\r\n{\"data\":{\"disableUser\":{\"ok\":true}}}  \n"

    @Test func `an answer, and another one over the same client`() async throws {
        try await answers([.send(ok, thenClose: false), .send(ok, thenClose: false)], to: 2) { answers, server in
            #expect(answers == [.done, .done])
            let first = try #require(server.requests.first)
            #expect(first.hasPrefix("POST /graphql HTTP/1.1\r\n"))
            #expect(first.lowercased().contains("x-api-secret: s3cret-value\r\n"))
            #expect(!first.lowercased().contains("accept-encoding"))
        }
    }

    @Test func `a closed connection is unknown, and nothing is sent a second time`() async throws {
        let closed = "the server closed the connection without a response"
        try await answers([.hangUp], to: 1) { answers, server in
            #expect(answers == [lost(closed)])
            #expect(server.requests.count == 1)
        }
        // The same on a connection that has carried an answer before.
        try await answers([.send(ok, thenClose: false), .hangUp], to: 2) { answers, server in
            #expect(answers == [.done, lost(closed)])
            #expect(server.requests.count == 2)
        }
    }

    @Test func `a body cut short is unknown`() async throws {
        let cut = "HTTP/1.1 200 OK\r\nContent-Length: 38\r\n\r\n{\"data\":{"
        try await answers([.send(cut, thenClose: true)], to: 1) { answers, _ in
            guard case .unknown? = answers.first else { return #expect(answers == []) }
        }
    }

    @Test(arguments: ["", "HTTP/1.1 200 OK\r\nContent-Length: 38\r\n\r\n{\"data\":{"])
    func `an answer that never ends is a timeout, within its head and within its body`(beginning: String) async throws {
        let step = beginning.isEmpty ? ScriptedServer.Step.silence : .send(beginning, thenClose: false)
        try await answers([step], to: 1, timeout: .seconds(2)) { answers, server in
            #expect(answers == [lost("no response within 2 s")])
            #expect(server.requests.count == 1)
        }
    }

    @Test func `a page is not an answer`() async throws {
        let page = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n<html><title>Sign in</title>"
        try await answers([.send(page, thenClose: true)], to: 1) { answers, _ in
            let reason = #"the API returned an HTML page, not JSON; its title is "Sign in""#
            #expect(answers.map(\.reason) == [reason])
        }
    }

    @Test(arguments: [301, 302, 303, 307, 308])
    func `a redirect is not followed`(status: Int) async throws {
        try await ScriptedServer.run([.send(ok, thenClose: false)]) { elsewhere, target in
            let redirect = "HTTP/1.1 \(status) Moved\r\nLocation: \(target)\r\nContent-Length: 0\r\n\r\n"
            try await answers([.send(redirect, thenClose: false)], to: 1) { answers, server in
                let reason =
                    "HTTP \(status): redirect to 127.0.0.1; check that this is the endpoint of the API"
                #expect(answers == [.declined(reason: reason, SharedFault(.other, reason))])
                #expect(server.requests.count == 1)
            }
            #expect(elsewhere.requests.isEmpty)
        }
    }

    @Test func `an answer without end is not read`() async throws {
        try await answers([.flood(3_000_000)], to: 1) { answers, _ in
            let reason = "the response exceeds 1000000 bytes and was not read"
            #expect(answers.map(\.reason) == [reason])
        }
    }

    @Test(arguments: ["127.0.0.1", "localhost"])
    func `a refused connection had no effect`(host: String) async throws {
        let taken = try TakenPort()
        let client = try client("http://\(host):\(taken.port)/")
        let answer = await client.send([.disable(uid: "u")])[0]
        try await client.shutdown()
        withExtendedLifetime(taken) {}
        #expect(answer == .noEffect(reason: "connection refused", .reconnect))
    }

    @Test func `a name that does not exist had no effect`() async throws {
        let client = try client("https://rollcall.invalid/")
        let answer = await client.send([.disable(uid: "u")])[0]
        try await client.shutdown()
        #expect(answer == .noEffect(reason: "host rollcall.invalid not found (DNS)", .reconnect))
    }

    @Test func `a server without TLS had no effect`() async throws {
        try await ScriptedServer.run([]) { server, url in
            let client = try client(url.replacing("http://", with: "https://"), timeout: .milliseconds(400))
            let answer = await client.send([.disable(uid: "u")])[0]
            try await client.shutdown()
            guard case .noEffect(_, .reconnect) = answer else { return #expect(answer == .done) }
            #expect(server.requests.isEmpty)
        }
    }

    @Test func `certificates that cannot be read are named as what is wrong`() async throws {
        try await ScriptedServer.run([]) { server, url in
            let client = try client(
                url.replacing("http://", with: "https://"), certificates: "/nobody/has/this.pem")
            let answer = await client.send([.disable(uid: "u")])[0]
            try await client.shutdown()
            let reason = "no TLS connection: the certificate file in SSL_CERT_FILE cannot be read"
            #expect(answer == .noEffect(reason: reason, .reconnect))
            #expect(server.requests.isEmpty)
        }
    }

    private func answers(
        _ steps: [ScriptedServer.Step], to count: Int, timeout: Duration = .seconds(30),
        _ check: ([Answer], ScriptedServer) throws -> Void
    ) async throws {
        try await ScriptedServer.run(steps) { server, url in
            let client = try client(url, timeout: timeout)
            var answers: [Answer] = []
            for _ in 0..<count { answers.append(await client.send([.disable(uid: "u")])[0]) }
            try await client.shutdown()
            try check(answers, server)
        }
    }

    private func client(
        _ url: String, timeout: Duration = .seconds(30), certificates: String? = nil
    ) throws -> WorkspaceClient {
        WorkspaceClient(
            endpoint: try Endpoint(url), credentials: try Credentials(key: "key-1234", secret: "s3cret-value"),
            timeout: timeout, certificates: TrustedCertificates(file: certificates), version: "1.2")
    }
}

/// A port of this machine that nobody else gets and nobody listens on.
private final class TakenPort {
    let port: UInt16
    private let socket: Int32

    init() throws {
        #if os(Linux)
            socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
            socket = Foundation.socket(AF_INET, SOCK_STREAM, 0)
        #endif
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let socket = socket
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, size) == 0 && getsockname(socket, $0, &size) == 0
            }
        }
        try #require(isBound)
        port = UInt16(bigEndian: address.sin_port)
    }

    deinit { close(socket) }
}

private func lost(_ reason: String) -> Answer { .unknown(reason: reason, SharedFault(.unreachable, reason)) }
