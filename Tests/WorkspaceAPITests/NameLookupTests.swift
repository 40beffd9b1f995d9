import CLibraryFaults
import Foundation
import Testing

@testable import WorkspaceAPI

/// A name lookup that hangs takes nothing else with it. No time is measured: everything has to happen while it hangs.
@Suite(.serialized) struct NameLookupTests {
    @Test(.enabled(if: TLSServer.isAvailable, "python3 or openssl is missing"))
    func `a lookup that hangs blocks neither its own timeout, nor other requests, nor the shutdown`() async throws {
        let server = try TLSServer("plain")
        defer { faults_release_lookups() }
        let slow = try transport(to: server, as: faults_slow_name)
        try #require(await slow.post(timeout: .seconds(2)).whyNeverSent == "connecting took too long")
        #expect(faults_blocked_lookups() == 1)
        #expect(await slow.post().text?.contains("ok") == true)
        #expect(faults_blocked_lookups() == 1)
        try await slow.shutdown()
        #expect(faults_blocked_lookups() == 1)

        let stuck = try transport(to: server, as: faults_stuck_name)
        async let outcome = stuck.post()
        while faults_lookups_so_far() < 2 { await Task.yield() }
        try await stuck.shutdown()
        #expect(await outcome.whyNeverSent == "the connection could not be made")
        #expect(faults_blocked_lookups() == 2)
    }

    private func transport(to server: TLSServer, as name: String) throws -> PooledTransport {
        try .to(server.url.replacing("127.0.0.1", with: name), certificates: server.certificate)
    }
}
