import CCourier
import Domain
import Foundation
import Synchronization

/// HTTP/1.1 over a pool of connections, with libcurl.
///
/// `CCourier` sends a request on a connection at most once, even if libcurl would repeat it. Redirects are not
/// followed, and only ``Proxy`` reads the environment variables for proxies.
final class PooledTransport: Transport {
    /// Can be used from any thread (courier.h).
    nonisolated(unsafe) private let courier: OpaquePointer?
    /// Why there is no courier; nil if there is one.
    let problem: String?
    private let endpoint: Endpoint
    private let proxy: Proxy?
    private let log: LogLine?
    private let route = Mutex<Bool?>(nil)

    /// The maximum number of bytes that are read of a response that is not 2xx: enough for its message.
    private static let errorBytes = 64 * 1024
    /// Shorter than the time for which common servers keep an idle connection (5 s in Node.js): a request on a
    /// connection that the server is just closing would be unconfirmed.
    static let idleSeconds = 4
    /// The maximum time for connecting.
    private static let connectTimeout = Duration.seconds(10)

    /// - Parameters:
    ///   - headers: the headers of every request, including the credentials.
    ///   - certificates: the trusted certificates.
    ///   - idleSeconds: how long an idle connection is kept, in seconds.
    ///   - log: receives lines about the connections.
    init(
        endpoint: Endpoint, headers: [(name: String, value: String)], proxy: Proxy?, connections: Int,
        certificates: TrustedCertificates = .system, idleSeconds: Int = PooledTransport.idleSeconds,
        log: (@Sendable (String) -> Void)? = nil
    ) {
        self.endpoint = endpoint
        self.proxy = proxy
        let logLine = log.map(LogLine.init)
        self.log = logLine
        if let problem = HTTPLibrary.problem {
            courier = nil
            self.problem = problem
            return
        }
        let made = CourierSetUp(
            endpoint: endpoint, headers: headers, proxy: proxy, connections: max(1, connections),
            certificates: certificates, idleSeconds: idleSeconds, log: logLine
        ).make()
        courier = made.courier
        problem = made.problem
    }

    /// Whether the last request that was sent used a proxy; nil if none was sent.
    var usedProxy: Bool? { route.withLock { $0 } }

    func post(_ request: TransportRequest) async throws(TransportFailure) -> TransportResponse {
        guard let courier else { throw .neverSent(reason: problem ?? "the connections could not be set up") }
        let result = await withUnsafeContinuation { continuation in
            let waiting = Waiting(onBytes: request.onBytes, take: request.take) { [self] result in
                if result.began != 0 { route.withLock { $0 = result.used_proxy != 0 } }
                continuation.resume(returning: Self.outcome(result, to: endpoint, through: proxy, request))
            }
            request.body.withUnsafeBytes { body in
                var posted = courier_request()
                posted.body = body.baseAddress
                posted.body_count = body.count
                posted.timeout = request.timeout.inMilliseconds
                // Less than the timeout for the whole exchange, so that a failed connection is reported as such.
                posted.connect_timeout = min(Self.connectTimeout, request.timeout * 3 / 4).inMilliseconds
                posted.limit = request.maxBytes
                posted.error_limit = Self.errorBytes
                posted.wants_certificate = request.wantsCertificate ? 1 : 0
                posted.context = Unmanaged.passRetained(waiting).toOpaque()
                if request.onBytes != nil {
                    posted.received = { context, count, stated in Waiting.received(context, count, stated) }
                }
                if request.take != nil {
                    posted.take = { context, bytes, count in Waiting.take(context, bytes, count) }
                }
                posted.done = { context, result in Waiting.end(context, result) }
                courier_post(courier, &posted)
            }
        }
        return try result.get()
    }

    func shutdown() async throws {
        if let courier { courier_close(courier) }
    }

    private static func answered(_ result: courier_result, _ body: ResponseBody) -> TransportResponse {
        var response = TransportResponse(status: Int(result.status), body: body)
        response.certificate = result.certificate.map { String(cString: $0) }
        return response
    }

    private static func outcome(
        _ result: courier_result, to endpoint: Endpoint, through proxy: Proxy?, _ request: TransportRequest
    ) -> Result<TransportResponse, TransportFailure> {
        let body = ResponseBody(owning: result.body, count: result.body_count, headCount: result.head_count)
        return switch result.end {
        case courier_answered: .success(answered(result, body))
        case courier_too_long: .failure(.tooLong(limit: request.maxBytes))
        case courier_not_taken: .failure(.notTaken)
        default: .failure(TransportFailure(result, to: endpoint, through: proxy, timeout: request.timeout))
        }
    }
}

extension Duration {
    /// Whole milliseconds, at least 1, because 0 means no limit to libcurl.
    fileprivate var inMilliseconds: Int {
        max(1, Int(components.seconds) * 1000 + Int(components.attoseconds / 1_000_000_000_000_000))
    }
}

/// A caller that waits for a response.
private final class Waiting {
    private let end: (courier_result) -> Void

    private let onBytes: (@Sendable (Int, Int?) -> Void)?
    private let take: (@Sendable (UnsafeRawBufferPointer) -> Bool)?

    init(
        onBytes: (@Sendable (Int, Int?) -> Void)?, take: (@Sendable (UnsafeRawBufferPointer) -> Bool)?,
        _ end: @escaping (courier_result) -> Void
    ) {
        self.onBytes = onBytes
        self.take = take
        self.end = end
    }

    static func take(_ context: UnsafeMutableRawPointer?, _ bytes: UnsafePointer<CChar>?, _ count: Int) -> Int32 {
        guard let context, let take = Unmanaged<Waiting>.fromOpaque(context).takeUnretainedValue().take else {
            return 0
        }
        return take(UnsafeRawBufferPointer(start: bytes, count: count)) ? 1 : 0
    }

    static func received(_ context: UnsafeMutableRawPointer?, _ count: Int, _ stated: Int) {
        guard let context else { return }
        Unmanaged<Waiting>.fromOpaque(context).takeUnretainedValue().onBytes?(count, stated > 0 ? stated : nil)
    }

    static func end(_ context: UnsafeMutableRawPointer?, _ result: UnsafePointer<courier_result>?) {
        guard let context, let result else { return }
        Unmanaged<Waiting>.fromOpaque(context).takeRetainedValue().end(result.pointee)
    }
}
