import Foundation

/// One request to the endpoint. Its headers are the transport's, because they are the same each time.
public struct TransportRequest: Sendable {
    /// JSON.
    public var body: [UInt8]
    /// How long the whole exchange may take, the answer's body included.
    public var timeout: Duration
    /// The longest answer that is read, in bytes.
    public var maxBytes: Int
    /// Told how many bytes of the answer are there, and how many it will have, where it says so; on another thread.
    public var onBytes: (@Sendable (Int, Int?) -> Void)?
}

/// One answer, whole.
public struct TransportResponse: Sendable {
    /// The HTTP status.
    public var status: Int
    /// As it came; of an answer that is not 2xx perhaps its beginning only.
    public var body: ResponseBody

    /// A head that did not come with the body.
    private let givenHead: String?

    /// Takes an answer.
    ///
    /// - Parameter head: the header lines; nil for those that came with the body.
    public init(status: Int, head: String? = nil, body: ResponseBody) {
        self.status = status
        self.body = body
        givenHead = head
    }

    /// The header lines as they came. They become text only here, because there are many answers and few questions about
    /// their heads.
    public var head: String { givenHead ?? body.head }

    /// The first value of a header, whatever its case; without the white space around it.
    func header(_ name: String) -> String? {
        let wanted = name.lowercased()
        return head.split(whereSeparator: \.isNewline).lazy.compactMap { line -> String? in
            guard let colon = line.firstIndex(of: ":"), line[..<colon].lowercased() == wanted else { return nil }
            return line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
        }.first
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
}

/// Something that posts to the endpoint: one attempt, no redirects, nothing sent a second time.
public protocol Transport: Sendable {
    /// Makes one exchange. It ends with its answer or its time, whether or not the task is cancelled.
    func post(_ request: TransportRequest) async throws(TransportFailure) -> TransportResponse

    /// Whether the latest request that left went through a proxy; nil if that is not known, or none has left.
    var usedProxy: Bool? { get }

    /// Closes what is open; nothing may be posted afterwards.
    func shutdown() async throws
}

extension Transport {
    /// Not known.
    public var usedProxy: Bool? { nil }
}
