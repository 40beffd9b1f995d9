import Domain
import Foundation
import JSONReading

/// One of the `errors` in a GraphQL response.
struct GraphQLErrorEntry {
    /// The kind of error, by its code or, without a known code, by its message.
    enum Kind: Equatable {
        case credentials, rateLimit, server, request, other
    }

    let message: String
    let kind: Kind
    /// How long to wait, if the error says so.
    let retryAfter: Duration?
    /// The members of `data` in its path; nil without a path.
    let path: [String]?

    init(_ error: JSONValue) {
        message = error["message"]?.text ?? error.text ?? "an error without a message"
        let extensions = error["extensions"]
        kind = Self.kind(codes: Self.codes(of: error, extensions), message: message.lowercased())
        retryAfter =
            ["retryAfter", "retry_after", "retryAfterSeconds"].lazy
            .compactMap { extensions?[$0] ?? error[$0] }.compactMap(RetryAfter.seconds).first
        path = Self.path(error["path"])
    }

    /// Some servers return a single name instead of a list.
    private static func path(_ value: JSONValue?) -> [String]? {
        switch value {
        case .array(let path)? where !path.isEmpty: path.compactMap(\.text)
        case .string(let name)?: [name]
        default: nil
        }
    }

    private static func codes(of error: JSONValue, _ extensions: JSONValue?) -> [String] {
        let places = [extensions, extensions?["http"], extensions?["exception"], error]
        return places.flatMap { place in
            ["code", "status", "statusCode", "classification", "type"].compactMap { place?[$0]?.code }
        }
    }

    private static func kind(codes: [String], message: String) -> Kind {
        let isThrottled =
            codes.contains { code in throttlingCodes.contains(where: code.contains) || code == "429" }
            || throttlingWords.contains(where: message.contains)
        if isThrottled { return .rateLimit }
        if codes.contains(where: credentialCodes.contains) { return .credentials }
        if codes.contains(where: { code in serverCodes.contains(where: code.contains) || code.isServerStatus }) {
            return .server
        }
        if codes.contains(where: { code in requestCodes.contains(where: code.contains) }) { return .request }
        if credentialWords.contains(where: message.contains) { return .credentials }
        if serverWords.contains(where: message.contains) { return .server }
        return .other
    }

    private static let throttlingCodes = [
        "RATE_LIMIT", "RATELIMIT", "TOO_MANY_REQUESTS", "THROTTL", "RESOURCE_EXHAUSTED", "QUOTA_EXCEEDED",
    ]
    private static let throttlingWords = [
        "too many requests", "rate exceeded", "rate limit", "rate-limit", "ratelimit", "rate_limit",
        "throttl", "resource exhausted", "resource_exhausted", "request limit", "request quota", "slow down",
    ]
    private static let credentialCodes: Set = [
        "UNAUTHENTICATED", "UNAUTHORIZED", "FORBIDDEN", "ACCESS_DENIED", "PERMISSION_DENIED", "INVALID_TOKEN",
        "TOKEN_EXPIRED", "INVALID_API_KEY", "API_KEY_EXPIRED", "401", "403",
    ]
    private static let credentialWords = [
        "unauthorized", "unauthorised", "unauthenticated", "not authenticated", "not authorized", "not authorised",
        "permission denied", "access denied", "forbidden", "invalid api key", "invalid api secret",
        "invalid credentials", "invalid token", "key expired", "key has expired", "token expired", "token has expired",
        "secret expired", "credentials expired", "session expired",
    ]
    private static let serverCodes = ["INTERNAL", "TIMEOUT", "UNAVAILABLE", "DOWNSTREAM", "BAD_GATEWAY", "DATABASE"]
    private static let serverWords = [
        "internal error", "internal server", "timed out", "timeout", "time-out", "unavailable", "unexpected error",
        "try again", "deadlock", "bad gateway",
    ]
    private static let requestCodes = [
        "VALIDATION", "BAD_USER_INPUT", "BAD_REQUEST", "PARSE_FAILED", "COMPLEXITY", "OPERATION_RESOLUTION",
    ]
}

extension String {
    /// `502` and the like.
    fileprivate var isServerStatus: Bool { count == 3 && first == "5" && allSatisfy(\.isNumber) }
}

extension JSONValue {
    /// A code in upper case; may be a number.
    fileprivate var code: String? {
        switch self {
        case .string(let text): text.uppercased().replacing(#/[ -]/#, with: "_")
        case .integer(let number): String(number)
        case .number(let number): Int(exactly: number.rounded()).map(String.init)
        default: nil
        }
    }
}

/// Combines several errors of a GraphQL response about the same operation.
struct GraphQLErrors: Equatable {
    typealias Kind = GraphQLErrorEntry.Kind

    /// `errors[0].message`, as the vendor's client shows it (docs/api.md), with the number of further errors.
    let message: String
    let kind: Kind
    let retryAfter: Duration?
    let hasPath: Bool

    /// nil if there are none: no `errors`, null, or an empty list.
    init?(_ value: JSONValue?) { self.init(Self.list(value).map(GraphQLErrorEntry.init)) }

    static func list(_ value: JSONValue?) -> [JSONValue] {
        switch value {
        case nil, .null?: []
        case .array(let list)?: list
        case let other?: [other]
        }
    }

    /// nil if there are none.
    init?(_ errors: [GraphQLErrorEntry]) {
        guard let first = errors.first else { return nil }
        message = errors.count > 1 ? "\(first.message) (and \(errors.count - 1) more)" : first.message
        let kinds = errors.map(\.kind)
        kind = [Kind.rateLimit, .credentials, .server, .request].first(where: kinds.contains) ?? .other
        retryAfter = errors.compactMap(\.retryAfter).max()
        hasPath = errors.contains { $0.path != nil }
    }
}

/// The errors of a response, by the operations that they are about.
struct SortedErrors {
    /// By the index of the operation in the request: errors whose path begins with its field, or whose message contains
    /// its address or uid.
    private(set) var own: [Int: GraphQLErrors] = [:]
    /// Errors that name no operation.
    let general: GraphQLErrors?
    /// Whether any error has a path, which means that something was executed.
    let hasPath: Bool
    /// Whether any error is about an operation, which means that the request was not refused as a whole.
    var namesRows: Bool { hasPath || !own.isEmpty }

    /// Creates errors that name no operation.
    init(general: GraphQLErrors?) {
        self.general = general
        hasPath = general?.hasPath ?? false
    }

    /// - Parameter request: the request; nil for a query, whose errors are all general.
    init(_ value: JSONValue?, of request: OperationRequest?) {
        let errors = GraphQLErrors.list(value).map(GraphQLErrorEntry.init)
        hasPath = errors.contains { $0.path != nil }
        guard let request else {
            general = GraphQLErrors(errors)
            return
        }
        let fields = Dictionary(
            request.operations.indices.map { (request.field($0), $0) }, uniquingKeysWith: { first, _ in first })
        var found: [Int: [GraphQLErrorEntry]] = [:]
        var rest: [GraphQLErrorEntry] = []
        for error in errors {
            if let index = error.path?.first.flatMap({ fields[$0] }) ?? request.index(namedBy: error.message) {
                found[index, default: []].append(error)
            } else {
                rest.append(error)
            }
        }
        own = found.compactMapValues(GraphQLErrors.init)
        general = GraphQLErrors(rest)
    }
}

extension OperationRequest {
    /// The index of the only operation whose address or uid a text contains; nil if there is none, or more than one.
    func index(namedBy text: String) -> Int? {
        let text = text.lowercased()
        let named = operations.indices.filter { text.contains(operations[$0].account.text.lowercased()) }
        return named.count == 1 ? named[0] : nil
    }
}
