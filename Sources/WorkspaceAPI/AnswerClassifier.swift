import CListing
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

    /// What an answer says to each operation of a request, in their order.
    func answers(to request: OperationRequest, _ response: TransportResponse) -> [Answer] {
        if (200..<300).contains(response.status), !request.isBatch, saysDone(response.body, request.field(0)) {
            return [.done]
        }
        let all = { (answer: Answer) in Array(repeating: answer, count: request.operations.count) }
        if let refusal = refusal(response) { return all(ofWhole(refusal, response.status, request)) }
        guard let json = JSONValue.read(response.body.data) else {
            let nature = redactor.nature(of: response.body.data)
            return all(.unknownEffect(reason: "the API answered with \(nature)", timedOut: false))
        }
        let errors = SortedErrors(json["errors"], of: request)
        // A request error (GraphQL specification, section 7.1): there is no data, and nothing was carried out.
        if request.isBatch, json["data"]?.isNull ?? true, errors.own.isEmpty, let general = errors.general {
            return all(ofWhole(answer(to: general, prefix: ""), response.status, request))
        }
        return request.operations.indices.map { index in
            let field = request.field(index)
            return answer(field, ok: json["data"]?[field]?["ok"], errors.own[field] ?? errors.general, errors)
        }
    }

    private func answer(_ field: String, ok: JSONValue?, _ own: GraphQLErrors?, _ errors: SortedErrors) -> Answer {
        if let own {
            guard ok != .bool(true) else {
                let reason = "the API answered ok: true and an error: \(redactor.plain(own.message))"
                return .unknownEffect(reason: reason, timedOut: false)
            }
            return answer(to: own, prefix: "")
        }
        switch ok {
        case .bool(true)?: return .done
        case .bool(false)?: return .refused(reason: "the API answered ok: false")
        case nil where !errors.own.isEmpty, .null? where !errors.own.isEmpty:
            // A field that must not be null takes its neighbours with it (GraphQL specification, section 6.4.4).
            let reason = "another row of the same request ended in an error, and the answer says nothing about this one"
            return .unknownEffect(reason: reason, timedOut: false)
        default:
            let reason = "the API answered with JSON of another shape: data.\(field).ok is not true or false"
            return .unknownEffect(reason: reason, timedOut: false)
        }
    }

    /// A refusal of a whole batch may be about its size, or about one of its rows; smaller ones tell. What would end or
    /// slow the run does so.
    private func ofWhole(_ answer: Answer, _ status: Int, _ request: OperationRequest) -> Answer {
        guard request.isBatch, case .refused(let reason) = answer, !(300..<400).contains(status) else { return answer }
        let words = reason.lowercased()
        let isTooLarge = status == 413 || Self.sizeWords.contains(where: words.contains)
        return .batchRefused(reason: reason, isTooLarge: isTooLarge)
    }

    /// What servers say of a request that asks for too much at once.
    private static let sizeWords = [
        "too large", "too many", "too long", "too big", "complex", "alias", "batch", "cost", "exceed", "maximum",
        "limit",
    ]

    private func saysDone(_ body: ResponseBody, _ field: String) -> Bool {
        body.withUnsafeBytes { bytes in
            listing_is_done(
                bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count, ResponseBody.room, field) != 0
        }
    }

    /// What the HTTP status says against the request; nil for 2xx, whose body decides.
    func refusal(_ response: TransportResponse) -> Answer? {
        let status = response.status
        if (200..<300).contains(status) { return nil }
        let reason = "HTTP \(status)" + redactor.excerpt(response.body.data)
        switch status {
        case 300..<400: return .refused(reason: redirect(response))
        case 400:
            guard let errors = GraphQLErrors(JSONValue.read(response.body.data)?["errors"]) else {
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
