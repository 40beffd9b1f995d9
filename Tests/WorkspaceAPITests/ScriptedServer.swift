import Foundation
import NIOCore
import NIOPosix
import Synchronization

/// A server on loopback that does, for each request on any connection, the next step of its script.
final class ScriptedServer: Sendable {
    enum Step: Sendable {
        /// Closes the connection without an answer.
        case hangUp
        /// Never answers.
        case silence
        /// Sends these bytes, and perhaps closes.
        case send(String, thenClose: Bool)
        /// Sends this many bytes behind a head that does not say how many.
        case flood(Int)
    }

    /// What it does as soon as somebody connects.
    enum Greeting: Sendable {
        case none
        case hangUp
        case send(String)
    }

    private let greeting: Greeting
    private let script: Mutex<(steps: [Step], requests: [String], connections: [any Channel])>

    private init(_ steps: [Step], _ greeting: Greeting) {
        self.greeting = greeting
        script = Mutex((steps, [], []))
    }

    /// Every request that arrived, whole.
    var requests: [String] { script.withLock { $0.requests } }

    /// How many connections were made so far.
    var connectionCount: Int { script.withLock { $0.connections.count } }

    /// Sends bytes that no request asks for on every open connection; they are in the client's socket afterwards.
    func push(_ text: String) async throws {
        for connection in script.withLock({ $0.connections }) where connection.isActive {
            try await connection.writeAndFlush(ByteBuffer(string: text)).get()
        }
    }

    /// Closes every connection.
    func hangUp() async throws {
        for connection in script.withLock({ $0.connections }) where connection.isActive {
            try await connection.close().get()
        }
    }

    /// Serves while `body` runs; it gets the server and the URL.
    static func run(
        _ steps: [Step], greeting: Greeting = .none, _ body: (ScriptedServer, String) async throws -> Void
    ) async throws {
        let server = ScriptedServer(steps, greeting)
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Handler(server))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let port = channel.localAddress?.port ?? 0
        do { try await body(server, "http://127.0.0.1:\(port)/graphql") } catch {
            try await channel.close()
            throw error
        }
        try await channel.close()
    }

    private func next(_ request: String) -> Step {
        script.withLock { script in
            script.requests.append(request)
            return script.steps.isEmpty ? .hangUp : script.steps.removeFirst()
        }
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        private let server: ScriptedServer
        private var received = ""

        init(_ server: ScriptedServer) { self.server = server }

        func channelActive(context: ChannelHandlerContext) {
            server.script.withLock { $0.connections.append(context.channel) }
            switch server.greeting {
            case .none: break
            case .hangUp: context.close(promise: nil)
            case .send(let text): context.writeAndFlush(NIOAny(ByteBuffer(string: text)), promise: nil)
            }
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            received += String(buffer: unwrapInboundIn(data))
            guard isWhole else { return }
            let step = server.next(received)
            received = ""
            switch step {
            case .silence: break
            case .hangUp: context.close(promise: nil)
            case .send(let text, let thenClose):
                context.writeAndFlush(NIOAny(ByteBuffer(string: text)), promise: nil)
                if thenClose { context.close(promise: nil) }
            case .flood(let count):
                context.write(NIOAny(ByteBuffer(string: "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")), promise: nil)
                context.writeAndFlush(NIOAny(ByteBuffer(repeating: 0x20, count: count)), promise: nil)
                context.close(promise: nil)
            }
        }

        private var isWhole: Bool {
            guard let end = received.range(of: "\r\n\r\n") else { return false }
            let head = received[..<end.lowerBound].lowercased()
            guard let length = head.range(of: "content-length: ") else { return false }
            let count = head[length.upperBound...].prefix(while: \.isNumber)
            return received[end.upperBound...].utf8.count >= Int(count) ?? 0
        }
    }
}
