import AsyncHTTPClient
import Foundation
import NIOCore
import NIOPosix
import NIOSSL

extension TransportFailure {
    /// Sorts what AsyncHTTPClient, SwiftNIO and NIOSSL throw. Only errors that arise before a connection is ready
    /// prove that nothing was sent; whatever is not known here counts as lost.
    init(_ error: any Error, timeout: Duration) {
        switch error {
        case let error as HTTPClientError: self = Self.client(error, timeout: timeout)
        case let error as NIOConnectionError: self = .neverSent(reason: Self.reason(error))
        case let error as IOError: self = Self.system(error)
        case ChannelError.connectTimeout: self = .neverSent(reason: "connecting took too long")
        case NIOSSLError.handshakeFailed(let cause):
            self = .neverSent(reason: "no TLS connection: \(Self.handshake(cause))")
        case is NIOSSLExtraError:
            self = .neverSent(reason: "no TLS connection: the certificate is not for this host")
        case is CancellationError: self = .cancelled
        default: self = .lost(reason: "the connection broke before the whole answer was there")
        }
    }

    private static func client(_ error: HTTPClientError, timeout: Duration) -> TransportFailure {
        switch error {
        case .connectTimeout: .neverSent(reason: "connecting took too long")
        case .tlsHandshakeTimeout: .neverSent(reason: "the TLS handshake took too long")
        case .httpProxyHandshakeTimeout, .socksHandshakeTimeout: .neverSent(reason: "the proxy took too long")
        case .invalidProxyResponse: .neverSent(reason: "the proxy refused to connect")
        case .proxyAuthenticationRequired:
            .neverSent(reason: "the proxy asks for a user name and password (407)")
        case .getConnectionFromPoolTimeout: .neverSent(reason: "no connection became free in time")
        case .alreadyShutdown: .neverSent(reason: "the client was shut down")
        case .invalidURL, .emptyHost, .emptyScheme, .missingSocketPath, .invalidProxyConfiguration:
            .neverSent(reason: "the endpoint's address cannot be used")
        case .deadlineExceeded, .readTimeout, .writeTimeout: .timedOut(after: timeout)
        case .cancelled: .cancelled
        // From a connection that the server closed: after the request or, in a race, just before it; AsyncHTTPClient
        // does not say which.
        case .remoteConnectionClosed: .lost(reason: "the server closed the connection without an answer")
        default: .lost(reason: "the connection broke: \(error.shortDescription)")
        }
    }

    /// A refused connection was never one. A reset may hit a request under way, and so may a lost route: Linux reports
    /// it on connections long made.
    private static func system(_ error: IOError) -> TransportFailure {
        switch error.errnoCode {
        case ECONNREFUSED: .neverSent(reason: "connection refused")
        case EMFILE, ENFILE: .neverSent(reason: "too many open files")
        case EHOSTUNREACH, ENETUNREACH, ENETDOWN: .lost(reason: "no route to the host")
        case ECONNRESET, EPIPE: .lost(reason: "the connection was reset")
        default: .lost(reason: "the connection broke")
        }
    }

    private static func reason(_ error: NIOConnectionError) -> String {
        guard let first = error.connectionErrors.first else { return "the name \(error.host) was not found (DNS)" }
        if let system = first.error as? IOError, system.errnoCode == ECONNREFUSED { return "connection refused" }
        if case ChannelError.connectTimeout = first.error { return "connecting took too long" }
        return "no connection to \(error.host)"
    }

    private static func handshake(_ cause: BoringSSLError) -> String {
        let text = String(describing: cause)
        return text.contains("CERTIFICATE_VERIFY_FAILED") ? "the certificate is not trusted" : "the handshake failed"
    }
}
