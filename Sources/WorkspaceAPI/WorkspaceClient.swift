import Domain
import Foundation

/// The API of one workspace: sends operations, and asks who is there.
///
///     let client = WorkspaceClient(endpoint: endpoint, credentials: credentials, version: "1.0.0")
///     let answer = await client.send(.disable(uid: uid))
///     try await client.shutdown()
///
/// ``shutdown()`` has to be called before the last reference goes away.
public struct WorkspaceClient: OperationSender, RosterSource {
    let endpoint: Endpoint
    let transport: any Transport
    let redactor: Redactor
    let clock: any Clock<Duration>
    private let headers: [(name: String, value: String)]
    private let timeout: Duration
    private let listingTimeout: Duration
    private let now: @Sendable () -> Date

    /// The longest answer to a mutation that is read: 1 MB.
    static let mutationBytes = 1_000_000
    /// The longest listing that is read: 1 GB; `listUsers` has no pages (FACTS.md).
    static let listingBytes = 1_000_000_000

    /// A client over a pool of HTTP/1.1 connections.
    ///
    /// - Parameters:
    ///   - endpoint: where the API is; credentials are sent there and nowhere else.
    ///   - credentials: what opens it.
    ///   - proxy: see ``Proxy/chosen(for:in:)``.
    ///   - timeout: how long one operation may take, its answer included.
    ///   - listingTimeout: how long one listing may take.
    ///   - connections: the most connections at once, 1 or more: the run's concurrency.
    ///   - version: this program's, for `User-Agent: rollcall/VERSION`.
    public init(
        endpoint: Endpoint, credentials: Credentials, proxy: Proxy? = nil, timeout: Duration = .seconds(30),
        listingTimeout: Duration = .seconds(120), connections: Int = 8, version: String
    ) {
        self.init(
            endpoint: endpoint, credentials: credentials,
            transport: PooledTransport(
                endpoint: endpoint, proxy: proxy, connections: connections, timeout: min(timeout, listingTimeout)),
            timeout: timeout, listingTimeout: listingTimeout, version: version)
    }

    /// A client over another transport, on another clock.
    public init(
        endpoint: Endpoint, credentials: Credentials, transport: any Transport, timeout: Duration = .seconds(30),
        listingTimeout: Duration = .seconds(120), version: String, clock: any Clock<Duration> = ContinuousClock(),
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.endpoint = endpoint
        self.transport = transport
        self.timeout = timeout
        self.listingTimeout = listingTimeout
        self.clock = clock
        self.now = now
        redactor = Redactor(credentials.secrets)
        headers =
            credentials.headers + [
                ("Content-Type", "application/json"), ("Accept", "application/json"),
                ("User-Agent", "rollcall/\(version)"),
            ]
    }

    /// Makes one attempt, which is never repeated here, and says what it came to.
    public func send(_ operation: Domain.Operation) async -> Answer {
        let document = operation.document
        do throws(TransportFailure) {
            CrashPoint.pass("durable as sending, request not sent yet")
            let response = try await post(
                document.body(operation.variables), timeout: timeout, maxBytes: Self.mutationBytes)
            CrashPoint.pass("answered, answer not written down yet")
            return classifier.answer(to: document, response)
        } catch {
            return classifier.answer(to: error)
        }
    }

    /// Closes the connections; nothing may be sent afterwards.
    public func shutdown() async throws {
        try await transport.shutdown()
    }

    var classifier: AnswerClassifier { AnswerClassifier(redactor: redactor, now: now()) }

    func list(_ document: GraphQLDocument) async throws(TransportFailure) -> TransportResponse {
        try await post(document.body(), timeout: listingTimeout, maxBytes: Self.listingBytes)
    }

    private func post(
        _ body: Data, timeout: Duration, maxBytes: Int
    ) async throws(TransportFailure) -> TransportResponse {
        try await transport.post(
            TransportRequest(body: body, headers: headers, timeout: timeout, maxBytes: maxBytes))
    }
}

extension WorkspaceClient: CustomStringConvertible, CustomReflectable {
    /// Where it sends to, without the credentials.
    public var description: String { "client of \(endpoint)" }
    /// Nothing to look into: the headers hold the credentials.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
