import Foundation

/// One request to the endpoint.
public struct TransportRequest: Sendable {
    /// JSON.
    public var body: Data
    /// All headers but those of the connection itself; they hold the credentials.
    public var headers: [(name: String, value: String)]
    /// How long the whole exchange may take, the answer's body included.
    public var timeout: Duration
    /// The longest answer that is read, in bytes.
    public var maxBytes: Int
}

/// One answer, whole.
public struct TransportResponse: Sendable {
    /// The HTTP status.
    public var status: Int
    /// As they came.
    public var headers: [(name: String, value: String)]
    /// As it came; of an answer that is not 2xx perhaps its beginning only.
    public var body: Data

    /// Takes an answer.
    public init(status: Int, headers: [(name: String, value: String)], body: Data) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The first value of a header, whatever its case.
    func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}

/// Why there is no answer, sorted by what is known about the request.
public enum TransportFailure: Error, Hashable, Sendable {
    /// The request did not leave, for certain: no name, no route, refused, no TLS.
    case neverSent(reason: String)
    /// The time was up; the request may have arrived.
    case timedOut(after: Duration)
    /// The connection broke; the request may have arrived.
    case lost(reason: String)
    /// An answer came that is longer than was allowed.
    case tooLong(limit: Int)
    /// The task was cancelled; the request may have arrived.
    case cancelled
}

/// Something that posts to the endpoint: one attempt, no redirects, nothing sent a second time.
public protocol Transport: Sendable {
    /// Makes one exchange.
    func post(_ request: TransportRequest) async throws(TransportFailure) -> TransportResponse

    /// Closes what is open; nothing may be posted afterwards.
    func shutdown() async throws
}
