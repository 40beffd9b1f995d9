/// The `errors` of a GraphQL answer, sorted by what they are about.
struct GraphQLErrors {
    enum Kind: Equatable {
        case credentials, rateLimit, server, other
    }

    /// `errors[0].message`, as the vendor's client shows it (FACTS.md), with the number of the others.
    let message: String
    let kind: Kind

    /// Nil if there are none: no `errors`, null, or an empty list.
    init?(_ value: JSONValue?) { self.init(Self.list(value)) }

    static func list(_ value: JSONValue?) -> [JSONValue] {
        switch value {
        case nil, .null?: []
        case .array(let list)?: list
        case let other?: [other]
        }
    }

    /// Nil if there are none.
    init?(_ errors: [JSONValue]) {
        guard let first = errors.first else { return nil }
        let text = first["message"]?.text ?? first.text ?? "an error without a message"
        message = errors.count > 1 ? "\(text) (and \(errors.count - 1) more)" : text
        let kinds = errors.map(Self.kind)
        kind = [.credentials, .rateLimit, .server].first(where: kinds.contains) ?? .other
    }

    private static func kind(of error: JSONValue) -> Kind {
        switch error["extensions"]?["code"]?.text?.uppercased() {
        case "UNAUTHENTICATED", "UNAUTHORIZED", "FORBIDDEN": return .credentials
        case "RATE_LIMITED", "TOO_MANY_REQUESTS", "THROTTLED": return .rateLimit
        case "INTERNAL_SERVER_ERROR": return .server
        default: break
        }
        let message = (error["message"]?.text ?? error.text ?? "").lowercased()
        return credentialWords.contains(where: message.contains) ? .credentials : .other
    }

    /// Few and plain: ending a whole run because of one row's message would be worse than refusing the row.
    private static let credentialWords = [
        "unauthorized", "unauthorised", "unauthenticated", "not authenticated", "not authorized", "not authorised",
        "permission denied", "forbidden", "invalid api key", "invalid api secret", "invalid credentials",
        "invalid token",
    ]
}

/// The errors of an answer, by the operation that they are about.
struct SortedErrors {
    /// By the field of `data` that their path begins with.
    private(set) var own: [String: GraphQLErrors] = [:]
    /// Those that name none; in a request for one operation, all.
    let general: GraphQLErrors?

    init(_ value: JSONValue?, of request: OperationRequest) {
        let errors = GraphQLErrors.list(value)
        guard request.isBatch else {
            general = GraphQLErrors(errors)
            return
        }
        let fields = Set(request.operations.indices.map(request.field))
        var found: [String: [JSONValue]] = [:]
        var rest: [JSONValue] = []
        for error in errors {
            if case .array(let path)? = error["path"], let field = path.first?.text, fields.contains(field) {
                found[field, default: []].append(error)
            } else {
                rest.append(error)
            }
        }
        own = found.compactMapValues(GraphQLErrors.init)
        general = GraphQLErrors(rest)
    }
}
