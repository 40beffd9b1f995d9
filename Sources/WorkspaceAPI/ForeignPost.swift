import Domain
import Foundation

/// Posts bytes to a service that is not the API. It gets no credentials, and plain HTTP is allowed, because such a
/// service signs what it returns.
public struct ForeignPost: Sendable {
    /// Why there is no response.
    public struct Failure: Error, Hashable, Sendable {
        /// The reason, to be embedded in a message.
        public let sentence: String
    }

    private let endpoint: Endpoint
    private let headers: [(name: String, value: String)]
    private let proxy: Proxy?
    private let certificates: TrustedCertificates

    /// Checks the address and the settings in the environment: proxies and certificates.
    ///
    /// - Parameters:
    ///   - accept: the media type of the response.
    ///   - version: the version of this program, for `User-Agent: rollcall/VERSION`.
    public init(
        _ address: String, contentType: String, accept: String, version: String, environment: [String: String]
    ) throws(Failure) {
        do {
            endpoint = try Endpoint(address, allowsPlain: true)
            proxy = try Proxy.chosen(for: endpoint, in: environment)
        } catch let error as InvalidProxy {
            throw Failure(sentence: "\(error)")
        } catch {
            throw Failure(
                sentence: "\(Terminal.plain(address, limit: 300)) is not an address such as https://tsa.example.com")
        }
        certificates = endpoint.isEncrypted ? TrustedCertificates(environment: environment) : .system
        if let problem = HTTPLibrary.problem ?? certificates.problem { throw Failure(sentence: problem) }
        headers = [("Content-Type", contentType), ("Accept", accept), ("User-Agent", "rollcall/\(version)")]
    }

    /// Makes one request.
    ///
    /// - Returns: the body of a response with status 200.
    public func send(_ body: Data, timeout: Duration, maxBytes: Int) async throws(Failure) -> Data {
        let transport = PooledTransport(
            endpoint: endpoint, headers: headers, proxy: proxy, connections: 1, certificates: certificates)
        let result: Result<TransportResponse, TransportFailure>
        do throws(TransportFailure) {
            result = .success(
                try await transport.post(
                    TransportRequest(body: [UInt8](body), timeout: timeout, maxBytes: maxBytes)))
        } catch {
            result = .failure(error)
        }
        let data = try? result.get().body.data
        try? await transport.shutdown()
        switch result {
        case .success(let response) where response.status == 200: return data ?? Data()
        case .success(let response): throw Failure(sentence: "HTTP \(response.status)")
        case .failure(.neverSent(let reason)), .failure(.lost(let reason)):
            throw Failure(sentence: Terminal.plain(reason, limit: 300))
        case .failure(.timedOut(let time)): throw Failure(sentence: "no response within \(time.inUnits)")
        case .failure(.notTaken): throw Failure(sentence: "its response could not be stored")
        case .failure(.tooLong(let limit)): throw Failure(sentence: "its response exceeds \(limit.grouped) bytes")
        }
    }
}
