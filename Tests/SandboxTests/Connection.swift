import Foundation
import NIOCore
import NIOPosix

/// A TCP connection to a sandbox, spoken to in bytes, so that its end can be looked at.
struct Connection: Sendable {
    /// How the other side ended it.
    enum Ending: Equatable { case closed, reset }

    private let channel: any Channel
    private let received: AsyncThrowingStream<String, any Error>

    init(to url: URL) async throws {
        let (received, inbox) = AsyncThrowingStream<String, any Error>.makeStream()
        self.received = received
        channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Inbox(inbox))
                }
            }
            .connect(host: url.host ?? "", port: url.port ?? 0).get()
    }

    func send(_ text: String) async throws {
        try await channel.writeAndFlush(ByteBuffer(string: text)).get()
    }

    /// Sends a document as an ordinary client does; the connection is kept alive.
    func ask(_ query: String) async throws {
        let body = "{\"query\":\(Desk.quoted(query))}"
        try await send(
            "POST /graphql HTTP/1.1\r\nHost: sandbox\r\nContent-Type: application/json\r\nx-api-key: sandbox-key\r\n"
                + "x-api-secret: sandbox-secret\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
    }

    /// The next whole answer, head and body; nothing may follow it.
    func answer() async throws -> (head: String, body: String) {
        var text = ""
        for try await part in received {
            text += part
            guard let end = text.range(of: "\r\n\r\n") else { continue }
            let head = text[..<end.lowerBound].lowercased()
            guard let mark = head.range(of: "content-length: ") else { continue }
            let length = head[mark.upperBound...].prefix(while: \.isNumber)
            let body = text[end.upperBound...]
            if body.utf8.count >= Int(length) ?? 0 { return (head, String(body)) }
        }
        throw UnfinishedAnswer(text: text)
    }

    /// Waits for the other side to end the connection.
    ///
    /// - Throws: if there is anything to read before.
    func ending() async throws -> Ending {
        do {
            for try await part in received { throw UnfinishedAnswer(text: part) }
            return .closed
        } catch let error as IOError where error.errnoCode == ECONNRESET {
            return .reset
        }
    }

    /// Closes this side, unless the other one has closed already.
    func close() async {
        channel.close(promise: nil)
        try? await channel.closeFuture.get()
    }

    struct UnfinishedAnswer: Error { var text: String }

    private final class Inbox: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        private let inbox: AsyncThrowingStream<String, any Error>.Continuation

        init(_ inbox: AsyncThrowingStream<String, any Error>.Continuation) { self.inbox = inbox }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            inbox.yield(String(buffer: unwrapInboundIn(data)))
        }

        func channelInactive(context: ChannelHandlerContext) { inbox.finish() }

        func errorCaught(context: ChannelHandlerContext, error: any Error) { inbox.finish(throwing: error) }
    }
}
