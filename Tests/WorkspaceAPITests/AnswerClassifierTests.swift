import Domain
import Foundation
import Testing

@testable import WorkspaceAPI

/// One answer, and what it has to come to.
struct Verdict: Sendable, CustomTestStringConvertible {
    var status = 200
    var headers: [String: String] = [:]
    var body: String
    var expected: Answer

    var testDescription: String { "\(status) \(body.prefix(60))" }
}

private func errors(_ message: String, code: String? = nil) -> String {
    let extensions = code.map { #", "extensions": {"code": "\#($0)"}"# } ?? ""
    return #"{"errors": [{"message": "\#(message)"\#(extensions)}], "data": null}"#
}

private let done = #"{"data": {"inviteUser": {"ok": true}}}"#
private let shape = "the API answered with JSON of another shape: data.inviteUser.ok is not true or false"

@Suite struct AnswerClassifierTests {
    private let address: EmailAddress
    private let classifier = AnswerClassifier(
        redactor: Redactor(["key-1234", "s3cret-value"]), now: Date(timeIntervalSince1970: 784_111_777))

    init() throws { address = try EmailAddress("bob@acme.io") }

    @Test(arguments: [
        Verdict(body: done, expected: .done),
        Verdict(status: 201, body: #"{"data":{"inviteUser":{"ok":true,"new":1}},"errors":[],"x":{}}"#, expected: .done),
        Verdict(body: #"{"data":{"inviteUser":{"ok":true}},"errors":null}"#, expected: .done),
        Verdict(
            body: #"{"data":{"inviteUser":{"ok":false}}}"#, expected: .refused(reason: "the API answered ok: false")),
        Verdict(body: errors("User exists"), expected: .refused(reason: "User exists")),
        Verdict(
            body: #"{"errors":[{"message":"a"},{"message":"b"},{"message":"c"}]}"#,
            expected: .refused(reason: "a (and 2 more)")),
        Verdict(body: #"{"errors":["plain"]}"#, expected: .refused(reason: "plain")),
        Verdict(body: #"{"errors":[{}]}"#, expected: .refused(reason: "an error without a message")),
        Verdict(status: 400, body: errors("No type"), expected: .refused(reason: "HTTP 400: No type")),
        Verdict(status: 400, body: "bad", expected: .refused(reason: "HTTP 400: bad")),
        Verdict(body: errors("x", code: "RATE_LIMITED"), expected: .again(reason: "x", .run(retryAfter: nil))),
        Verdict(body: errors("x", code: "TOO_MANY_REQUESTS"), expected: .again(reason: "x", .run(retryAfter: nil))),
        Verdict(body: errors("x", code: "throttled"), expected: .again(reason: "x", .run(retryAfter: nil))),
        Verdict(
            body: errors("x", code: "INTERNAL_SERVER_ERROR"), expected: .unknownEffect(reason: "x", timedOut: false)),
        Verdict(body: errors("x", code: "UNAUTHENTICATED"), expected: .credentialsRefused(reason: "x")),
        Verdict(body: errors("x", code: "FORBIDDEN"), expected: .credentialsRefused(reason: "x")),
        Verdict(
            status: 400, body: errors("x", code: "UNAUTHORIZED"), expected: .credentialsRefused(reason: "HTTP 400: x")),
        Verdict(body: errors("Invalid API key."), expected: .credentialsRefused(reason: "Invalid API key.")),
        Verdict(
            body: errors("You are not authorized to do this"),
            expected: .credentialsRefused(reason: "You are not authorized to do this")),
        Verdict(body: errors("Author not found"), expected: .refused(reason: "Author not found")),
        Verdict(
            body: #"{"data":{"inviteUser":{"ok":true}},"errors":[{"message":"mail"}]}"#,
            expected: .unknownEffect(reason: "the API answered ok: true and an error: mail", timedOut: false)),
        Verdict(body: #"{"data":{"inviteUser":{"ok":1}}}"#, expected: .unknownEffect(reason: shape, timedOut: false)),
        Verdict(body: #"{"data":{"inviteUser":null}}"#, expected: .unknownEffect(reason: shape, timedOut: false)),
        Verdict(
            body: #"{"data":{"disableUser":{"ok":true}}}"#, expected: .unknownEffect(reason: shape, timedOut: false)),
        Verdict(body: "[]", expected: .unknownEffect(reason: shape, timedOut: false)),
        Verdict(
            body: #"{"data":{"inviteUser":{"o"#,
            expected: .unknownEffect(
                reason: "the API answered with JSON that is cut short or broken", timedOut: false)),
        Verdict(
            body: "", expected: .unknownEffect(reason: "the API answered with an empty body, not JSON", timedOut: false)
        ),
        Verdict(
            body: "fine",
            expected: .unknownEffect(
                reason: "the API answered with text that is not JSON: fine", timedOut: false)),
        Verdict(
            body: "<!DOCTYPE html><html><head><title>\n Sign  in </title>",
            expected: .unknownEffect(
                reason: #"the API answered with an HTML page, not JSON; its title is "Sign in""#, timedOut: false)),
    ])
    func `a 2xx or 400 is decided by its body`(_ verdict: Verdict) {
        #expect(answer(verdict) == verdict.expected)
    }

    @Test(arguments: [
        (401, Answer.credentialsRefused(reason: "HTTP 401: no")), (403, .credentialsRefused(reason: "HTTP 403: no")),
        (402, .refused(reason: "HTTP 402: no")), (404, .refused(reason: "HTTP 404: no")),
        (405, .refused(reason: "HTTP 405: no")), (410, .refused(reason: "HTTP 410: no")),
        (413, .refused(reason: "HTTP 413: no")), (415, .refused(reason: "HTTP 415: no")),
        (418, .refused(reason: "HTTP 418: no")), (422, .refused(reason: "HTTP 422: no")),
        (408, .again(reason: "HTTP 408: no", .row)),
        (429, .again(reason: "HTTP 429: no", .run(retryAfter: .seconds(7)))),
        (503, .again(reason: "HTTP 503: no", .run(retryAfter: .seconds(7)))),
        (500, .unknownEffect(reason: "HTTP 500: no", timedOut: false)),
        (501, .unknownEffect(reason: "HTTP 501: no", timedOut: false)),
        (502, .unknownEffect(reason: "HTTP 502: no", timedOut: false)),
        (504, .unknownEffect(reason: "HTTP 504: no", timedOut: false)),
        (599, .unknownEffect(reason: "HTTP 599: no", timedOut: false)),
    ])
    func `other statuses decide by themselves`(status: Int, expected: Answer) {
        #expect(
            answer(Verdict(status: status, headers: ["retry-after": "7"], body: "no", expected: expected)) == expected)
    }

    @Test(arguments: [
        ("https://login.example.com/x?k=s3cret-value", "login.example.com"),
        ("/login", "another address of the same host"),
        ("https://s3cret-value.example.com/", "***.example.com"),
    ])
    func `a redirect names the host and nothing more`(location: String, target: String) {
        let found = answer(Verdict(status: 302, headers: ["Location": location], body: "", expected: .done))
        #expect(
            found == .refused(reason: "HTTP 302: answered with a redirect to \(target); is this the API's endpoint?"))
    }

    @Test(arguments: [
        (TransportFailure.neverSent(reason: "r"), Answer.again(reason: "r", .endpoint)),
        (.timedOut(after: .seconds(30)), .unknownEffect(reason: "no answer within 30 s", timedOut: true)),
        (.timedOut(after: .milliseconds(250)), .unknownEffect(reason: "no answer within 0.25 s", timedOut: true)),
        (.lost(reason: "r"), .unknownEffect(reason: "r", timedOut: false)),
        (
            .tooLong(limit: 9),
            .unknownEffect(reason: "the answer is longer than 9 bytes, and was not read", timedOut: false)
        ),
    ])
    func `only what never left is tried again blindly`(failure: TransportFailure, expected: Answer) {
        #expect(classifier.answer(to: failure) == expected)
    }

    @Test(arguments: [200, 400, 401, 404, 429, 500])
    func `an echoed secret is taken out, and control characters are shown`(status: Int) throws {
        let padding = String(repeating: "x", count: 115)
        let body = #"{"errors":[{"message":"key-1234 s3cret-value\#u{1b}"}]}"#
        for text in [body, "key-1234 s3cret-value \u{1b}", padding + "s3cret-value"] {
            let shown = String(describing: answer(Verdict(status: status, body: text, expected: .done)))
            #expect(!shown.contains("1234"))
            #expect(!shown.contains("s3c"))
            #expect(!shown.contains("\u{1b}"))
        }
    }

    private func answer(_ verdict: Verdict) -> Answer {
        classifier.answers(
            to: OperationRequest([.invite(address, .admin)]),
            TransportResponse(
                status: verdict.status, head: verdict.headers.map { "\($0.key): \($0.value)\r\n" }.joined(),
                body: ResponseBody(Data(verdict.body.utf8))))[0]
    }
}
