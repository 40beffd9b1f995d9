import AsyncHTTPClient
import Foundation
import Logging
import NIOCore
import NIOHTTP1
import NIOSSL

/// HTTP/1.1 over a pool of connections, on AsyncHTTPClient.
///
/// AsyncHTTPClient sends a request that it has handed to a connection once and never again: its retries concern the
/// making of connections only, and are turned off here because the run has its own; redirects are not followed.
struct PooledTransport: Transport {
    private let client: HTTPClient
    private let url: String
    private let logger: Logger

    /// Of an answer that is not 2xx, this much is read: enough for its message.
    private static let errorBytes = 64 * 1024

    init(endpoint: Endpoint, proxy: Proxy?, connections: Int, timeout: Duration, logger: Logger) {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.certificateVerification = .fullVerification
        var pool = HTTPClient.Configuration.ConnectionPool(
            // Shorter than common servers keep an idle connection (5 s in Node.js): a request that meets a
            // connection just closed by the server counts as unknown.
            idleTimeout: .seconds(4), concurrentHTTP1ConnectionsPerHostSoftLimit: max(1, connections))
        pool.retryConnectionEstablishment = false
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: tls,
            redirectConfiguration: .disallow,
            // Below the time for the whole exchange, so that a failed connect is known as one.
            timeout: .init(connect: TimeAmount(min(.seconds(10), timeout * 3 / 4))),
            connectionPool: pool,
            decompression: .disabled)
        configuration.proxy = proxy.map { proxy in
            .server(
                host: proxy.host, port: proxy.port,
                authorization: proxy.user.map { .basic(username: $0, password: proxy.password ?? "") })
        }
        configuration.httpVersion = .http1Only
        client = HTTPClient(eventLoopGroup: HTTPClient.defaultEventLoopGroup, configuration: configuration)
        url = endpoint.url
        self.logger = logger
    }

    func post(_ request: TransportRequest) async throws(TransportFailure) -> TransportResponse {
        // AsyncHTTPClient's own deadline ends when the answer's head is there; this one covers the body too.
        let result = await withTaskGroup(of: Result<TransportResponse, TransportFailure>?.self) { group in
            group.addTask { await exchange(request) }
            group.addTask {
                do { try await Task.sleep(for: request.timeout) } catch { return nil }
                return .failure(.timedOut(after: request.timeout))
            }
            defer { group.cancelAll() }
            for await result in group {
                if let result { return result }
            }
            return .failure(.cancelled)
        }
        return try result.get()
    }

    func shutdown() async throws {
        try await client.shutdown()
    }

    private func exchange(_ request: TransportRequest) async -> Result<TransportResponse, TransportFailure> {
        var post = HTTPClientRequest(url: url)
        post.method = .POST
        for header in request.headers { post.headers.add(name: header.name, value: header.value) }
        post.body = .bytes(ByteBuffer(bytes: request.body))
        do {
            let response = try await client.execute(
                post, timeout: TimeAmount(request.timeout), logger: logger)
            let isSuccess = (200..<300).contains(response.status.code)
            if isSuccess, let length = response.headers.first(name: "Content-Length").flatMap({ Int($0) }),
                length > request.maxBytes
            {
                return .failure(.tooLong(limit: request.maxBytes))
            }
            var body = Data()
            for try await part in response.body {
                body.append(contentsOf: part.readableBytesView)
                if !isSuccess && body.count > Self.errorBytes { break }
                if body.count > request.maxBytes { return .failure(.tooLong(limit: request.maxBytes)) }
            }
            // A cancelled body may look like one that has ended.
            if Task.isCancelled { return .failure(.cancelled) }
            return .success(
                TransportResponse(
                    status: Int(response.status.code), headers: response.headers.map { ($0.name, $0.value) },
                    body: body))
        } catch {
            return .failure(TransportFailure(error, timeout: request.timeout))
        }
    }
}
