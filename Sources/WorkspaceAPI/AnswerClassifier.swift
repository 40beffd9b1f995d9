import Domain
import Foundation

/// Decides what one attempt came to. Pure: the same answer at the same moment is always the same ``Answer``.
///
/// The rule behind every case: *again* only where the operation had no effect for certain, *unknown* where nobody
/// can say.
struct AnswerClassifier: Sendable {
    var redactor: Redactor
    /// The moment of the answer, for a `Retry-After` that is a date.
    var now: Date

    /// An answer to a mutation.
    func answer(to document: GraphQLDocument, _ response: TransportResponse) -> Answer {
        if let answer = refusal(response) { return answer }
        guard let json = JSONValue.read(response.body) else {
            return .unknownEffect(
                reason: "the API answered with \(redactor.nature(of: response.body))", timedOut: false)
        }
        let ok = json["data"]?[document.field]?["ok"]
        if let errors = GraphQLErrors(json["errors"]) {
            guard ok != .bool(true) else {
                let reason = "the API answered ok: true and an error: \(redactor.plain(errors.message))"
                return .unknownEffect(reason: reason, timedOut: false)
            }
            return answer(to: errors, prefix: "")
        }
        switch ok {
        case .bool(true)?: return .done
        case .bool(false)?: return .refused(reason: "the API answered ok: false")
        default:
            let reason = "the API answered with JSON of another shape: data.\(document.field).ok is not true or false"
            return .unknownEffect(reason: reason, timedOut: false)
        }
    }

    /// What the HTTP status says against the request; nil for 2xx, whose body decides.
    func refusal(_ response: TransportResponse) -> Answer? {
        let status = response.status
        if (200..<300).contains(status) { return nil }
        let reason = "HTTP \(status)" + redactor.excerpt(response.body)
        switch status {
        case 300..<400: return .refused(reason: redirect(response))
        case 400:
            guard let errors = GraphQLErrors(JSONValue.read(response.body)?["errors"]) else {
                return .refused(reason: reason)
            }
            return answer(to: errors, prefix: "HTTP 400: ")
        case 401, 403: return .credentialsRefused(reason: reason)
        case 408: return .again(reason: reason, .row)
        case 429, 503:
            let wait = RetryAfter.parse(response.header("Retry-After"), now: now)
            return .again(reason: reason, .run(retryAfter: wait))
        case 404..<500, 402: return .refused(reason: reason)
        default: return .unknownEffect(reason: reason, timedOut: false)
        }
    }

    /// No answer at all.
    func answer(to failure: TransportFailure) -> Answer {
        switch failure {
        case .neverSent(let reason): .again(reason: redactor.plain(reason), .endpoint)
        case .timedOut(let limit):
            .unknownEffect(reason: "no answer within \(Self.seconds(limit)) s", timedOut: true)
        case .lost(let reason): .unknownEffect(reason: redactor.plain(reason), timedOut: false)
        case .tooLong(let limit):
            .unknownEffect(reason: "the answer is longer than \(limit) bytes, and was not read", timedOut: false)
        case .cancelled: .unknownEffect(reason: "stopped while waiting for the answer", timedOut: false)
        }
    }

    /// GraphQL errors of a 2xx or a 400.
    func answer(to errors: GraphQLErrors, prefix: String) -> Answer {
        let reason = prefix + redactor.plain(errors.message)
        return switch errors.kind {
        case .credentials: .credentialsRefused(reason: reason)
        case .rateLimit: .again(reason: reason, .run(retryAfter: nil))
        case .server: .unknownEffect(reason: reason, timedOut: false)
        case .other: .refused(reason: reason)
        }
    }

    /// Redirects are not followed: the credentials go to the endpoint and nowhere else.
    private func redirect(_ response: TransportResponse) -> String {
        let location = response.header("Location").flatMap { URLComponents(string: $0) }
        let target = location?.host.map { redactor.plain($0, limit: 80) } ?? "another address of the same host"
        return "HTTP \(response.status): answered with a redirect to \(target); is this the API's endpoint?"
    }

    private static func seconds(_ duration: Duration) -> String {
        let seconds = Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
        return seconds == seconds.rounded() ? String(Int(seconds)) : String(seconds)
    }
}
