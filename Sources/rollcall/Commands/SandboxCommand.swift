import ArgumentParser
import Domain
import Foundation
import Sandbox
import TerminalIO

/// `rollcall sandbox`
struct SandboxCommand: RollcallCommand {
    static let configuration = CommandConfiguration(
        commandName: "sandbox",
        abstract: "Serve a stand-in for the API on this machine, with faults to order.",
        usage: "rollcall sandbox [<options>]",
        discussion: """
            The key is sandbox-key, the secret sandbox-secret. The address is printed on standard output; how often \
            each address was invited is at /__sandbox/invites.

            Faults: \(Fault.allCases.map(\.rawValue).joined(separator: ", "))

            Examples:
              rollcall sandbox
              rollcall sandbox --port 8080 --users 1000 --latency 50ms
              rollcall sandbox --fault lost=0.05 --fault 500=0.05 --rate-limit 50/s
            """)

    @Option(help: ArgumentHelp("The port; 0 takes a free one.", valueName: "number"))
    var port = 8787

    @Option(help: ArgumentHelp("How many active users the workspace has.", valueName: "N"))
    var users = 25

    @Option(help: ArgumentHelp("Makes the same workspace and the same faults again.", valueName: "N"))
    var seed: UInt64 = 1

    @Option(help: ArgumentHelp("How long each answer takes, for example 50ms.", valueName: "time"))
    var latency: String?

    @Option(
        help: ArgumentHelp("How many requests are answered, for example 20/s; the others get 429.", valueName: "N/s"))
    var rateLimit: String?

    @Option(
        help: ArgumentHelp("A fault and how often it happens, 0 to 1. May be given again.", valueName: "kind=rate"),
        completion: .fault)
    var fault: [String] = []

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("--port is between 0 and 65535.") }
        guard (0...1_000_000).contains(users) else { throw ValidationError("--users is between 0 and 1000000.") }
        _ = try sandboxOptions()
    }

    func run(on console: Console) async throws {
        let options = try sandboxOptions()
        try await SandboxServer.run(options: options) { port in
            let address = "http://127.0.0.1:\(port)/"
            console.output.announce(JSONMember("url", address), text: address)
            console.say("Serving \(users.counted("user")) with key sandbox-key, secret sandbox-secret. Ctrl-C ends it.")
        }
    }

    private func sandboxOptions() throws -> SandboxOptions {
        var options = SandboxOptions()
        options.port = port
        options.workspace = WorkspaceSeed(users: users, seed: seed)
        do {
            if let latency { options.latency = try Delay(parsing: latency).duration }
            if let rateLimit { options.rateLimit = try Rate(parsing: rateLimit) }
            for text in fault { options.faults = try options.faults.adding(try FaultPlan(parsing: text)) }
        } catch {
            throw ValidationError(error.description)
        }
        return options
    }
}
