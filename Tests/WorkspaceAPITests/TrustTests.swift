import Foundation
import Synchronization
import Testing

@testable import WorkspaceAPI

/// Which certificates are trusted, and what is said of one that is not. Nothing is sent unless one is.
@Suite(.enabled(if: TLSServer.isAvailable, "python3 or openssl is missing")) struct TrustTests {
    private func reason(_ kind: TLSServer.Kind, trusting isTrusted: Bool = true) async throws -> String? {
        let server = try TLSServer("plain", kind)
        let transport = try PooledTransport.to(server.url, certificates: isTrusted ? server.certificate : nil)
        let answer = await transport.post()
        try await transport.shutdown()
        return answer.whyNeverSent
    }

    private static let trust = "to trust it, set SSL_CERT_FILE or SSL_CERT_DIR to the certificate of its issuer"

    @Test(arguments: [
        (
            TLSServer.Kind.otherHosts, true,
            "the certificate is not for 127.0.0.1, but for a.example, 192.0.2.1; check the endpoint"
        ),
        (.expired, true, "the certificate has expired; check the clock of this machine, or request a new certificate"),
        (.future, true, "the certificate is not valid yet; check the clock of this machine"),
        (.good, false, "the certificate is self-signed; \(trust)"),
        (.issued, false, "the issuer of the certificate is unknown; \(trust)"),
        (.issuedWithChain, false, "the issuer of the certificate is self-signed and not trusted here; \(trust)"),
    ])
    func `what is wrong with a certificate is said, and what to do`(
        kind: TLSServer.Kind, isTrusted: Bool, expected: String
    ) async throws {
        let found = try await reason(kind, trusting: isTrusted)
        #expect(found == "no TLS connection: " + expected)
        #expect(expected.count < 180)
    }

    @Test(arguments: [TLSServer.Kind.good, .issued, .issuedWithChain])
    func `a certificate is trusted by itself or by its issuer`(kind: TLSServer.Kind) async throws {
        #expect(try await reason(kind) == nil)
    }

    @Test func `a file and a folder replace all of the system's certificates`() async throws {
        let (server, other) = (try TLSServer("plain"), try TLSServer("plain"))
        let (folder, others) = (try server.certificateFolder(), try other.certificateFolder())
        let cases: [(file: String?, folder: String?, isTrusted: Bool)] = [
            (server.certificate, nil, true), (nil, folder, true), (other.certificate, folder, true),
            (server.certificate, others, true), (other.certificate, nil, false), (nil, others, false),
            (other.certificate, others, false), (nil, nil, false), ("", "", false),
        ]
        for each in cases {
            let lines = Lines()
            let transport = try PooledTransport.to(
                server.url, certificates: each.file, certificateFolder: each.folder, log: { lines.add($0) })
            let reason = await transport.post().whyNeverSent
            #expect((reason == nil) == each.isTrusted, "\(each)")
            try await transport.shutdown()
            let system = "/etc/ssl/certs"
            let isSystem = each.file ?? "" == "" && each.folder ?? "" == ""
            #expect(lines.all.contains { $0.contains(system) } == isSystem, "\(each) \(lines.all)")
        }
    }

    /// What is set up in a folder, the variable, its value, and the entry at fault.
    @Test(
        arguments: [
            ("touch ca.pem; chmod 622 ca.pem", "SSL_CERT_FILE", "ca.pem", "it can be changed by every user"),
            ("mkdir d; touch d/ca.pem; chmod 777 d", "SSL_CERT_FILE", "d/ca.pem", "/d can be changed by every user"),
            ("mkdir d; touch ca.pem; ln -s ../ca.pem d/l; chmod 777 d", "SSL_CERT_FILE", "d/l", "/d can be changed by"),
            ("mkdir c; chmod 777 c", "SSL_CERT_DIR", "c", "it can be changed by every user"),
            ("mkdir -p d/c; chmod 777 d", "SSL_CERT_DIR", "d/c", "/d can be changed by every user"),
            ("mkdir c; touch ca.pem; chmod 777 c", "SSL_CERT_DIR", "/:c", "it can be changed by every user"),
        ])
    func `certificates that others can change are not used`(
        setUp: String, variable: String, value: String, words: String
    ) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("certificates-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-euc", "umask 022; " + setUp]
        process.currentDirectoryURL = folder
        try process.run()
        process.waitUntilExit()
        let paths = value.split(separator: ":").map { $0.hasPrefix("/") ? String($0) : folder.path + "/" + $0 }
        let problem = TrustedCertificates(environment: [variable: paths.joined(separator: ":")]).problem
        #expect(problem?.hasPrefix(variable + ": ") == true && problem?.contains(words) == true, "\(problem ?? "none")")
    }

    @Test func `a file or a folder that is not there is named`() {
        let environment = { (name: String, value: String) in TrustedCertificates(environment: [name: value]).problem }
        #expect(
            environment("SSL_CERT_FILE", "/nowhere/a.pem") == "SSL_CERT_FILE is /nowhere/a.pem, which cannot be read"
        )
        #expect(
            environment("SSL_CERT_DIR", "/nowhere")
                == "SSL_CERT_DIR contains /nowhere, which is not a readable folder")
        #expect(environment("SSL_CERT_DIR", "/:/etc/passwd")?.contains("/etc/passwd, which is not a readable") == true)
        #expect(environment("SSL_CERT_FILE", "") == nil && environment("SSL_CERT_DIR", "/:/tmp") == nil)
    }
}

/// What was logged.
final class Lines: Sendable {
    private let lines = Mutex<[String]>([])
    func add(_ line: String) { lines.withLock { $0.append(line) } }
    var all: [String] { lines.withLock { $0 } }
}
