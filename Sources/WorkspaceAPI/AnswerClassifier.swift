import CListing
import Domain
import Foundation
import JSONReading

/// Decides what one attempt proves. Pure: the same answer at the same moment is always the same ``Answer``.
///
/// The table behind every case is at ``Domain/Answer``. Whatever is in none of its first three rows is *unknown*.
struct AnswerClassifier: Sendable {
    var redactor: Redactor
    /// The moment of the answer, for a `Retry-After` that is a date and comes without the server's own time.
    var now: Date

    /// What an answer says to each operation of a request, in their order.
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

    /// What an answer without `data` says to every operation alike; nil where it has something to say to each.
    private func answerWithoutData(
        _ response: TransportResponse, _ body: SortedBody, _ request: OperationRequest
    ) -> Answer? {
        let status = response.status
        let slowDown = slowDown(response, body)
        // Whatever the status says, an error that names a row comes from carrying the request out.
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

    /// An answer that is meant to be the API's and is not valid: it may say that the request was carried out, whatever
    /// its status, and it may say so of another one.
    private func distrusted(
        _ response: TransportResponse, _ distrust: String, _ slowDown: Answer.SlowDown?
    ) -> Answer {
        let status = response.status
        let reason = (200..<300).contains(status) ? "the API answered with \(distrust)" : "HTTP \(status): \(distrust)"
        let cause: SharedFault.Cause = status == 401 || status == 403 ? .credentials : .other
        return .unknown(reason: reason, SharedFault(cause, reason), slowDown: slowDown)
    }

    /// Statuses that a server gives before it looks at what is asked for.
    private static let certain: Set = [400, 405, 406, 411, 413, 414, 415, 417, 421, 431]

    /// A 4xx without data and without a path.
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
        // Which of the rows was it about?
        if request.isBatch, status == 422 { return .unknown(reason: reason, fault(response, body, request)) }
        return .declined(reason: reason, fault(response, body, request))
    }

    /// A 2xx with errors and no data (GraphQL specification, October 2021, section 7.1). Some servers leave `data` out
    /// of every error, so only a code or words that are about the request itself say that nothing was carried out.
    private func requestError(
        _ response: TransportResponse, _ body: SortedBody, _ request: OperationRequest
    ) -> Answer? {
        guard let errors = body.errors?.general, body.errors?.own.isEmpty == true, !errors.hasPath else { return nil }
        let reason = redactor.plain(errors.message)
        switch errors.kind {
        case .rateLimit: return nil
        case .credentials: return .declined(reason: reason, fault(response, body, request))
        case .request where !request.isBatch: return .declined(reason: reason, fault(response, body, request))
        // A resolver may give any code, and a batch may have been carried out in part.
        case .request, .server, .other: return nil
        }
    }

    /// A 2xx that is not JSON, and does not look like it: a page in the API's place, or other text.
    private func notJSON(_ response: TransportResponse, _ slowDown: Answer.SlowDown?) -> Answer {
        let reason = "the API answered with \(redactor.nature(of: response.body.data))"
        guard redactor.isPage(response.body.data) else {
            return .unknown(reason: reason, SharedFault(.other, reason), slowDown: slowDown)
        }
        return .declined(reason: reason, SharedFault(Self.cause(of: reason), reason))
    }

    private func unknown(
        _ response: TransportResponse, _ body: SortedBody, _ slowDown: Answer.SlowDown?
    ) -> Answer {
        // 503 is how a server that has too much to do says so, whether or not it names a time.
        let slowDown = slowDown ?? (response.status == 503 ? .init() : nil)
        let reason = reason(response, body)
        let isGateway = response.status >= 502 || response.status == 408
        let fault = SharedFault(isGateway ? .unreachable : .other, "HTTP \(response.status)")
        return .unknown(reason: reason, fault, slowDown: slowDown)
    }

    /// What an answer with something to each operation says to one of them.
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
            // An error that names no row may be about another one, if there is one that did not end well.
            guard own != nil || (general != nil && body.isAllOK(request)) else { return .done }
            return .unknown(reason: "the API answered ok: true and an error: \(words ?? "")")
        }
        if let slowDown = slowDown(response, body) {
            return .unknown(reason: words ?? "the API asked to slow down", slowDown: slowDown)
        }
        if ok == .bool(false) { return .declined(reason: words ?? "the API answered ok: false", nil) }
        if let own {
            let reason = prefix + redactor.plain(own.message)
            switch own.kind {
            case .server, .rateLimit: return .unknown(reason: reason)
            // A resolver that checks credentials says so under the row's path; the path alone makes it no row's own.
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
            // A field that must not be null takes its neighbours with it (GraphQL specification, section 6.4.4).
            return .unknown(
                reason: "another row of the same request ended in an error, and the answer says nothing about this one")
        }
        let reason =
            prefix + "the API answered with JSON of another shape: data.\(field).ok is not true or false"
        return .unknown(reason: reason, SharedFault(.other, "JSON of another shape"))
    }

    /// What an answer that names no row has in common with the same answer to another row.
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

    /// A page or a redirect in the API's place is often that of a proxy that wants people to sign in.
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

    /// What servers say of a request that asks for too much at once.
    private static let sizeWords = [
        "too large", "too many", "too long", "too big", "complex", "alias", "batch", "cost", "exceed", "maximum",
        "limit",
    ]

    /// `HTTP 400: User exists`, or the beginning of a body that is not the API's.
    private func reason(_ response: TransportResponse, _ body: SortedBody) -> String {
        let status = "HTTP \(response.status)"
        guard let errors = body.errors?.all else { return status + redactor.excerpt(response.body.data) }
        return "\(status): " + redactor.plain(errors.message)
    }

    /// Whether an answer asks for a lower rate, in any of the forms there are: status, code, message, `retryAfter` in
    /// the extensions, `Retry-After`, `RateLimit-*` headers (draft-ietf-httpapi-ratelimit-headers).
    private func slowDown(_ response: TransportResponse, _ body: SortedBody) -> Answer.SlowDown? {
        let errors = body.errors?.all
        let header = RetryAfter.parse(response.header("Retry-After"), now: time(of: response))
        let limit = RateLimitHeaders(response, now: time(of: response))
        // A limit that this request has used up says nothing about a refusal of the row itself.
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

    /// By the server's own clock, where it says the time: this machine's may be wrong.
    private func time(of response: TransportResponse) -> Date {
        response.header("Date").flatMap { RetryAfter.date($0, now: now) } ?? now
    }

    /// What an answer that is no listing says about asking again; a query changes nothing, so nothing speaks against it.
    ///
    /// - Parameter errors: what a 2xx says is wrong; nil for other statuses, whose body is small and read here.
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

    /// Why a listing was refused, by what can be done about it.
    enum ListingRefusal: Equatable {
        case credentials(reason: String)
        case again(reason: String)
        case slowDown(reason: String, Duration?)
        case unusable(reason: String)
    }

    /// Redirects are not followed: the credentials go to the endpoint and nowhere else.
    private func redirect(_ response: TransportResponse) -> Answer {
        let target = response.header("Location") ?? ""
        let host = URLComponents(string: target)?.host.map { redactor.plain($0, limit: 80) }
        let reason =
            "HTTP \(response.status): answered with a redirect to \(host ?? "another address of the same host"); is "
            + "this the API's endpoint?"
        return .declined(reason: reason, SharedFault(Self.cause(of: target), reason))
    }

    /// No answer at all.
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
        }
    }

    private static func seconds(_ duration: Duration) -> String {
        let seconds = duration.inSeconds
        return seconds == seconds.rounded() ? String(Int(seconds)) : String(seconds)
    }
}

/// A body as far as it is JSON, with its errors by what they are about.
private struct SortedBody {
    let json: JSONValue?
    /// Whether there is a member `data`, null included: with `data: null`, execution began (GraphQL specification,
    /// October 2021, section 7.1).
    let hasData: Bool
    /// Nil if the body is not JSON.
    let errors: SortedErrors?
    /// What is wrong with a body that is meant to be JSON and cannot be trusted; nil for every other body.
    let distrust: String?

    /// Errors that were read already.
    init(_ errors: GraphQLErrors?) {
        json = nil
        hasData = false
        distrust = nil
        self.errors = SortedErrors(general: errors)
    }

    /// Whether the answer says of every operation that it happened.
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
                ?? (body.beginsLikeAnObject ? "JSON that is cut short or broken" : nil)
        }
    }
}

extension SortedErrors {
    /// All of them as one, the general ones first; nil if there are none.
    fileprivate var all: GraphQLErrors? { general ?? own.min { $0.key < $1.key }?.value }
}
