import Domain
import Foundation
import Hummingbird
import Logging
import NIOCore

/// The mock API on a socket.
public enum SandboxServer {
    /// The maximum size of a request's body in bytes; a larger one gets HTTP 413.
    static let largestBody = 1 << 20

    /// Serves until the task is cancelled.
    ///
    /// - Parameters:
    ///   - options: the options of the sandbox, with its address and port.
    ///   - onReady: called once, with the port, when the server accepts requests.
    /// - Throws: an error if the address cannot be used.
    public static func run(
        options: SandboxOptions = SandboxOptions(), onReady: @escaping @Sendable (Int) async -> Void
    ) async throws {
        try await serve(try SandboxEndpoint(options), options, onReady: onReady)
    }

    /// Serves on a free port for as long as `body` runs.
    ///
    /// - Parameters:
    ///   - options: the options of the sandbox; the port is ignored.
    ///   - body: called with the address of the endpoint and the workspaces.
    /// - Throws: the error of `body`, or an error if the address cannot be used.
    public static func withServer<R>(
        options: SandboxOptions = SandboxOptions(), body: (URL, SandboxCompany) async throws -> R
    ) async throws -> R {
        var options = options
        options.port = 0
        let endpoint = try SandboxEndpoint(options)
        let (ports, port) = AsyncThrowingStream<Int, any Error>.makeStream()
        return try await withThrowingTaskGroup(of: Void.self) { [options] group in
            group.addTask {
                do {
                    try await serve(endpoint, options) { port.yield($0) }
                    port.finish()
                } catch {
                    port.finish(throwing: error)
                }
            }
            defer { group.cancelAll() }
            for try await number in ports {
                guard let url = URL(string: "http://\(options.host):\(number)/api/v1/graphql") else { break }
                return try await body(url, endpoint.company)
            }
            throw CancellationError()
        }
    }

    private static func serve(
        _ endpoint: SandboxEndpoint, _ options: SandboxOptions, onReady: @escaping @Sendable (Int) async -> Void
    ) async throws {
        let responder = CallbackResponder<SandboxContext> { request, context in
            let reply = try await reply(to: request, from: endpoint)
            // Requests to `/__sandbox/…` are for tests, so they are not delayed.
            if request.method == .post { try await Task.sleep(for: options.latency + reply.delay) }
            return try await response(reply, on: context.channel)
        }
        let application = Application(
            responder: responder,
            configuration: ApplicationConfiguration(address: .hostname(options.host, port: options.port)),
            onServerRunning: { channel in await onReady(channel.localAddress?.port ?? options.port) },
            // The logger of the server must not write to the output of the program.
            logger: Logger(label: "sandbox") { _ in SwiftLogNoOpLogHandler() })
        do {
            try await application.run()
        } catch let error as IOError {
            throw PortUnavailable(port: options.port, reason: String(cString: strerror(error.errnoCode)))
        }
    }

    private static func reply(to request: Request, from endpoint: SandboxEndpoint) async throws -> Reply {
        switch request.method {
        case .get: return endpoint.get(request.uri.path)
        case .post: break
        default: return .failure(405, "Use POST for GraphQL requests")
        }
        let body: ByteBuffer
        do {
            body = try await request.body.collect(upTo: largestBody)
        } catch is NIOTooManyBytesError {
            return .failure(413, "The body is longer than 1 MiB")
        }
        return endpoint.post(Array(body.readableBytesView)) { name in
            request.headers.first { $0.name.canonicalName == name.lowercased() }?.value
        }
    }

    private static func response(_ reply: Reply, on channel: any Channel) async throws -> Response {
        if reply.ending != .answered {
            if reply.ending == .reset, let socket = channel as? any SocketOptionProvider {
                // With a linger time of 0, closing sends a reset (RST) instead of an orderly end (FIN).
                try await socket.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
            }
            // Writing the response below then fails, and the task of the connection ends.
            try? await channel.close().get()
        }
        var response = Response(
            status: .init(code: reply.status), body: ResponseBody(byteBuffer: ByteBuffer(bytes: reply.body)))
        response.headers[.contentType] = reply.contentType
        if let seconds = reply.retryAfter { response.headers[.retryAfter] = seconds }
        return response
    }
}

/// Keeps the connection, because some faults close it.
struct SandboxContext: InitializableFromSource, Sendable {
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        channel = source.channel
    }
}

/// Thrown if the server cannot use its port, because another program uses it or the system does not allow it.
public struct PortUnavailable: ExplainedError, Hashable {
    /// The port, 1 to 65,535.
    public var port: Int
    /// The reason of the operating system.
    public var reason: String

    /// What happened and what to do.
    public var sentence: String {
        "port \(port) cannot be used: \(reason); choose another one with --port, or a free one with --port 0"
    }
    /// The code for programs.
    public var code: ErrorCode { .nothingSent }
}
