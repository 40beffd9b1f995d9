import Foundation
import Testing

@testable import WorkspaceAPI

/// Whether a request goes through the proxy is what libcurl does, and what people are told.
@Suite struct ProxyUseTests {
    /// The endpoint's name does not exist, so that only the proxy can be reached.
    private func isDirect(_ host: String, _ exceptions: String, timeout: Duration) async throws -> Bool {
        let lines = Lines()
        var proxyPort = 0
        try await ScriptedServer.run([], greeting: .hangUp) { _, url in
            let endpoint = try Endpoint("https://\(host):8443/graphql")
            let environment = ["https_proxy": url.replacing("/graphql", with: ""), "no_proxy": exceptions]
            let proxy = try #require(try Proxy.chosen(for: endpoint, in: environment))
            proxyPort = proxy.port
            let transport = PooledTransport(
                endpoint: endpoint, headers: [], proxy: proxy, connections: 1, log: { lines.add($0) })
            let reason = await transport.post(timeout: timeout).whyNeverSent
            #expect(reason != nil)
            #expect(transport.usedProxy == nil)
            try await transport.shutdown()
        }
        return !lines.all.contains { $0.contains("Trying 127.0.0.1:\(proxyPort)") }
    }

    /// The proxy hangs up at once; nothing answers anywhere else.
    private static func patience(_ isDirect: Bool) -> Duration { isDirect ? .seconds(1) : .seconds(30) }

    @Test(arguments: [
        ("*", true), ("other.io,*", true), ("api.rollcall.invalid", true), ("API.Rollcall.INVALID", true),
        ("rollcall.invalid", true), (".rollcall.invalid", true), ("*.rollcall.invalid", true),
        ("other.io, rollcall.invalid", true), ("other.io rollcall.invalid", true), ("rollcall.invalid.", true),
        ("api.rollcall.invalid:8443", true), ("rollcall.invalid:8443", true), ("rollcall.invalid:443", false),
        ("", false), (".", false), ("ollcall.invalid", false), ("www.api.rollcall.invalid", false),
        ("10.0.0.0/8", false),
    ])
    func `names that are reached directly`(exceptions: String, expected: Bool) async throws {
        #expect(try await isDirect("api.rollcall.invalid", exceptions, timeout: Self.patience(expected)) == expected)
    }

    /// Addresses for documentation, to which there is no way.
    @Test(arguments: [
        ("192.0.2.7", "192.0.2.7", true), ("192.0.2.7", "192.0.2.0/24", true), ("192.0.2.7", "192.0.2.7:8443", true),
        ("192.0.2.7", "192.0.3.0/24", false), ("192.0.2.7", "2.7", false), ("[2001:db8::1]", "2001:db8::1", true),
        ("[2001:db8::1]", "[2001:DB8:0::1]", true), ("[2001:db8::1]", "[2001:db8::1]:8443", true),
        ("[2001:db8::1]", "2001:db8::2", false),
    ])
    func `addresses and networks that are reached directly`(
        host: String, exceptions: String, expected: Bool
    ) async throws {
        #expect(try await isDirect(host, exceptions, timeout: Self.patience(expected)) == expected)
    }

    @Test(.enabled(if: TLSServer.isAvailable, "python3 or openssl is missing"))
    func `what left through a proxy is known, on a connection that is used again as well`() async throws {
        let server = try TLSServer("tunnel")
        let proxy = try Proxy("http://127.0.0.1:\(server.port)", variable: "HTTPS_PROXY")
        let transport = PooledTransport(
            endpoint: try Endpoint("https://tunnel.example/graphql"), headers: [], proxy: proxy, connections: 1,
            certificates: TrustedCertificates(file: server.certificate), idleSeconds: 3600)
        for _ in 0..<2 {
            #expect(try await transport.post().get().status == 200)
            #expect(transport.usedProxy == true)
        }
        try await transport.shutdown()
        #expect(try server.lines(until: "request").first == "CONNECT tunnel.example:443 HTTP/1.1")
    }

    @Test func `what left without a proxy is known`() async throws {
        try await ScriptedServer.run([]) { _, url in
            let transport = try PooledTransport.to(url)
            #expect(transport.usedProxy == nil)
            _ = await transport.post()
            #expect(transport.usedProxy == false)
            try await transport.shutdown()
        }
    }
}
