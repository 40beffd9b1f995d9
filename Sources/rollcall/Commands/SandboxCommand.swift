import ArgumentParser
import Domain
import Foundation
import Sandbox
import TerminalIO

/// `rollcall sandbox`
struct SandboxCommand: RollcallCommand {
    static let configuration = CommandConfiguration(
        commandName: "sandbox",
        abstract: "Run a local mock API with configurable faults.",
        usage: "rollcall sandbox [<options>]",
        discussion: """
            The key is sandbox-key and the secret is sandbox-secret. The URL is printed to standard output. \
            /__sandbox/invites shows how often each address was invited.

            Faults: \(Fault.allCases.map(\.rawValue).joined(separator: ", "))

            Examples:
              rollcall sandbox
              rollcall sandbox --port 8080 --users 1000 --latency 50ms
              rollcall sandbox --fault lost=0.05 --fault 500=0.05 --rate-limit 50/s
            """)

    @Option(help: ArgumentHelp("The port; 0 selects a free one.", valueName: "number"))
    var port = 8787

    @Option(help: ArgumentHelp("The number of active users.", valueName: "N"))
    var users = 25

    @Option(help: ArgumentHelp("Seed for a reproducible workspace and faults.", valueName: "N"))
    var seed: UInt64 = 1

    @Option(help: ArgumentHelp("Delay of each response, for example 50ms.", valueName: "time"))
    var latency: String?

    @Option(
        help: ArgumentHelp("Rate limit, for example 20/s; requests beyond it get 429.", valueName: "N/s"))
    var rateLimit: String?

    @Option(
        help: ArgumentHelp("A fault and its probability, 0 to 1. Can be repeated.", valueName: "kind=rate"),
        completion: .fault)
    var fault: [String] = []

    @OptionGroup(title: CommonOptions.title) var common: CommonOptions

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("--port must be between 0 and 65535.") }
        guard (0...1_000_000).contains(users) else { throw ValidationError("--users must be between 0 and 1000000.") }
        _ = try sandboxOptions()
    }

    func run(on console: Console) async throws {
        let options = try sandboxOptions()
        do {
            try await SandboxServer.run(options: options) { port in
                let address = "http://127.0.0.1:\(port)/"
                console.output.announce(JSONMember("url", address), text: address)
                console.say(
                    "Serving \(users.counted("user")) with the key sandbox-key and the secret sandbox-secret. Press Ctrl-C to stop."
                )
            }
        } catch let error as PortUnavailable {
            throw CommandFailure(.nothingSent, error.sentence)
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
