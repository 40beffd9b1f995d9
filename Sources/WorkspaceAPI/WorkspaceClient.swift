import Domain
import Foundation
import Logging

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
    private let logger: Logger

    /// The longest answer to a mutation that is read: 1 MB.
    static let mutationBytes = 1_000_000
    /// The longest listing that is read: 512 MB, three million users; `listUsers` has no pages (FACTS.md).
    static let listingBytes = 512_000_000

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
    ///   - log: what is told of each request.
    public init(
        endpoint: Endpoint, credentials: Credentials, proxy: Proxy? = nil, timeout: Duration = .seconds(30),
        listingTimeout: Duration = .seconds(120), connections: Int = 8, version: String, log: RequestLog = .off
    ) {
        self.init(
            endpoint: endpoint, credentials: credentials,
            transport: PooledTransport(
                endpoint: endpoint, proxy: proxy, connections: connections, timeout: min(timeout, listingTimeout),
                logger: log.logger(Redactor(credentials.secrets))),
            timeout: timeout, listingTimeout: listingTimeout, version: version, log: log)
    }

    /// A client over another transport, on another clock.
    public init(
        endpoint: Endpoint, credentials: Credentials, transport: any Transport, timeout: Duration = .seconds(30),
        listingTimeout: Duration = .seconds(120), version: String, clock: any Clock<Duration> = ContinuousClock(),
        now: @escaping @Sendable () -> Date = { Date() }, log: RequestLog = .off
    ) {
        self.endpoint = endpoint
        self.transport = transport
        self.timeout = timeout
        self.listingTimeout = listingTimeout
        self.clock = clock
        self.now = now
        redactor = Redactor(credentials.secrets)
        logger = log.logger(redactor)
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
                document.body(operation.variables), for: operation.subject, timeout: timeout,
                maxBytes: Self.mutationBytes)
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
        try await post(document.body(), for: document.field, timeout: listingTimeout, maxBytes: Self.listingBytes)
    }

    private func post(
        _ body: Data, for subject: @autoclosure () -> String, timeout: Duration, maxBytes: Int
    ) async throws(TransportFailure) -> TransportResponse {
        let start = clock.measured
        do throws(TransportFailure) {
            let response = try await transport.post(
                TransportRequest(body: body, headers: headers, timeout: timeout, maxBytes: maxBytes))
            logger.debug("\(subject()): HTTP \(response.status), \(response.body.count) bytes, \(start())")
            return response
        } catch {
            logger.debug("\(subject()): \(error), \(start())")
            throw error
        }
    }
}

extension Clock<Duration> {
    /// The time from now on, in words.
    fileprivate var measured: () -> String {
        let start = now
        return { start.duration(to: now).formatted(.units(allowed: [.milliseconds], width: .abbreviated)) }
    }
}

extension Domain.Operation {
    /// What it is about, for people.
    fileprivate var subject: String {
        switch self {
        case .invite(let email, let type): "invite \(email.text) \(type)"
        case .changeRole(let uid, let type): "changeRole \(uid) \(type)"
        case .disable(let uid): "disable \(uid)"
        }
    }
}

extension WorkspaceClient: CustomStringConvertible, CustomReflectable {
    /// Where it sends to, without the credentials.
    public var description: String { "client of \(endpoint)" }
    /// Nothing to look into: the headers hold the credentials.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
