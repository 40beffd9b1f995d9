import Domain
import Foundation

@testable import Sandbox

/// A sandbox asked without a socket.
struct Desk {
    static let fullKey = ["X-API-KEY": "sandbox-key", "X-API-SECRET": "sandbox-secret"]

    let endpoint: SandboxEndpoint
    var state: WorkspaceState { endpoint.company.main }

    init(users: Int = 2, faults: String? = nil, rateLimit: String? = nil) throws {
        var options = SandboxOptions()
        options.workspace = WorkspaceSeed(users: users)
        if let faults { options.faults = try FaultPlan(parsing: faults) }
        options.rateLimit = try rateLimit.map { try Rate(parsing: $0) }
        endpoint = try SandboxEndpoint(options)
    }

    /// Sends a body as it is.
    func post(
        _ body: [UInt8], as credentials: [String: String] = fullKey, contentType: String? = "application/json",
        now: ContinuousClock.Instant = .now
    ) -> Answer {
        let reply = endpoint.post(body, now: now) { name in
            name == "Content-Type" ? contentType : credentials[name]
        }
        return Answer(reply)
    }

    /// Sends a document in a well-formed request; `variables` and `operationName` are JSON.
    func ask(
        _ query: String, variables: String? = nil, operationName: String? = nil,
        as credentials: [String: String] = fullKey, now: ContinuousClock.Instant = .now
    ) -> Answer {
        var body = "{\"query\":" + Self.quoted(query)
        if let variables { body += ",\"variables\":" + variables }
        if let operationName { body += ",\"operationName\":" + operationName }
        return post(Array((body + "}").utf8), as: credentials, now: now)
    }

    /// A text as JSON, by another writer than the sandbox's own.
    static func quoted(_ text: String) -> String {
        (try? JSONEncoder().encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
}

/// What came back, read by another reader than the sandbox's own.
struct Answer {
    var reply: Reply
    var status: Int { reply.status }
    var text: String { String(decoding: reply.body, as: UTF8.self) }

    /// The errors' messages; empty if there are none or the body is not JSON.
    var messages: [String] { content?.errors?.map(\.message) ?? [] }
    var isJSON: Bool { content != nil }
    /// Whether there is a field `data`, which is only there once something was executed.
    var hasData: Bool { text.contains("\"data\"") }

    init(_ reply: Reply) { self.reply = reply }

    private var content: Content? { try? JSONDecoder().decode(Content.self, from: Data(reply.body)) }

    private struct Content: Decodable {
        struct Problem: Decodable { var message: String }
        var errors: [Problem]?
    }
}

/// Everything that a change in the workspace would change.
struct Snapshot: Equatable {
    var text: String

    init(_ state: WorkspaceState) {
        let roster = state.roster
        text = "\(roster.active) \(roster.invited) \(state.invites.sorted { $0.key < $1.key })"
    }
}
