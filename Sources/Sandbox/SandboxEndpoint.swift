import JSONReading
import Synchronization

/// Handles HTTP requests: checks credentials and the rate limit, injects faults, and executes the operation.
final class SandboxEndpoint: Sendable {
    private struct Content {
        var generator: SplitMix
        var bucket: TokenBucket?
        var counts = Counts()
    }

    let company: SandboxCompany
    private let options: SandboxOptions
    private let engine: Engine
    private let content: Mutex<Content>

    init(_ options: SandboxOptions) throws {
        self.options = options
        company = SandboxCompany(options.workspace)
        engine = Engine(schema: try Schema(parsing: String(decoding: PackageResources.schema_graphql, as: UTF8.self)))
        content = Mutex(
            Content(
                generator: SplitMix(seed: options.workspace.seed ^ 0xfa17),
                bucket: options.rateLimit.map(TokenBucket.init)))
    }

    func get(_ path: String) -> Reply {
        switch path {
        case "/__sandbox/invites":
            Reply(body: Array(JSONValue.object(company.invites.mapValues(JSONValue.integer)).json.utf8))
        case "/__sandbox/requests":
            Reply(body: Array(content.withLock(\.counts).json.utf8))
        default: .failure(405, "Use POST for GraphQL requests")
        }
    }

    func post(_ body: [UInt8], now: ContinuousClock.Instant = .now, header: (String) -> String?) -> Reply {
        let verdict = CredentialCheck.verdict(header)
        if verdict == .refused { return refuseCredentials("Unauthorized: the API key, secret or token is not known") }
        let wait = content.withLock { content in
            let wait = content.bucket?.take(now: now)
            if wait != nil { content.counts.rateLimited += 1 }
            return wait
        }
        if let wait { return tooMany(retryAfter: wait) }
        guard isJSON(header("Content-Type")) else {
            return .failure(415, "The request's Content-Type is not application/json")
        }
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
        return reply(to: prepared, in: workspace(verdict), with: fault)
    }

    /// The workspace for a verdict; the first one if the verdict names none, in which case only workspaces are listed.
    private func workspace(_ verdict: CredentialCheck.Verdict) -> WorkspaceState {
        if case .full(let uid) = verdict { company.workspace(uid) } else { company.main }
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
        let request: JSONValue
        do {
            request = try JSONDocument(body).root
        } catch {
            return .failure(.failure(400, "The body is " + (error.problem.map { "JSON " + $0 } ?? "not a JSON object")))
        }
        guard let fields = request.members else { return .failure(.failure(400, "The body is not a JSON object")) }
        guard let query = fields["query"]?.text else { return .failure(.failure(400, "Must provide query string.")) }
        let variables = fields["variables"] ?? .null
        guard variables == .null || variables.members != nil else {
            return .failure(.failure(400, "Variables are not a JSON object"))
        }
        let name = fields["operationName"] ?? .null
        guard name == .null || name.text != nil else {
            return .failure(.failure(400, "operationName is not a string"))
        }
        do {
            return .success(
                try engine.prepare(query, operationName: name.text, variables: variables.members ?? [:]))
        } catch {
            return .failure(.failure(400, error.errors))
        }
    }

    /// Ignores parameters such as a charset, because JSON is UTF-8 (RFC 8259 section 8.1).
    private func isJSON(_ contentType: String?) -> Bool {
        contentType?.lowercased().split(separator: ";").first?.split(separator: " ") == ["application/json"]
    }

    private func tooMany(retryAfter seconds: Int) -> Reply {
        var reply = Reply.failure(429, "Too many requests")
        reply.retryAfter = String(seconds)
        return reply
    }

    private func reply(
        to operation: Engine.Prepared, in state: WorkspaceState, with fault: Fault?
    ) -> Reply {
        var root = WorkspaceRoot(state: state)
        switch fault {
        case .internalError: return .failure(500, "Internal server error")
        case .badGateway: return .page(502, "502 Bad Gateway")
        case .unavailable: return .failure(503, "Service unavailable")
        case .tooMany: return tooMany(retryAfter: 1)
        case .reset: return Reply(ending: .reset)
        case .html: return .page(200, "Sign in")
        case .notok: root.refusal = .notOK
        case .error: root.refusal = .error
        case .stale: root.isStale = true
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
