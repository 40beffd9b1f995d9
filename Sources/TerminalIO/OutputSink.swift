import Domain
import Foundation

/// Collects the bytes for standard output and writes them in blocks.
struct OutputSink {
    private let stream: StandardStream
    /// Whether the command continues after its reader has left, because it sends changes.
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

    /// Whether a small amount can be written without waiting for the reader.
    var isReady: Bool { bytes.count < 2048 && stream.isWritable }

    /// Writes the collected bytes. If the reader has left, the process ends without a message, unless it sends changes.
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
