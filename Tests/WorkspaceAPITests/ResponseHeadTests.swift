import Foundation
import JSONReading
import Testing

@testable import WorkspaceAPI

/// The head comes with every answer, whatever its status and its body.
@Suite struct ResponseHeadTests {
    private static let fields = "Date: Tue, 24 Nov 2026 09:00:00 GMT\r\nretry-after:  7 \r\nRateLimit-Remaining: 0\r\n"

    @Test(arguments: [
        (200, "Content-Length: 2\r\n\r\n{}", "{}"), (200, "Content-Length: 0\r\n\r\n", ""), (204, "\r\n", ""),
        (200, "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n1\r\n}\r\n0\r\n\r\n", "{}"),
        (429, "Content-Length: 2\r\n\r\n{}", "{}"),
    ])
    func `an answer has its head`(status: Int, rest: String, body: String) async throws {
        let answer = "HTTP/1.1 100 Continue\r\nRetry-After: 1\r\n\r\nHTTP/1.1 \(status) X\r\n\(Self.fields)\(rest)"
        try await ScriptedServer.run([.send(answer, thenClose: false)]) { _, url in
            let transport = try PooledTransport.to(url)
            let response = try await transport.post().get()
            try await transport.shutdown()
            #expect(response.status == status)
            #expect(response.head.hasPrefix("HTTP/1.1 \(status) X\r\n\(Self.fields)"))
            #expect(response.head.hasSuffix("\r\n\r\n"))
            #expect(response.header("Retry-After") == "7")
            #expect(response.header("ratelimit-remaining") == "0")
            #expect(String(decoding: response.body.data, as: UTF8.self) == body)
        }
    }

    @Test func `behind a body there is the room that the parser reads`() {
        #expect(ResponseBody.room >= JSONDocument.room)
    }

    @Test func `each answer has its own head, and what comes behind the body is not in it`() async throws {
        let chunked =
            "HTTP/1.1 200 OK\r\nA: 1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nRetry-After: 9\r\n\r\n"
        let second = "HTTP/1.1 200 OK\r\nB: 2\r\nContent-Length: 2\r\n\r\n{}"
        try await ScriptedServer.run([chunked, second].map { .send($0, thenClose: false) }) { _, url in
            let transport = try PooledTransport.to(url)
            let first = try await transport.post().get()
            let next = try await transport.post().get()
            try await transport.shutdown()
            #expect(first.head == "HTTP/1.1 200 OK\r\nA: 1\r\nTransfer-Encoding: chunked\r\n\r\n")
            #expect(next.head == "HTTP/1.1 200 OK\r\nB: 2\r\nContent-Length: 2\r\n\r\n")
        }
    }
}
