import Foundation
import Hummingbird
import Logging
import NIOCore

/// The stand-in for the API, on a socket.
public enum SandboxServer {
    /// Bytes of a request's body; more is answered with 413.
    static let largestBody = 1 << 20

    /// Serves until the task is cancelled.
    ///
    /// - Parameters:
    ///   - options: how the sandbox behaves, and where it listens.
    ///   - onReady: called once, with the port, as soon as requests are taken.
    /// - Throws: what binding to the address throws.
    public static func run(
        options: SandboxOptions = SandboxOptions(), onReady: @escaping @Sendable (Int) async -> Void
    ) async throws {
        try await serve(try SandboxEndpoint(options), options, onReady: onReady)
    }

    /// Serves on a free port for as long as `body` runs.
    ///
    /// - Parameters:
    ///   - options: how the sandbox behaves; its port is left aside.
    ///   - body: is given the endpoint's address and the workspaces behind it.
    /// - Throws: what `body` or binding to the address throws.
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
            // `/__sandbox/…` is for whoever watches; it does not wait.
            if request.method == .post { try await Task.sleep(for: options.latency + reply.delay) }
            return try await response(reply, on: context.channel)
        }
        let application = Application(
            responder: responder,
            configuration: ApplicationConfiguration(address: .hostname(options.host, port: options.port)),
            onServerRunning: { channel in await onReady(channel.localAddress?.port ?? options.port) },
            // The program's output is its own: nothing is logged.
            logger: Logger(label: "sandbox") { _ in SwiftLogNoOpLogHandler() })
        try await application.run()
    }

    private static func reply(to request: Request, from endpoint: SandboxEndpoint) async throws -> Reply {
        switch request.method {
        case .get: return endpoint.get(request.uri.path)
        case .post: break
        default: return .failure(405, "GraphQL is asked with POST")
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
                // Lingering for no time makes the close a reset (RST) and not an orderly end (FIN).
                try await socket.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
            }
            // Writing the response below then finds the channel closed, and the connection's task ends.
            try? await channel.close().get()
        }
        var response = Response(
            status: .init(code: reply.status), body: ResponseBody(byteBuffer: ByteBuffer(bytes: reply.body)))
        response.headers[.contentType] = reply.contentType
        if let seconds = reply.retryAfter { response.headers[.retryAfter] = seconds }
        return response
    }
}

/// Keeps the connection at hand: some faults close it.
struct SandboxContext: InitializableFromSource, Sendable {
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        channel = source.channel
    }
}
