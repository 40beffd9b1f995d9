import Foundation
import Testing

@testable import WorkspaceAPI

extension PooledTransport {
    /// One to a server on this machine. It keeps idle connections for longer than a test waits for its turn.
    static func to(
        _ url: String, proxy: Proxy? = nil, certificates: String? = nil, certificateFolder: String? = nil,
        log: (@Sendable (String) -> Void)? = nil
    ) throws -> PooledTransport {
        PooledTransport(
            endpoint: try Endpoint(url), headers: [("Content-Type", "application/json")], proxy: proxy, connections: 4,
            certificates: TrustedCertificates(file: certificates, folder: certificateFolder), idleSeconds: 3600,
            log: log)
    }

    /// Posts `{}`.
    func post(
        timeout: Duration = .seconds(30), onBytes: (@Sendable (Int, Int?) -> Void)? = nil
    ) async -> Result<TransportResponse, TransportFailure> {
        let request = TransportRequest(body: Array("{}".utf8), timeout: timeout, maxBytes: 1_000_000, onBytes: onBytes)
        do throws(TransportFailure) { return .success(try await post(request)) } catch { return .failure(error) }
    }
}

extension Result<TransportResponse, TransportFailure> {
    /// The body as text; nil if there is no answer.
    var text: String? { (try? get()).map { String(decoding: $0.body.data, as: UTF8.self) } }

    /// Why there is no answer; nil if there is one.
    var failure: TransportFailure? {
        guard case .failure(let failure) = self else { return nil }
        return failure
    }

    /// Why nothing was sent; nil if something was, or may have been.
    var whyNeverSent: String? {
        guard case .failure(.neverSent(let reason)) = self else { return nil }
        return reason
    }
}
