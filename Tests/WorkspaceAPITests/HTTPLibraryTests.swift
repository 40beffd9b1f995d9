import CLibraryFaults
import Foundation
import Testing

@testable import WorkspaceAPI

/// A libcurl that cannot keep the promises, or that rejects an option, sends nothing.
@Suite struct HTTPLibraryTests {
    typealias Facts = HTTPLibrary.Facts

    @Test(arguments: [("7.87.0", 0x075700), ("7.88.1", 0x075801), ("8.20.0", 0x081400)] as [(String, UInt32)])
    func `a libcurl from 7.87 on will do`(version: String, number: UInt32) {
        #expect(HTTPLibrary.problem(of: Facts(version: version, number: number)) == nil)
    }

    @Test(arguments: [("7.64.0", 0x074000), ("7.86.0", 0x075600)] as [(String, UInt32)])
    func `an older libcurl is named, with the version that is needed and what to do`(version: String, number: UInt32) {
        let problem = HTTPLibrary.problem(of: Facts(version: version, number: number))
        #expect(problem?.hasPrefix("libcurl \(version) is too old: ") == true)
        #expect(problem?.contains("Version 7.87.0 or later is needed; install a current libcurl") == true)
    }

    @Test func `a libcurl without TLS or without background lookups is named`() {
        let withoutTLS = Facts(version: "8.5.0", number: 0x080500, hasTLS: false)
        #expect(HTTPLibrary.problem(of: withoutTLS)?.contains("without TLS") == true)
        let blocking = Facts(version: "8.5.0", number: 0x080500, hasBackgroundLookups: false)
        #expect(HTTPLibrary.problem(of: blocking)?.contains("AsynchDNS") == true)
    }

    @Test func `the loaded libcurl decides, and an old one fails every request before it is sent`() async throws {
        #expect(HTTPLibrary.problem == nil)
        try await ScriptedServer.run([]) { server, url in
            let transport = try withOldLibrary { try PooledTransport.to(url) }
            for _ in 0..<2 { #expect(await transport.post().whyNeverSent?.contains("is too old") == true) }
            try await transport.shutdown()
            #expect(server.connectionCount == 0)
        }
    }

    @Test func `whatever step of the set-up fails, no request is sent`() async throws {
        try await ScriptedServer.run([]) { server, url in
            let log = { @Sendable (_: String) in }
            let proxy = try Proxy("http://u:p@127.0.0.1:9", variable: "https_proxy", exceptions: "acme.io")
            var problems: [String] = []
            while true {
                let transport = try failing(problems.count + 1) {
                    try PooledTransport.to(
                        url.replacing("http:", with: "https:"), proxy: proxy, certificates: "/etc/ssl/own.pem",
                        certificateFolder: "/etc/ssl/own", log: log)
                }
                guard let problem = transport.problem else {
                    try await transport.shutdown()
                    break
                }
                #expect(await transport.post().whyNeverSent == problem)
                problems.append(problem)
                try await transport.shutdown()
            }
            let expected = [
                "libcurl could not be initialized: Failed initialization",
                "libcurl rejected a setting: verify the server's certificate (CURLOPT_SSL_VERIFYPEER): "
                    + "An unknown option was passed in to libcurl",
                "libcurl rejected a setting: sign in to the proxy (CURLOPT_PROXYPASSWORD): "
                    + "An unknown option was passed in to libcurl",
                "libcurl rejected a setting: trust the certificates in SSL_CERT_FILE (CURLOPT_CAINFO): "
                    + "An unknown option was passed in to libcurl",
                "libcurl rejected a setting: trust the certificates in SSL_CERT_DIR (CURLOPT_CAPATH): "
                    + "An unknown option was passed in to libcurl",
                "libcurl rejected a setting: bypass the proxy for some hosts (CURLOPT_NOPROXY): "
                    + "An unknown option was passed in to libcurl",
                "not enough memory for the settings of a connection",
                "libcurl rejected a setting: limit the number of connections (CURLMOPT_MAX_TOTAL_CONNECTIONS): "
                    + "Unknown option",
                "not enough memory, or no thread, for connections",
            ]
            for each in expected { #expect(problems.contains(each), "\(each)") }
            #expect(problems.count > 60)
            #expect(server.connectionCount == 0)
        }
    }

    /// A request lives on a handle that has carried others: what could not be set would be that of the one before.
    @Test func `whatever step of a request fails, that request does not leave, and the next one is whole`() async throws
    {
        let ok = ScriptedServer.Step.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", thenClose: false)
        try await ScriptedServer.run(Array(repeating: ok, count: 100)) { server, url in
            let port = try #require(URL(string: url)?.port)
            let transport = try PooledTransport.to(url)
            defer { faults_fail_request(0, 0) }
            var failures = 0
            while true {
                faults_fail_request(Int32(port), Int32(failures + 1))
                let answer = await transport.post()
                guard faults_request_has_failed() != 0 else {
                    #expect(answer.text == "{}")
                    break
                }
                failures += 1
                let reason = answer.whyNeverSent ?? ""
                #expect(
                    reason.hasPrefix("libcurl rejected a setting: ") || reason.hasPrefix("not enough memory for the"),
                    "step \(failures): \(reason)")
                #expect(server.requests.count == failures - 1)
                faults_fail_request(0, 0)
                #expect(await transport.post().text == "{}")
                #expect(server.requests.last?.hasSuffix("\r\n\r\n{}") == true)
                #expect(server.requests.last?.contains("Content-Type: application/json") == true)
            }
            // The body and its length, two times, a connection, a buffer; and the start.
            #expect(failures == 7)
            try await transport.shutdown()
        }
    }

    @Test func `an option that is rejected for one request fails that request only`() async throws {
        let ok = ScriptedServer.Step.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", thenClose: false)
        try await ScriptedServer.run([ok, ok]) { server, url in
            let transport = try PooledTransport.to(url)
            #expect(await transport.post().text == "{}")
            faults_reject_timeout(123_457)
            defer { faults_reject_timeout(0) }
            let reason = await transport.post(timeout: .milliseconds(123_457)).whyNeverSent
            #expect(reason?.hasPrefix("libcurl rejected a setting: limit the time of a request") == true)
            #expect(await transport.post().text == "{}")
            try await transport.shutdown()
            #expect(server.requests.count == 2)
        }
    }

    /// The nth step fails while `body` runs on this thread; after the last step, none does.
    private func failing<Value>(_ step: Int, _ body: () throws -> Value) rethrows -> Value {
        faults_fail_set_up(Int32(step))
        defer { faults_fail_set_up(0) }
        return try body()
    }

    private func withOldLibrary<Value>(_ body: () throws -> Value) rethrows -> Value {
        faults_version(0x075600)
        defer { faults_version(0) }
        return try body()
    }
}
