import Domain
import Foundation

/// The end of standard output that bytes go into: gathered, and handed to the system in blocks.
struct OutputSink {
    private let stream: StandardStream
    /// Whether the command goes on when nobody reads any more, because it sends.
    let outlivesReader: Bool
    /// On a terminal, characters that would steer it are spelled as JSON escapes.
    let isTerminal: Bool
    private var bytes: [UInt8] = []
    private var isClosed = false
    /// Why the system takes no more; nil while it does.
    private(set) var failure: String?

    private static let block = 1 << 16

    init(_ stream: StandardStream, outlivesReader: Bool, isTerminal: Bool) {
        self.stream = stream
        self.outlivesReader = outlivesReader
        self.isTerminal = isTerminal
    }

    /// Adds text for people, or with tabs.
    mutating func append(_ text: String) {
        guard !isClosed else { return }
        bytes.append(contentsOf: text.utf8)
        if bytes.count >= Self.block { flush() }
    }

    /// Adds a piece of a report; on a terminal without the characters that would control it.
    mutating func append(bytes: Data) {
        guard isTerminal else { return append(String(decoding: bytes, as: UTF8.self)) }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        append(
            lines.map { Terminal.plain(String($0.last == "\r" ? $0.dropLast() : $0), limit: .max) }.joined(
                separator: "\n"))
    }

    /// Adds JSON.
    mutating func append(json text: String) {
        append(isTerminal ? Terminal.plainJSON(text) : text)
    }

    /// Whether a little more can be handed over without waiting for a reader.
    var isReady: Bool { bytes.count < 2048 && stream.isWritable }

    /// Hands over what there is. A reader that has left ends the process quietly, unless it sends.
    mutating func flush() {
        defer { bytes.removeAll(keepingCapacity: true) }
        guard !isClosed, !bytes.isEmpty else { return }
        do {
            try stream.write(bytes)
        } catch {
            if error == .readerLeft && !outlivesReader { exit(0) }
            if error != .readerLeft { failure = error.reason }
            isClosed = true
        }
    }
}
