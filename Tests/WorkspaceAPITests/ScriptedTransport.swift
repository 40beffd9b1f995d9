import Foundation
import Synchronization
import Testing

@testable import WorkspaceAPI

/// A transport that gives the answers it was set up with, in order, and fails the test beyond them.
final class ScriptedTransport: Transport {
    private let state: Mutex<(left: [Result<TransportResponse, TransportFailure>], seen: [TransportRequest])>

    init(_ answers: [Result<TransportResponse, TransportFailure>]) {
        state = Mutex((answers, []))
    }

    var seen: [TransportRequest] { state.withLock { $0.seen } }

    func post(_ request: TransportRequest) async throws(TransportFailure) -> TransportResponse {
        let next = state.withLock { state in
            state.seen.append(request)
            return state.left.isEmpty ? nil : state.left.removeFirst()
        }
        guard let next else {
            Issue.record("a request that the test did not expect")
            throw .lost(reason: "unexpected")
        }
        return try next.get()
    }

    func shutdown() async throws {}
}

/// A clock on which every pause is over at once, and is written down.
final class InstantClock: Clock {
    struct Instant: InstantProtocol {
        var offset: Duration
        func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        func duration(to other: Instant) -> Duration { other.offset - offset }
        static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private let state = Mutex<(now: Instant, pauses: [Duration])>((Instant(offset: .zero), []))

    var now: Instant { state.withLock { $0.now } }
    var minimumResolution: Duration { .zero }
    var pauses: [Duration] { state.withLock { $0.pauses } }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        state.withLock { state in
            state.pauses.append(state.now.duration(to: deadline))
            state.now = max(state.now, deadline)
        }
    }
}

extension Result<TransportResponse, TransportFailure> {
    static func answer(_ status: Int, _ body: String, _ headers: [(name: String, value: String)] = []) -> Self {
        let head = headers.map { "\($0.name): \($0.value)\r\n" }.joined()
        return .success(TransportResponse(status: status, head: head, body: ResponseBody(Data(body.utf8))))
    }
}
