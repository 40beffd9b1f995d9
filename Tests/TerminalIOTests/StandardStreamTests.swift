import Foundation
import Synchronization
import Testing

@testable import TerminalIO

/// Pipes and terminals that nobody reads.
@Suite struct StandardStreamTests {
    @Test(arguments: [
        (ReaderPatience.unlimited, stalled: 0, now: 1_000_000, false), (.limited(since: .zero), 0, 1999, false),
        (.limited(since: .zero), 0, 2000, true),
        // A write that has waited for long already is given the time again after the signal.
        (.limited(since: .seconds(60)), 0, 61_999, false), (.limited(since: .seconds(60)), 0, 62_000, true),
        // A write that begins long after the signal has the same time.
        (.limited(since: .zero), 60_000, 61_999, false), (.limited(since: .zero), 60_000, 62_000, true),
        (.none, 5000, 5000, true),
    ])
    func `patience is unlimited before a signal, and two seconds without progress after it`(
        patience: ReaderPatience, stalled: Int, now: Int, isExhausted: Bool
    ) {
        let result = patience.isExhausted(stalledSince: .milliseconds(stalled), now: .milliseconds(now))
        #expect(result == isExhausted)
    }

    @Test(arguments: [true, false])
    func `a write that waits for a full pipe gives up after a signal, and later ones do not begin`(reopens: Bool) throws
    {
        let pipe = try Pair.pipe()
        let stream = StandardStream(pipe.writing, reopens: reopens)
        let write = Write(Array(repeating: 46, count: 200_000), to: stream)
        try write.expectsToWait()
        stream.limitWaits()
        #expect(try write.failure() == .readerGivenUp)
        #expect(throws: StandardStream.Failure.readerGivenUp) { try stream.write([46]) }
    }

    @Test(arguments: [true, false])
    func `a write to a stopped terminal gives up after a signal`(reopens: Bool) throws {
        let terminal = try Pair.terminal()
        try #require(tcflow(terminal.writing, TCOOFF) == 0)
        let stream = StandardStream(terminal.writing, reopens: reopens)
        let write = Write(Array("Stopping.\n".utf8), to: stream)
        try write.expectsToWait()
        stream.limitWaits()
        #expect(try write.failure() == .readerGivenUp)
        // A line that waits in the terminal would keep it open.
        tcflow(terminal.writing, TCOON)
    }

    #if os(Linux)
        @Test func `a write to a terminal that nobody reads gives up after a signal`() throws {
            let terminal = try Pair.terminal()
            let stream = StandardStream(terminal.writing)
            let write = Write(Array(String(repeating: "line\n", count: 100_000).utf8), to: stream)
            try write.expectsToWait()
            stream.limitWaits()
            #expect(try write.failure() == .readerGivenUp)
        }
    #endif

    @Test func `nothing waits any more when the process ends`() throws {
        let pipe = try Pair.pipe()
        let stream = StandardStream(pipe.writing)
        let write = Write(Array(repeating: 46, count: 200_000), to: stream)
        try write.expectsToWait()
        stream.stopWaiting()
        #expect(try write.failure() == .readerGivenUp)
    }

    @Test(arguments: [true, false])
    func `a slow reader gets every byte`(reopens: Bool) throws {
        let pipe = try Pair.pipe()
        let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 / 7) }
        let write = Write(bytes, to: StandardStream(pipe.writing, reopens: reopens))
        // Longer than a reader has after a signal.
        usleep(2_300_000)
        try write.expectsToWait()
        var read: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 10_000)
        while read.count < bytes.count {
            let count = Foundation.read(pipe.reading, &piece, piece.count)
            try #require(count > 0)
            read += piece.prefix(count)
            usleep(2000)
        }
        #expect(read == bytes)
        #expect(try write.failure() == nil)
    }

    @Test(arguments: [true, false])
    func `a reader that has left is told apart from one that does not read`(reopens: Bool) throws {
        signal(SIGPIPE, SIG_IGN)
        let pipe = try Pair.pipe()
        let stream = StandardStream(pipe.writing, reopens: reopens)
        pipe.closeReading()
        #expect(throws: StandardStream.Failure.readerLeft) { try stream.write([46]) }
    }

    @Test func `other processes that share the pipe still wait for its reader`() throws {
        let pipe = try Pair.pipe()
        let stream = StandardStream(pipe.writing)
        try stream.write([46])
        #expect(fcntl(pipe.writing, F_GETFL) & O_NONBLOCK == 0)
    }

    @Test func `a caller that made the pipe non-blocking loses nothing`() throws {
        let pipe = try Pair.pipe()
        try #require(fcntl(pipe.writing, F_SETFL, O_NONBLOCK) == 0)
        let write = Write(Array(repeating: 46, count: 200_000), to: StandardStream(pipe.writing, reopens: false))
        try write.expectsToWait()
        var piece = [UInt8](repeating: 0, count: 200_000)
        var count = 0
        while count < piece.count { count += Foundation.read(pipe.reading, &piece, piece.count) }
        #expect(try write.failure() == nil)
    }

    @Test func `a file takes everything, also when the process ends`() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("stream-" + UUID().uuidString).path
        defer { unlink(path) }
        let file = open(path, O_WRONLY | O_CREAT, 0o600)
        try #require(file >= 0)
        defer { close(file) }
        let stream = StandardStream(file)
        stream.stopWaiting()
        let bytes = Array(repeating: UInt8(46), count: 3_000_000)
        try stream.write(bytes)
        try stream.write([47])
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data(bytes + [47]))
    }
}

/// Two ends of something that bytes go through.
private final class Pair {
    private(set) var reading: Int32
    let writing: Int32

    private init(reading: Int32, writing: Int32) { (self.reading, self.writing) = (reading, writing) }

    static func pipe() throws -> Pair {
        var ends: [Int32] = [-1, -1]
        try #require(Foundation.pipe(&ends) == 0)
        return Pair(reading: ends[0], writing: ends[1])
    }

    static func terminal() throws -> Pair {
        var (reading, writing): (Int32, Int32) = (-1, -1)
        try #require(openpty(&reading, &writing, nil, nil, nil) == 0)
        return Pair(reading: reading, writing: writing)
    }

    func closeReading() {
        close(reading)
        reading = -1
    }

    deinit {
        if reading >= 0 { close(reading) }
        close(writing)
    }
}

/// A write on a thread of its own, because it may wait for ever.
private final class Write: Sendable {
    private let result = Mutex<StandardStream.Failure??>(nil)

    init(_ bytes: [UInt8], to stream: StandardStream) {
        let thread = Thread { [self] in
            let failure = Self.failure(of: bytes, to: stream)
            result.withLock { $0 = .some(failure) }
        }
        thread.start()
    }

    private static func failure(of bytes: [UInt8], to stream: StandardStream) -> StandardStream.Failure? {
        do throws(StandardStream.Failure) {
            try stream.write(bytes)
            return nil
        } catch {
            return error
        }
    }

    /// Gives the write the time to fill what it writes to.
    func expectsToWait() throws {
        usleep(300_000)
        try #require(result.withLock { $0 == nil })
    }

    /// How the write ended; nil if everything was written.
    func failure() throws -> StandardStream.Failure? {
        for _ in 0..<6000 {
            if let ended = result.withLock({ $0 }) { return ended }
            usleep(10_000)
        }
        throw StillWaiting()
    }

    struct StillWaiting: Error {}
}
