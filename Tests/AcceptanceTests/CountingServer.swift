import Foundation
import Testing

/// An API that counts the emails it sends, with faults to order; see counting_server.py.
final class CountingServer {
    /// What a second invite of the same address does. Nobody knows what the real API does, so all of it is tested.
    enum SecondInvite: String, CaseIterable, Sendable { case refuses, ok, mails }

    private let running: Running
    private let rollcall: Rollcall
    private let url: String

    /// - Parameter config: as counting_server.py has it, without `second`.
    init(_ rollcall: Rollcall, second: SecondInvite, _ config: String = "") throws {
        self.rollcall = rollcall
        let program = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("counting_server.py").path
        let config = "{\"second\": \"\(second.rawValue)\"\(config.isEmpty ? "" : ", " + config)}"
        running = try Running(
            [program, config], of: URL(fileURLWithPath: "/usr/bin/python3"), folder: rollcall.folder,
            environment: ["PATH": rollcall.environment["PATH"] ?? ""], input: nil)
        let port = try running.firstLine()
        url = "http://127.0.0.1:\(port)/"
        rollcall.environment["PARADIME_API_ENDPOINT"] = url
        rollcall.environment["PARADIME_API_KEY"] = "key"
        rollcall.environment["PARADIME_API_SECRET"] = "secret"
    }

    deinit {
        running.signal(SIGKILL)
        running.process.waitUntilExit()
    }

    /// How many emails each address got from requests of the program.
    func mails() throws -> [String: Int] {
        try JSONDecoder().decode([String: Int].self, from: Data(rollcall.shell("curl -s \(url)counts").utf8))
    }

    /// How many requests there were: `list` and `mutations`.
    func requests() throws -> [String: Int] {
        try JSONDecoder().decode([String: Int].self, from: Data(rollcall.shell("curl -s \(url)requests").utf8))
    }

    /// From now on something else goes wrong, or other users are there.
    func change(_ config: String) throws { try rollcall.shell("curl -s -d '{\(config)}' \(url)config") }

    /// A colleague invites somebody by hand.
    func inviteByHand(_ email: String) throws {
        try rollcall.shell("curl -s -d '{\"email\": \"\(email)\"}' \(url)invite")
    }
}
