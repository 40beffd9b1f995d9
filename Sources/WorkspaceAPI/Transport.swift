import Foundation

/// One request to the endpoint. The transport adds the headers, because they are the same for all requests.
public struct TransportRequest: Sendable {
    /// JSON.
    public var body: [UInt8]
    /// The timeout for the whole exchange, including the body of the response.
    public var timeout: Duration
    /// The maximum length of the response, in bytes.
    public var maxBytes: Int
    /// Called on another thread with the number of received bytes, and the total number if the response states it.
    public var onBytes: (@Sendable (Int, Int?) -> Void)?
    /// Whether the response has to name the certificate of the server.
    public var wantsCertificate = false
    /// Called on another thread with each piece of a 2xx body, which is then not kept in memory: the body of the response
    /// is empty. Returns false to end the exchange, which then fails with ``TransportFailure/notTaken``.
    public var take: (@Sendable (UnsafeRawBufferPointer) -> Bool)?
}

/// One complete response.
public struct TransportResponse: Sendable {
    /// The HTTP status.
    public var status: Int
    /// The body; possibly only its beginning if the status is not 2xx.
    public var body: ResponseBody

    /// The TLS certificate of the server (PEM), if the request wanted it; nil without TLS.
    public var certificate: String?

    /// The header lines, if they did not come with the body.
    private let givenHead: String?

    /// Creates a response.
    ///
    /// - Parameter head: the header lines; nil for those that came with the body.
    public init(status: Int, head: String? = nil, body: ResponseBody) {
        self.status = status
        self.body = body
        givenHead = head
    }

    /// The header lines. They are converted to text only on access, because most responses need no headers.
    public var head: String { givenHead ?? body.head }

    /// The first value of a header, without surrounding white space; ignores the case of the name.
    func header(_ name: String) -> String? {
        let wanted = name.lowercased()
        return head.split(whereSeparator: \.isNewline).lazy.compactMap { line -> String? in
            guard let colon = line.firstIndex(of: ":"), line[..<colon].lowercased() == wanted else { return nil }
            return line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
        }.first
    }
}

/// Why there is no response, by what is known about the request.
public enum TransportFailure: Error, Hashable, Sendable {
    /// The request was certainly not sent: no name, no route, refused, no TLS.
    case neverSent(reason: String)
    /// The timeout passed; the request may have arrived.
    case timedOut(after: Duration)
    /// The connection broke; the request may have arrived.
    case lost(reason: String)
    /// The response exceeds the limit.
    case tooLong(limit: Int)
    /// The response could not be stored.
    case notTaken
}

/// Sends requests to the endpoint: one attempt, no redirects, nothing is sent twice.
public protocol Transport: Sendable {
    /// Sends one request. Ends with the response or the timeout, even if the task is cancelled.
    func post(_ request: TransportRequest) async throws(TransportFailure) -> TransportResponse

    /// Whether the last request that was sent used a proxy; nil if that is not known, or none was sent.
    var usedProxy: Bool? { get }

    /// Closes all connections; nothing may be sent afterwards.
    func shutdown() async throws
}

extension Transport {
    /// nil: not known.
    public var usedProxy: Bool? { nil }
}
