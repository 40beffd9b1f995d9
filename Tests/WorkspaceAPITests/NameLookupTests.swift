import CCourier
import CLibraryFaults
import Foundation
import Testing

/// A name lookup that hangs takes nothing else with it. No time is measured: everything has to happen while it hangs.
///
/// On a busy machine a task may wait for its turn until the lookup is over. So a thread of its own does the work, and what
/// is true at the end of a request is noted on the courier's thread.
@Suite struct NameLookupTests {
    @Test(.enabled(if: TLSServer.isAvailable, "python3 or openssl is missing"))
    func `a lookup that hangs blocks neither its own timeout, nor other requests, nor the shutdown`() async throws {
        let server = try TLSServer("plain")
        let (port, certificate) = (server.port, server.certificate)
        let seen = await withCheckedContinuation { continuation in
            Thread { continuation.resume(returning: Self.seen(port, certificate)) }.start()
        }
        #expect(seen.timedOut == Seen.End(end: courier_timed_out, began: 0, blockedLookups: 1))
        #expect(seen.answered == Seen.End(end: courier_answered, began: 1, blockedLookups: 1))
        #expect(seen.blockedAfterFirstClose == 1)
        #expect(seen.shutDown == Seen.End(end: courier_not_made, began: 0, blockedLookups: 2))
        #expect(seen.blockedAfterSecondClose == 2)
        withExtendedLifetime(server) {}
    }

    private struct Seen {
        struct End: Equatable {
            var end = courier_answered
            var began: Int32 = -1
            var blockedLookups: Int32 = -1
        }
        var timedOut = End()
        var answered = End()
        var blockedAfterFirstClose: Int32 = -1
        var shutDown = End()
        var blockedAfterSecondClose: Int32 = -1
    }

    private static func seen(_ port: Int, _ certificate: String) -> Seen {
        defer { faults_release_lookups() }
        var seen = Seen()
        guard let slow = courier(to: "https://\(faults_slow_name):\(port)/", certificate) else { return seen }
        seen.timedOut = Request(to: slow, connectTimeout: 1000).wait()
        seen.answered = Request(to: slow, connectTimeout: 30_000).wait()
        courier_close(slow)
        seen.blockedAfterFirstClose = faults_blocked_lookups()

        guard let stuck = courier(to: "https://\(faults_stuck_name):\(port)/", certificate) else { return seen }
        let before = faults_lookups_so_far()
        let request = Request(to: stuck, connectTimeout: 30_000)
        while faults_lookups_so_far() == before { usleep(1000) }
        courier_close(stuck)
        seen.blockedAfterSecondClose = faults_blocked_lookups()
        seen.shutDown = request.wait()
        return seen
    }

    private static func courier(to url: String, _ certificate: String) -> OpaquePointer? {
        url.withCString { url in
            certificate.withCString { certificate in
                withUnsafePointer(to: nil as UnsafePointer<CChar>?) { noHeaders in
                    var settings = courier_settings()
                    settings.url = url
                    settings.headers = noHeaders
                    settings.connections = 4
                    settings.idle_seconds = 4
                    settings.certificates = certificate
                    var problem = [CChar](repeating: 0, count: Int(courier_problem_room))
                    return courier_new(&settings, &problem)
                }
            }
        }
    }

    /// A request, and what was so when it ended.
    private final class Request {
        private let isOver = DispatchSemaphore(value: 0)
        private var end = Seen.End()

        init(to courier: OpaquePointer, connectTimeout: Int) {
            var request = courier_request()
            request.timeout = 60_000
            request.connect_timeout = connectTimeout
            request.limit = 1_000_000
            request.context = Unmanaged.passRetained(self).toOpaque()
            request.done = { context, result in
                guard let context, let result = result?.pointee else { return }
                let request = Unmanaged<Request>.fromOpaque(context).takeRetainedValue()
                free(result.body)
                request.end = Seen.End(
                    end: result.end, began: result.began, blockedLookups: faults_blocked_lookups())
                request.isOver.signal()
            }
            "{}".withCString { body in
                request.body = UnsafeRawPointer(body)
                request.body_count = 2
                courier_post(courier, &request)
            }
        }

        func wait() -> Seen.End {
            isOver.wait()
            return end
        }
    }
}
