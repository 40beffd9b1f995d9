import Domain
import Foundation

/// The end of standard output that bytes go into: gathered, and handed to the system in blocks.
struct OutputSink {
    /// Whether the command goes on when nobody reads any more, because it sends.
    let outlivesReader: Bool
    /// On a terminal, characters that would steer it are spelled as JSON escapes.
    let isTerminal: Bool
    private var bytes: [UInt8] = []
    private var isClosed = false
    /// Why the system takes no more; nil while it does.
    private(set) var failure: String?

    private static let block = 1 << 16

    init(outlivesReader: Bool, isTerminal: Bool) {
        self.outlivesReader = outlivesReader
        self.isTerminal = isTerminal
    }

    /// Adds text for people, or with tabs.
    mutating func append(_ text: String) {
        guard !isClosed else { return }
        bytes.append(contentsOf: text.utf8)
        if bytes.count >= Self.block { flush() }
    }

    /// Adds JSON.
    mutating func append(json text: String) {
        append(isTerminal ? Terminal.plainJSON(text) : text)
    }

    /// Whether a little more can be handed over without waiting for a reader.
    var isReady: Bool {
        var status = pollfd(fd: STDOUT_FILENO, events: Int16(POLLOUT), revents: 0)
        // A pipe that takes bytes at all takes these (POSIX, PIPE_BUF is 512 or more; pipe(7), 4,096).
        return bytes.count < 2048 && poll(&status, 1, 0) == 1 && status.revents & Int16(POLLOUT) != 0
    }

    /// Hands over what there is. A reader that has left ends the process quietly, unless it sends.
    mutating func flush() {
        var left = bytes[...]
        while !isClosed, !left.isEmpty {
            let count = left.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            if count > 0 {
                left = left.dropFirst(count)
                continue
            }
            if errno == EPIPE && !outlivesReader { exit(0) }
            if errno != EPIPE { failure = String(cString: strerror(errno)) }
            isClosed = true
        }
        bytes.removeAll(keepingCapacity: true)
    }
}
