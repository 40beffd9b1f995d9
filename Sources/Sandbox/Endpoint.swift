import Synchronization

/// What to send back; decided without a socket, so that it can be tested without one.
struct Reply: Sendable {
    enum Ending: Sendable { case answered, closed, reset }

    var status = 200
    var body: [UInt8] = []
    var contentType = "application/json; charset=utf-8"
    var retryAfter: String?
    var delay = Duration.zero
    var ending = Ending.answered

    static func failure(_ status: Int, _ message: String) -> Reply {
        failure(status, [GraphQLError(message: message)])
    }

    static func failure(_ status: Int, _ errors: [GraphQLError]) -> Reply {
        var writer = JSONWriter()
        writer.raw("{")
        writer.errors(errors)
        writer.raw("}")
        return Reply(status: status, body: writer.bytes)
    }

    static func page(_ status: Int, _ title: String) -> Reply {
        let page = "<!DOCTYPE html><html><head><title>\(title)</title></head><body><h1>\(title)</h1></body></html>"
        return Reply(status: status, body: Array(page.utf8), contentType: "text/html; charset=utf-8")
    }
}

/// The API behind HTTP: credentials, rate limit, faults, and then the operation.
final class Endpoint: Sendable {
    private struct Content {
        var generator: SplitMix
        var bucket: TokenBucket?
        var counts = Counts()
    }

    let state: WorkspaceState
    private let options: SandboxOptions
    private let engine: Engine
    private let content: Mutex<Content>

    init(_ options: SandboxOptions) throws {
        self.options = options
        state = WorkspaceState(options.workspace.roster())
        engine = Engine(schema: try Schema(parsing: WorkspaceSchema.text))
        content = Mutex(
            Content(
                generator: SplitMix(seed: options.workspace.seed ^ 0xfa17),
                bucket: options.rateLimit.map { TokenBucket($0, now: .now) }))
    }

    func get(_ path: String) -> Reply {
        switch path {
        case "/__sandbox/invites":
            Reply(body: Array(JSONValue.object(state.invites.mapValues(JSONValue.integer)).text.utf8))
        case "/__sandbox/requests":
            Reply(body: Array(content.withLock(\.counts).json.utf8))
        default: .failure(405, "GraphQL is asked with POST")
        }
    }

    func post(_ body: [UInt8], now: ContinuousClock.Instant = .now, header: (String) -> String?) -> Reply {
        let verdict = Credentials.verdict(header)
        if verdict == .refused { return refuseCredentials("Unauthorized: the API key, secret or token is not known") }
        let isWithinRate = content.withLock { content in
            let isWithin = content.bucket?.take(now: now) ?? true
            if !isWithin { content.counts.rateLimited += 1 }
            return isWithin
        }
        guard isWithinRate else { return tooMany }
        let prepared: Engine.Prepared
        switch prepare(body) {
        case .failure(let reply): return reply
        case .success(let operation): prepared = operation
        }
        let isListing = prepared.fields.allSatisfy { $0.name == "listWorkspaces" || $0.name == "__typename" }
        if verdict == .needsWorkspace, !isListing {
            return refuseCredentials("Unauthorized: X-Paradime-Workspace does not name a workspace")
        }
        let isMutation = prepared.kind == .mutation
        if isMutation, verdict == .readOnly { return .failure(403, "Forbidden: the API key cannot change users") }
        let fault = content.withLock { content in
            for field in prepared.fields { content.counts.operations[field.name, default: 0] += 1 }
            let fault = options.faults.draw(isMutation: isMutation, from: &content.generator)
            if let fault { content.counts.faults[fault.rawValue, default: 0] += 1 }
            return fault
        }
        return reply(to: prepared, with: fault)
    }

    private func refuseCredentials(_ message: String) -> Reply {
        content.withLock { $0.counts.credentialsRefused += 1 }
        return .failure(401, message)
    }

    private enum Preparation {
        case success(Engine.Prepared)
        case failure(Reply)
    }

    private func prepare(_ body: [UInt8]) -> Preparation {
        guard let request = try? JSONReader.value(of: body), let fields = request.object else {
            return .failure(.failure(400, "The body is not a JSON object"))
        }
        guard let query = fields["query"]?.string else { return .failure(.failure(400, "Must provide query string.")) }
        let variables = fields["variables"] ?? .null
        guard variables == .null || variables.object != nil else {
            return .failure(.failure(400, "Variables are not a JSON object"))
        }
        let name = fields["operationName"] ?? .null
        guard name == .null || name.string != nil else {
            return .failure(.failure(400, "The operation's name is not a string"))
        }
        do {
            return .success(
                try engine.prepare(query, operationName: name.string, variables: variables.object ?? [:]))
        } catch {
            return .failure(.failure(400, error.errors))
        }
    }

    private var tooMany: Reply {
        var reply = Reply.failure(429, "Too many requests")
        reply.retryAfter = "1"
        return reply
    }

    private func reply(to operation: Engine.Prepared, with fault: Fault?) -> Reply {
        var root = WorkspaceRoot(state: state)
        switch fault {
        case .internalError: return .failure(500, "Internal server error")
        case .badGateway: return .page(502, "502 Bad Gateway")
        case .unavailable: return .failure(503, "Service unavailable")
        case .tooMany: return tooMany
        case .reset: return Reply(ending: .reset)
        case .html: return .page(200, "Sign in")
        case .notok: root.refusal = .notOK
        case .error: root.refusal = .error
        case .lost, .slow, .cut, nil: break
        }
        if fault == .error, operation.kind == .query {
            return Reply(
                body: Array("{\"data\":null,\"errors\":[{\"message\":\"Internal error, please try again\"}]}".utf8))
        }
        var reply = Reply(body: operation.answer(from: root))
        switch fault {
        case .lost: reply.ending = .closed
        case .slow: reply.delay = options.slow
        case .cut: reply.body.removeLast(reply.body.count / 2)
        default: break
        }
        return reply
    }
}
