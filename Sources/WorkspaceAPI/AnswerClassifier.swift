import CListing
import Domain
import Foundation
import JSONReading

/// Decides what one attempt proves. Pure: the same response at the same moment always gives the same ``Answer``.
///
/// ``Domain/Answer`` has the table of all cases. A response that fits none of its first three rows is *unknown*.
struct AnswerClassifier: Sendable {
    var redactor: Redactor
    /// The time of the response, for a `Retry-After` date without a `Date` header.
    var now: Date

    /// The answer for each operation of a request, in the same order.
    func answers(to request: OperationRequest, _ response: TransportResponse) -> [Answer] {
        if (200..<300).contains(response.status), !request.isBatch, saysDone(response.body, request.field(0)) {
            return [.done]
        }
        let body = SortedBody(response.body, of: request, redactor)
        let whole = body.hasData ? nil : answerWithoutData(response, body, request)
        return request.operations.indices.map { index in
            whole ?? answer(at: index, response, body, request)
        }
    }

    private func saysDone(_ body: ResponseBody, _ field: String) -> Bool {
        body.withUnsafeBytes { bytes in
            listing_is_done(
                bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count, field) != 0
        }
    }

    /// The answer of a response without `data`, which is the same for every operation; nil if operations have different
    /// answers.
    private func answerWithoutData(
        _ response: TransportResponse, _ body: SortedBody, _ request: OperationRequest
    ) -> Answer? {
        let status = response.status
        let slowDown = slowDown(response, body)
        // An error that names a row comes from executing the request, whatever the status is.
        if (400..<500).contains(status), body.errors?.namesRows == true { return nil }
        if let distrust = body.distrust, status < 500, status != 408 {
            return distrusted(response, distrust, slowDown)
        }
        switch status {
        case 200..<300: return body.json == nil ? notJSON(response, slowDown) : requestError(response, body, request)
        case 300..<400: return redirect(response)
        case 401: return .noEffect(reason: reason(response, body), .stop)
        case 429: return .noEffect(reason: reason(response, body), .slowDown(slowDown ?? .init()))
        case 408, 500...: return unknown(response, body, slowDown)
        case 400..<500 where slowDown != nil:
            return Self.certain.contains(status)
                ? .noEffect(reason: reason(response, body), .slowDown(slowDown ?? .init()))
                : unknown(response, body, slowDown)
        case 400..<500: return refused(response, body, request)
        default: return unknown(response, body, slowDown)
        }
    }

    /// Classifies an invalid response that seems to come from the API. Whatever its status, the request may have been
    /// executed, and the response may belong to another request.
    private func distrusted(
        _ response: TransportResponse, _ distrust: String, _ slowDown: Answer.SlowDown?
    ) -> Answer {
        let status = response.status
        let reason = (200..<300).contains(status) ? "the API returned \(distrust)" : "HTTP \(status): \(distrust)"
        let cause: SharedFault.Cause = status == 401 || status == 403 ? .credentials : .other
        return .unknown(reason: reason, SharedFault(cause, reason), slowDown: slowDown)
    }

    /// Statuses that a server returns before it executes a request.
    private static let certain: Set = [400, 405, 406, 411, 413, 414, 415, 417, 421, 431]

    /// Classifies a 4xx without `data` and without a path.
    private func refused(_ response: TransportResponse, _ body: SortedBody, _ request: OperationRequest) -> Answer {
        let status = response.status
        let reason = reason(response, body)
        if Self.certain.contains(status) {
            let isCredentials = body.errors?.general?.kind == .credentials
            if request.isBatch, !isCredentials {
                return .noEffect(reason: reason, .split(isTooLarge: status == 413 || Self.isAboutSize(reason)))
            }
            return .noEffect(reason: reason, .refuse(fault(response, body, request)))
        }
        // The status does not say which of the rows is wrong.
        if request.isBatch, status == 422 { return .unknown(reason: reason, fault(response, body, request)) }
        return .declined(reason: reason, fault(response, body, request))
    }

    /// Classifies a 2xx with errors and no data (GraphQL specification, October 2021, section 7.1). Some servers omit
    /// `data` for every error, so only a code or words about the request itself prove that nothing was executed.
    private func requestError(
        _ response: TransportResponse, _ body: SortedBody, _ request: OperationRequest
    ) -> Answer? {
        guard let errors = body.errors?.general, body.errors?.own.isEmpty == true, !errors.hasPath else { return nil }
        let reason = redactor.plain(errors.message)
        switch errors.kind {
        case .rateLimit: return nil
        case .credentials: return .declined(reason: reason, fault(response, body, request))
        case .request where !request.isBatch: return .declined(reason: reason, fault(response, body, request))
        // A resolver may return any code, and a batch may have been executed in part.
        case .request, .server, .other: return nil
        }
    }

    /// Classifies a 2xx that does not look like JSON: a page instead of the API, or other text.
    private func notJSON(_ response: TransportResponse, _ slowDown: Answer.SlowDown?) -> Answer {
        let reason = "the API returned \(redactor.nature(of: response.body.data))"
        guard redactor.isPage(response.body.data) else {
            return .unknown(reason: reason, SharedFault(.other, reason), slowDown: slowDown)
        }
        return .declined(reason: reason, SharedFault(Self.cause(of: reason), reason))
    }

    private func unknown(
        _ response: TransportResponse, _ body: SortedBody, _ slowDown: Answer.SlowDown?
    ) -> Answer {
        // 503 means that the server is overloaded, with or without a `Retry-After`.
        let slowDown = slowDown ?? (response.status == 503 ? .init() : nil)
        let reason = reason(response, body)
        let isGateway = response.status >= 502 || response.status == 408
        let fault = SharedFault(isGateway ? .unreachable : .other, "HTTP \(response.status)")
        return .unknown(reason: reason, fault, slowDown: slowDown)
    }

    /// The answer for one operation of a response with different answers.
    private func answer(
        at index: Int, _ response: TransportResponse, _ body: SortedBody, _ request: OperationRequest
    ) -> Answer {
        let field = request.field(index)
        let ok = body.json?["data"]?[field]?["ok"]
        let own = body.errors?.own[index]
        let general = body.errors?.general
        let prefix = (200..<300).contains(response.status) ? "" : "HTTP \(response.status): "
        let errors = own ?? general
        let words = errors.map { prefix + redactor.plain($0.message) }
        if response.status >= 500 || response.status == 408 || response.status == 429 {
            return unknown(response, body, slowDown(response, body))
        }
        if ok == .bool(true) {
            // An error that names no row may be about another row, if one of them failed.
            guard own != nil || (general != nil && body.isAllOK(request)) else { return .done }
            return .unknown(reason: "the API returned ok: true and an error: \(words ?? "")")
        }
        if let slowDown = slowDown(response, body) {
            return .unknown(reason: words ?? "rate limited by the API", slowDown: slowDown)
        }
        if ok == .bool(false) { return .declined(reason: words ?? "the API returned ok: false", nil) }
        if let own {
            let reason = prefix + redactor.plain(own.message)
            switch own.kind {
            case .server, .rateLimit: return .unknown(reason: reason)
            // A resolver that checks credentials returns the error with the path of a row, although it concerns all
            // rows.
            case .credentials: return .declined(reason: reason, SharedFault(.credentials, reason))
            case .request, .other: return .declined(reason: reason, nil)
            }
        }
        if let general {
            let reason = prefix + redactor.plain(general.message)
            let cause: SharedFault.Cause = general.kind == .credentials ? .credentials : .other
            return .unknown(reason: reason, SharedFault(cause, reason))
        }
        if body.errors?.own.isEmpty == false {
            // An error in a field that must not be null also removes the fields beside it (GraphQL specification,
            // section 6.4.4).
            return .unknown(
                reason: "another row of the same request failed, and the response has no result for this one")
        }
        let reason =
            prefix + "the API returned unexpected JSON: data.\(field).ok is not true or false"
        return .unknown(reason: reason, SharedFault(.other, "unexpected JSON"))
    }

    /// The fault of a response that names no row, for comparison with the responses for other rows.
    private func fault(
        _ response: TransportResponse, _ body: SortedBody, _ request: OperationRequest
    ) -> SharedFault? {
        guard body.errors?.own.isEmpty ?? true else { return nil }
        let reason = reason(response, body)
        let text = reason.lowercased()
        guard !request.operations.contains(where: { text.contains($0.account.text.lowercased()) }) else { return nil }
        let isCredentials = response.status == 403 || body.errors?.general?.kind == .credentials
        return SharedFault(isCredentials ? .credentials : Self.cause(of: reason), reason)
    }

    /// A page or a redirect instead of the API often comes from a proxy that requires users to sign in.
    private static func cause(of text: String) -> SharedFault.Cause {
        let text = text.lowercased()
        return signInWords.contains(where: text.contains) ? .credentials : .other
    }

    private static let signInWords = [
        "sign in", "sign-in", "signin", "log in", "log-in", "login", "log on", "logon", "single sign", "sso",
        "authenticate", "authorize", "anmelden",
    ]

    private static func isAboutSize(_ reason: String) -> Bool {
        let words = reason.lowercased()
        return sizeWords.contains(where: words.contains)
    }

    /// Words in responses to a request with too many operations.
    private static let sizeWords = [
        "too large", "too many", "too long", "too big", "complex", "alias", "batch", "cost", "exceed", "maximum",
        "limit",
    ]

    /// `HTTP 400: User exists`, or the beginning of a body that is not from the API.
    private func reason(_ response: TransportResponse, _ body: SortedBody) -> String {
        let status = "HTTP \(response.status)"
        guard let errors = body.errors?.all else { return status + redactor.excerpt(response.body.data) }
        return "\(status): " + redactor.plain(errors.message)
    }

    /// The request for a lower rate in a response, in any of the known forms: status, code, message, `retryAfter` in
    /// the extensions, `Retry-After`, `RateLimit-*` headers (draft-ietf-httpapi-ratelimit-headers).
    private func slowDown(_ response: TransportResponse, _ body: SortedBody) -> Answer.SlowDown? {
        let errors = body.errors?.all
        let header = RetryAfter.parse(response.header("Retry-After"), now: time(of: response))
        let limit = RateLimitHeaders(response, now: time(of: response))
        // A limit that is used up after this request does not explain why the row itself was refused.
        let isRefusedByLimit = limit.isUsedUp && (response.status >= 400 || body.errors?.general != nil)
        let isAsked =
            response.status == 429 || header != nil || errors?.kind == .rateLimit || errors?.retryAfter != nil
            || isRefusedByLimit || (errors == nil && Self.isThrottlingText(redactor.excerpt(response.body.data)))
        guard isAsked else { return nil }
        return .init(wait: header ?? errors?.retryAfter ?? (limit.isUsedUp ? limit.reset : nil))
    }

    private static func isThrottlingText(_ text: String) -> Bool {
        let text = text.lowercased()
        return ["too many requests", "rate limit", "rate exceeded", "throttl"].contains(where: text.contains)
    }

    /// The time by the server's clock if known, because the clock of this machine may be wrong.
    private func time(of response: TransportResponse) -> Date {
        response.header("Date").flatMap { RetryAfter.date($0, now: now) } ?? now
    }

    /// What to do after a response that is not a listing. A query changes nothing, so it can always be repeated.
    ///
    /// - Parameter errors: the errors in a 2xx; nil for other statuses, whose small body is read here.
    func refusal(ofListing response: TransportResponse, errors: GraphQLErrors? = nil) -> ListingRefusal {
        let body = errors == nil ? SortedBody(response.body, of: nil, redactor) : SortedBody(errors)
        let reason = errors.map { redactor.plain($0.message) } ?? reason(response, body)
        let kind = body.errors?.all?.kind
        if [401, 403].contains(response.status) || kind == .credentials { return .credentials(reason: reason) }
        if let slowDown = slowDown(response, body) { return .slowDown(reason: reason, slowDown.wait) }
        switch response.status {
        case 300..<400: return .unusable(reason: redirect(response).reason)
        case 408, 500...: return .again(reason: reason)
        default: return kind == .server ? .again(reason: reason) : .unusable(reason: reason)
        }
    }

    /// Why a listing was refused, by the possible reactions.
    enum ListingRefusal: Equatable {
        case credentials(reason: String)
        case again(reason: String)
        case slowDown(reason: String, Duration?)
        case unusable(reason: String)
    }

    /// Redirects are not followed, because the credentials must go only to the endpoint.
    private func redirect(_ response: TransportResponse) -> Answer {
        let target = response.header("Location") ?? ""
        let host = URLComponents(string: target)?.host.map { redactor.plain($0, limit: 80) }
        let reason =
            "HTTP \(response.status): redirect to \(host ?? "another address of the same host"); check that this is "
            + "the endpoint of the API"
        return .declined(reason: reason, SharedFault(Self.cause(of: target), reason))
    }

    /// The answer if there is no response.
    func answer(to failure: TransportFailure) -> Answer {
        switch failure {
        case .neverSent(let reason): return .noEffect(reason: redactor.plain(reason), .reconnect)
        case .timedOut(let limit):
            let reason = "no response within \(Self.seconds(limit)) s"
            return .unknown(reason: reason, SharedFault(.unreachable, reason))
        case .lost(let reason):
            let reason = redactor.plain(reason)
            return .unknown(reason: reason, SharedFault(.unreachable, reason))
        case .tooLong(let limit):
            let reason = "the response exceeds \(limit) bytes and was not read"
            return .unknown(reason: reason, SharedFault(.other, reason))
        case .notTaken:
            let reason = "the response could not be stored"
            return .unknown(reason: reason, SharedFault(.other, reason))
        }
    }

    private static func seconds(_ duration: Duration) -> String {
        let seconds = duration.inSeconds
        return seconds == seconds.rounded() ? String(Int(seconds)) : String(seconds)
    }
}

/// A body, if it is JSON, with its errors by the operations that they are about.
private struct SortedBody {
    let json: JSONValue?
    /// Whether there is a member `data`, null included: with `data: null`, execution began (GraphQL specification,
    /// October 2021, section 7.1).
    let hasData: Bool
    /// Nil if the body is not JSON.
    let errors: SortedErrors?
    /// What is wrong with a body that seems to be JSON but cannot be trusted; nil for every other body.
    let distrust: String?

    /// Creates a body from errors that were read before.
    init(_ errors: GraphQLErrors?) {
        json = nil
        hasData = false
        distrust = nil
        self.errors = SortedErrors(general: errors)
    }

    /// Whether the response contains `ok: true` for every operation.
    func isAllOK(_ request: OperationRequest) -> Bool {
        request.operations.indices.allSatisfy { json?["data"]?[request.field($0)]?["ok"] == .bool(true) }
    }

    init(_ body: ResponseBody, of request: OperationRequest?, _ redactor: Redactor) {
        do throws(InvalidJSON) {
            let root = try JSONDocument(body).root
            json = root
            hasData = root["data"] != nil
            errors = SortedErrors(root["errors"], of: request)
            distrust = nil
        } catch {
            json = nil
            hasData = false
            errors = nil
            distrust =
                error.problem.map { "JSON " + redactor.plain($0) }
                ?? (body.beginsLikeAnObject ? "incomplete or malformed JSON" : nil)
        }
    }
}

extension SortedErrors {
    /// All errors combined, the general ones first; nil if there are none.
    fileprivate var all: GraphQLErrors? { general ?? own.min { $0.key < $1.key }?.value }
}
