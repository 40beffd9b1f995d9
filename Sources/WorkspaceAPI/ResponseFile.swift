import Domain
import Foundation
import Synchronization

/// A file that takes the body of a response piece by piece, for responses that need not fit into memory.
///
/// Only its owner can read it. Delete it if the response turns out to be unusable.
final class ResponseFile: Sendable {
    private struct State {
        var descriptor: Int32
        var count = 0
        var problem: String?
    }

    /// The path of the file.
    let path: String
    private let state: Mutex<State>

    /// How many bytes stay free on the disk. The room is checked once for each of these many bytes, so a short response
    /// can also be stored on a full disk.
    private static let reserve = 64 << 20

    /// Creates the file.
    ///
    /// - Throws: ``WriteFailure`` if it exists or cannot be created.
    init(path: String) throws(WriteFailure) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw .last(path) }
        self.path = path
        state = Mutex(State(descriptor: descriptor))
    }

    deinit { state.withLock { _ = close($0.descriptor) } }

    /// The number of bytes so far.
    var count: Int { state.withLock { $0.count } }

    /// Why the file could not take a piece; nil if it took all.
    var problem: String? { state.withLock { $0.problem } }

    /// The first bytes, for a message about a response that is not JSON.
    var beginning: Data {
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = state.withLock { pread($0.descriptor, &bytes, bytes.count, 0) }
        return Data(bytes.prefix(max(0, count)))
    }

    /// Empties the file for another attempt.
    func restart() {
        state.withLock { state in
            state.count = 0
            state.problem = nil
            if ftruncate(state.descriptor, 0) != 0 || lseek(state.descriptor, 0, SEEK_SET) != 0 {
                state.problem = Self.lastProblem
            }
        }
    }

    /// Appends a piece.
    ///
    /// - Returns: false if that is not possible; ``problem`` says why.
    func take(_ piece: UnsafeRawBufferPointer) -> Bool {
        state.withLock { state in
            guard state.problem == nil else { return false }
            let isNextPart = (state.count + piece.count) / Self.reserve > state.count / Self.reserve
            if isNextPart, let free = Self.free(state.descriptor), free < 2 * Self.reserve {
                state.problem = "the response could not be stored: the disk is almost full (\(free.grouped) bytes free)"
                return false
            }
            var left = piece[...]
            while !left.isEmpty {
                let written = write(state.descriptor, UnsafeRawBufferPointer(rebasing: left).baseAddress, left.count)
                if written < 0, errno == EINTR { continue }
                guard written > 0 else {
                    state.problem = Self.lastProblem
                    return false
                }
                left = left.dropFirst(written)
                state.count += written
            }
            return true
        }
    }

    /// Makes the content durable.
    ///
    /// - Throws: ``WriteFailure`` with the operating system's reason.
    func sync() throws(WriteFailure) {
        guard state.withLock({ fsync($0.descriptor) }) == 0 else { throw .last(path) }
    }

    private static var lastProblem: String { "the response could not be stored: " + String(cString: strerror(errno)) }

    private static func free(_ descriptor: Int32) -> Int? {
        var status = statvfs()
        guard fstatvfs(descriptor, &status) == 0 else { return nil }
        return Int(clamping: UInt64(status.f_bavail) * UInt64(status.f_frsize))
    }
}
