import Foundation
import Hashing
import Testing

@testable import WorkspaceAPI

/// What a response shows about its sender, and what a record says about the credentials.
@Suite struct ResponseSourceTests {
    @Test(.enabled(if: TLSServer.isAvailable, "python3 or openssl is missing"))
    func `the certificate is known for each request of a connection, if it is wanted`() async throws {
        let server = try TLSServer("plain")
        let transport = try PooledTransport.to(server.url, certificates: server.certificate)
        let pem = try String(contentsOfFile: server.certificate, encoding: .utf8)
        let certificate = try #require(ResponseSource.sha256(ofPEM: pem))
        for wanted in [false, true, true] {
            let request = TransportRequest(
                body: [0x7b, 0x7d], timeout: .seconds(30), maxBytes: 1000, wantsCertificate: wanted)
            let source = try await ResponseSource(transport.post(request))
            #expect(source.certificateSHA256 == (wanted ? certificate : nil))
        }
        try await transport.shutdown()
        withExtendedLifetime(server) {}
    }

    @Test func `the time is that of the header`() {
        let response = TransportResponse(
            status: 200, head: "HTTP/1.1 200 OK\r\ndate: Sun, 06 Nov 1994 08:49:37 GMT\r\n", body: ResponseBody(Data()))
        #expect(ResponseSource(response).date == Date(timeIntervalSince1970: 784_111_777))
        #expect(ResponseSource.sha256(ofPEM: "nonsense") == nil)
    }

    private func fingerprint(_ key: String?, _ secret: String, _ host: String = "a.example") throws -> String? {
        try CredentialsFingerprint.of(
            Credentials(key: key, secret: secret, workspaceUID: "w"), for: Endpoint("https://\(host)/"))
    }

    @Test func `a fingerprint shows the same key again, and depends on no secret of a key`() throws {
        let one = try #require(try fingerprint("key", "secret"))
        #expect(one.count == 16 && one.allSatisfy(\.isHexDigit))
        #expect(try fingerprint("key", "another") == one)
        #expect(try fingerprint("other", "secret") != one)
        #expect(try fingerprint("key", "secret", "b.example") != one)
        #expect(!SHA256Text.of(Data("key".utf8)).hasPrefix(one))
    }

    @Test(arguments: ["prdm_wsp_", "prdm_cmp_"])
    func `a token that somebody may guess has none`(prefix: String) throws {
        let random = "k3JbWq81mXzT0vNc5LrYd7Pf"
        #expect(try fingerprint(nil, prefix + random) != nil)
        #expect(try fingerprint(nil, prefix + random.dropLast()) == nil)
    }
}
