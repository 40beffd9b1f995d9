/// The `errors` of a GraphQL answer, sorted by what they are about.
struct GraphQLErrors {
    enum Kind: Equatable {
        case credentials, rateLimit, server, other
    }

    /// `errors[0].message`, as the vendor's client shows it (FACTS.md), with the number of the others.
    let message: String
    let kind: Kind

    /// Nil if there are none: no `errors`, null, or an empty list.
    init?(_ value: JSONValue?) {
        let errors: [JSONValue]
        switch value {
        case nil, .null?: return nil
        case .array(let list)?: errors = list
        case let other?: errors = [other]
        }
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
