import Domain
import Foundation
import Logging

/// The client for the API of one workspace: sends operations, and lists the workspace.
///
///     let client = WorkspaceClient(endpoint: endpoint, credentials: credentials, version: "1.0.0")
///     let answer = await client.send(.disable(uid: uid))
///     try await client.shutdown()
///
/// Call ``shutdown()`` before the last reference is released.
public struct WorkspaceClient: OperationSender, RosterSource {
    let endpoint: Endpoint
    let transport: any Transport
    let redactor: Redactor
    /// See ``CredentialsFingerprint``; nil for credentials that are too short to have one.
    public let credentialsFingerprint: String?
    let clock: any Clock<Duration>
    let timeout: Duration
    private let listingTimeout: Duration
    private let now: @Sendable () -> Date
    private let logger: Logger
    private let isLogged: Bool

    /// The maximum length of a response to a mutation: 1 MB.
    static let mutationBytes = 1_000_000
    /// The maximum length of an audit log: 4 GB. It is read from a file, so memory does not limit it.
    static let auditLogBytes = 4_000_000_000
    /// The maximum length of a listing: 512 MB, three million users; `listUsers` has no pages (docs/api.md).
    static let listingBytes = 512_000_000

    /// Creates a client with a pool of HTTP/1.1 connections.
    ///
    /// - Parameters:
    ///   - endpoint: the address of the API, the only address that credentials are sent to.
    ///   - credentials: the credentials for it.
    ///   - proxy: see ``Proxy/chosen(for:in:)``.
    ///   - timeout: the timeout for one operation, including its response.
    ///   - listingTimeout: the timeout for one listing.
    ///   - connections: the maximum number of connections, 1 or more: the concurrency of the run.
    ///   - certificates: the trusted certificates.
    ///   - version: the version of this program, for `User-Agent: rollcall/VERSION`.
    ///   - log: the log of requests.
    public init(
        endpoint: Endpoint, credentials: Credentials, proxy: Proxy? = nil, timeout: Duration = .seconds(30),
        listingTimeout: Duration = .seconds(120), connections: Int = 8,
        certificates: TrustedCertificates = .system, version: String, log: RequestLog = .off
    ) {
        let logger = log.logger(Redactor(credentials.secrets))
        let trace = { @Sendable (line: String) in logger.trace("\(line)") }
        self.init(
            endpoint: endpoint, credentials: credentials,
            transport: PooledTransport(
                endpoint: endpoint, headers: Self.headers(credentials, version: version), proxy: proxy,
                connections: connections, certificates: certificates,
                log: log.detail == .trace ? trace : nil),
            timeout: timeout, listingTimeout: listingTimeout, log: log)
    }

    /// The headers of every request.
    static func headers(_ credentials: Credentials, version: String) -> [(name: String, value: String)] {
        credentials.headers + [
            ("Content-Type", "application/json"), ("Accept", "application/json"), ("User-Agent", "rollcall/\(version)"),
        ]
    }

    /// Creates a client with another transport and another clock.
    public init(
        endpoint: Endpoint, credentials: Credentials, transport: any Transport, timeout: Duration = .seconds(30),
        listingTimeout: Duration = .seconds(120), clock: any Clock<Duration> = ContinuousClock(),
        now: @escaping @Sendable () -> Date = { Date() }, log: RequestLog = .off
    ) {
        self.endpoint = endpoint
        self.transport = transport
        self.timeout = timeout
        self.listingTimeout = listingTimeout
        self.clock = clock
        self.now = now
        redactor = Redactor(credentials.secrets)
        credentialsFingerprint = CredentialsFingerprint.of(credentials, for: endpoint)
        logger = log.logger(redactor)
        isLogged = log.detail != .off
    }

    /// Makes one attempt, without a retry, and returns the answer for each operation.
    public func send(_ operations: [WorkspaceChange]) async -> [Answer] {
        let request = OperationRequest(operations)
        do throws(TransportFailure) {
            CrashPoint.pass("durable as sending, request not sent yet")
            let response = try await post(
                request.body, for: request.subject, timeout: timeout, maxBytes: Self.mutationBytes)
            CrashPoint.pass("answered, answer not written down yet")
            return classifier.answers(to: request, response)
        } catch {
            return Array(repeating: classifier.answer(to: error), count: operations.count)
        }
    }

    /// Closes the connections; nothing may be sent afterwards.
    public func shutdown() async throws {
        try await transport.shutdown()
    }

    /// Whether the last request that was sent used a proxy, as reported by libcurl; nil if none was sent.
    public var usedProxy: Bool? { transport.usedProxy }

    var classifier: AnswerClassifier { AnswerClassifier(redactor: redactor, now: now()) }

    /// - Parameters:
    ///   - file: takes the body; nil to keep it in memory.
    ///   - timeout: the timeout; nil for the one of listings.
    ///   - onBytes: called with the number of received bytes.
    func list(
        _ document: GraphQLDocument, to file: ResponseFile?, timeout: Duration?,
        onBytes: @escaping @Sendable (Int, Int?) -> Void
    ) async throws(TransportFailure) -> TransportResponse {
        file?.restart()
        return try await post(
            document.body, for: document.field, timeout: timeout ?? listingTimeout,
            maxBytes: file == nil ? Self.listingBytes : Self.auditLogBytes, onBytes: onBytes, to: file)
    }

    private func post(
        _ body: [UInt8], for subject: @autoclosure () -> String, timeout: Duration, maxBytes: Int,
        onBytes: (@Sendable (Int, Int?) -> Void)? = nil, to file: ResponseFile? = nil
    ) async throws(TransportFailure) -> TransportResponse {
        var request = TransportRequest(
            body: body, timeout: timeout, maxBytes: maxBytes, onBytes: onBytes, wantsCertificate: onBytes != nil)
        if let file { request.take = { file.take($0) } }
        guard isLogged else { return try await transport.post(request) }
        let start = clock.measured
        do throws(TransportFailure) {
            let response = try await transport.post(request)
            let bytes = (file?.count ?? 0) + response.body.count
            logger.debug("\(subject()): HTTP \(response.status), \(bytes) bytes, \(start())")
            return response
        } catch {
            logger.debug("\(subject()): \(error), \(start())")
            throw error
        }
    }
}

extension Clock<Duration> {
    /// Measures the time from now on, in milliseconds.
    fileprivate var measured: () -> String {
        let start = now
        return {
            let time = start.duration(to: now).components
            return "\(time.seconds * 1000 + time.attoseconds / 1_000_000_000_000_000) ms"
        }
    }
}

extension WorkspaceClient: CustomStringConvertible, CustomReflectable {
    /// The endpoint, without the credentials.
    public var description: String { "client of \(endpoint)" }
    /// An empty mirror, because the transport contains the credentials.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
