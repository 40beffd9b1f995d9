import Domain
import Foundation
import Synchronization

/// Standard output or standard error, with a limit on how long a write waits for a reader that does not read.
///
/// Until a signal arrives a write waits as long as it takes. After it a run has results to write and an exit status to
/// return, and neither may depend on a full pipe or a terminal that was stopped with Ctrl-S.
final class StandardStream: Sendable {
    /// Why bytes were not written.
    enum Failure: Error, Equatable {
        /// The reader has closed its end.
        case readerLeft
        /// The reader took nothing for too long after a signal. Every later write fails at once.
        case readerGivenUp
        /// The system's error number.
        case system(Int32)
    }

    /// How a descriptor is kept from blocking.
    private enum Kind: Equatable {
        /// Its writes never wait for a reader: a file, or `/dev/null`.
        case unread
        /// It is the process's own, and not blocking.
        case own
        /// It is shared with other processes, and blocks unless few enough bytes are written when there is room.
        case shared(piece: Int)
    }

    private let descriptor: Int32
    private let kind: Kind
    private let patience = Mutex(ReaderPatience.unlimited)
    private let isGivenUp = Atomic(false)
    private let start = ContinuousClock.now

    /// The longest wait before a write looks at whether a signal has arrived, in milliseconds.
    private static let slice: Int32 = 100
    /// The shortest pause between two writes that are both refused, in microseconds.
    private static let pause: UInt32 = 10_000

    private var now: Duration { ContinuousClock.now - start }

    /// - Parameters:
    ///   - descriptor: stays open, and is not changed.
    ///   - reopens: whether to ask for a descriptor of its own.
    init(_ descriptor: Int32, reopens: Bool = true) {
        let type = FileStatus(descriptor: descriptor)?.kind
        let isTerminal = isatty(descriptor) == 1
        if !isTerminal && type != .pipe && type != .socket {
            (self.descriptor, kind) = (descriptor, .unread)
        } else if reopens, let own = Self.reopen(descriptor) {
            (self.descriptor, kind) = (own, .own)
        } else {
            (self.descriptor, kind) = (descriptor, .shared(piece: isTerminal ? 512 : Int(PIPE_BUF)))
        }
    }

    deinit { if kind == .own { close(descriptor) } }

    /// Opens the pipe or terminal behind a descriptor a second time. O_NONBLOCK belongs to what was opened: set on the
    /// inherited descriptor it would reach the shell and every other process that shares it.
    ///
    /// - Returns: nil where the system does not allow it: sockets, another user's pipe, no /proc.
    private static func reopen(_ descriptor: Int32) -> Int32? {
        #if os(Linux)
            let own = open("/proc/self/fd/\(descriptor)", O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
            return own < 0 ? nil : own
        #else
            return nil
        #endif
    }

    /// From here on a reader that takes nothing for ``ReaderPatience/limit`` is given up, also by a write that waits
    /// already.
    func limitWaits() {
        let now = now
        patience.withLock { if $0 == .unlimited { $0 = .limited(since: now) } }
    }

    /// From here on nothing waits for the reader, because the process ends.
    func stopWaiting() { patience.withLock { $0 = .none } }

    /// Whether a little more can be written without waiting.
    ///
    /// A pipe that takes bytes at all takes PIPE_BUF of them: 512 or more by POSIX, 4,096 on Linux.
    var isWritable: Bool { isWritable(within: 0) }

    private func isWritable(within milliseconds: Int32) -> Bool {
        var status = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        return poll(&status, 1, milliseconds) == 1
    }

    /// Writes all of it, or as much as the reader takes.
    func write(_ bytes: [UInt8]) throws(Failure) {
        guard !isGivenUp.load(ordering: .relaxed) else { throw .readerGivenUp }
        var left = bytes[...]
        var stalled: Duration?
        while !left.isEmpty {
            let (count, error) = writeSome(of: left)
            if count > 0 {
                left = left.dropFirst(count)
                stalled = nil
                continue
            }
            switch error {
            case EINTR: break
            case EAGAIN: stalled = try wait(stalledSince: stalled)
            case EPIPE: throw .readerLeft
            default: throw .system(error)
            }
        }
    }

    /// Writes what fits without waiting; `EAGAIN` if nothing does.
    private func writeSome(of bytes: ArraySlice<UInt8>) -> (count: Int, error: Int32) {
        var piece = bytes.count
        if case .shared(let most) = kind {
            guard isWritable else { return (0, EAGAIN) }
            piece = min(piece, most)
        }
        let count = bytes.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, piece) }
        return count == 0 ? (0, EAGAIN) : (count, errno)
    }

    /// Waits until there may be room again, or for a slice of time.
    ///
    /// - Returns: since when nothing could be written.
    private func wait(stalledSince: Duration?) throws(Failure) -> Duration {
        let now = now
        let stalled = stalledSince ?? now
        if patience.withLock({ $0.isExhausted(stalledSince: stalled, now: now) }) {
            isGivenUp.store(true, ordering: .relaxed)
            throw .readerGivenUp
        }
        // A terminal with room for one byte is writable and still refuses a line break, which takes two.
        if isWritable(within: Self.slice), stalledSince != nil { usleep(Self.pause) }
        return stalled
    }
}

extension StandardStream.Failure {
    /// The failure in words, for a message.
    var reason: String {
        switch self {
        case .readerLeft: String(cString: strerror(EPIPE))
        case .readerGivenUp:
            "no program read the output for \(ReaderPatience.limit.components.seconds) s after the interrupt"
        case .system(let number): String(cString: strerror(number))
        }
    }
}
