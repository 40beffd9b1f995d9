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

/// With `data: null`: execution began.
private func errors(_ message: String, code: String? = nil, path: Bool = false) -> String {
    let path = path ? #", "path": ["inviteUser"]"# : ""
    let extensions = code.map { #", "extensions": {"code": "\#($0)"}"# } ?? ""
    return #"{"errors": [{"message": "\#(message)"\#(path)\#(extensions)}], "data": null}"#
}

/// Without `data`.
private func own(_ message: String, code: String? = nil) -> String {
    let extensions = code.map { #", "extensions": {"code": "\#($0)"}"# } ?? ""
    return #"{"errors": [{"message": "\#(message)"\#(extensions)}]}"#
}

private func refused(_ reason: String) -> Answer { .noEffect(reason: reason, .refuse(SharedFault(.other, reason))) }

private func shared(_ cause: SharedFault.Cause, _ reason: String) -> Answer {
    .declined(reason: reason, SharedFault(cause, reason))
}

private func general(_ reason: String) -> Answer { .unknown(reason: reason, SharedFault(.other, reason)) }
private func unreadable(_ reason: String) -> Answer { .unknown(reason: reason, SharedFault(.other, reason)) }

private func status(_ status: Int) -> Answer {
    .unknown(
        reason: "HTTP \(status): no",
        SharedFault(status == 408 || status >= 502 ? .unreachable : .other, "HTTP \(status)"))
}

private let done = #"{"data": {"inviteUser": {"ok": true}}}"#
private let otherShape = Answer.unknown(
    reason: "the API returned unexpected JSON: data.inviteUser.ok is not true or false",
    SharedFault(.other, "unexpected JSON"))

@Suite struct AnswerClassifierTests {
    private let address: EmailAddress
    private let classifier = AnswerClassifier(
        redactor: Redactor(["key-1234", "s3cret-value"]), now: Date(timeIntervalSince1970: 784_111_777))

    init() throws { address = try EmailAddress("bob@acme.io") }

    @Test(arguments: [
        Verdict(body: done, expected: .done),
        Verdict(status: 201, body: #"{"data":{"inviteUser":{"ok":true,"new":1}},"errors":[],"x":{}}"#, expected: .done),
        Verdict(body: #"{"data":{"inviteUser":{"ok":true}},"errors":null}"#, expected: .done),
        Verdict(status: 400, body: #"{"data":{"inviteUser":{"ok":true}}}"#, expected: .done),
    ])
    func `only this row's ok proves that it happened`(_ verdict: Verdict) {
        #expect(answer(verdict) == verdict.expected)
    }

    @Test(arguments: [
        Verdict(status: 401, body: "no", expected: .noEffect(reason: "HTTP 401: no", .stop)),
        Verdict(status: 429, body: "no", expected: .noEffect(reason: "HTTP 429: no", .slowDown(.init()))),
        Verdict(status: 400, body: "bad", expected: refused("HTTP 400: bad")),
        Verdict(status: 400, body: own("No type"), expected: refused("HTTP 400: No type")),
        Verdict(status: 413, body: "no", expected: refused("HTTP 413: no")),
        Verdict(status: 405, body: "no", expected: refused("HTTP 405: no")),
        Verdict(
            status: 400, body: own("x", code: "RATE_LIMITED"),
            expected: .noEffect(reason: "HTTP 400: x", .slowDown(.init()))),
        Verdict(
            status: 400, body: own("x", code: "UNAUTHENTICATED"),
            expected: .noEffect(reason: "HTTP 400: x", .refuse(SharedFault(.credentials, "HTTP 400: x")))),
    ])
    func `what cannot have happened`(_ verdict: Verdict) {
        #expect(answer(verdict) == verdict.expected)
    }

    @Test(arguments: [
        Verdict(
            body: #"{"data":{"inviteUser":{"ok":false}}}"#,
            expected: .declined(reason: "the API returned ok: false", nil)
        ),
        Verdict(body: errors("Seat limit", path: true), expected: .declined(reason: "Seat limit", nil)),
        Verdict(body: errors("bob@acme.io exists"), expected: .declined(reason: "bob@acme.io exists", nil)),
        Verdict(
            status: 422, body: errors("Seat limit", path: true),
            expected: .declined(reason: "HTTP 422: Seat limit", nil)),
        Verdict(
            body: errors("Permission denied", path: true),
            expected: .declined(reason: "Permission denied", SharedFault(.credentials, "Permission denied"))),
        Verdict(
            body: own("Invalid API key."),
            expected: .declined(reason: "Invalid API key.", SharedFault(.credentials, "HTTP 200: Invalid API key."))),
        Verdict(
            body: own("x", code: "GRAPHQL_VALIDATION_FAILED"),
            expected: .declined(reason: "x", SharedFault(.other, "HTTP 200: x"))),
        Verdict(status: 402, body: "no", expected: shared(.other, "HTTP 402: no")),
        Verdict(status: 422, body: own("No type"), expected: shared(.other, "HTTP 422: No type")),
        // An error that names the row comes from carrying it out, whatever the status.
        Verdict(
            status: 400, body: own("bob@acme.io exists"),
            expected: .declined(reason: "HTTP 400: bob@acme.io exists", nil)),
        Verdict(
            status: 400, body: #"{"errors":[{"message":"Seat limit","path":"inviteUser"}]}"#,
            expected: .declined(reason: "HTTP 400: Seat limit", nil)),
        Verdict(
            status: 401, body: #"{"errors":[{"message":"Seat limit","path":["inviteUser"]}]}"#,
            expected: .declined(reason: "HTTP 401: Seat limit", nil)),
        Verdict(status: 403, body: "no", expected: shared(.credentials, "HTTP 403: no")),
        Verdict(status: 404, body: "no", expected: shared(.other, "HTTP 404: no")),
        Verdict(status: 410, body: "no", expected: shared(.other, "HTTP 410: no")),
        Verdict(status: 418, body: "no", expected: shared(.other, "HTTP 418: no")),
        Verdict(status: 422, body: "no", expected: shared(.other, "HTTP 422: no")),
        Verdict(
            status: 403, body: "not for bob@acme.io", expected: .declined(reason: "HTTP 403: not for bob@acme.io", nil)),
        Verdict(
            body: "<!DOCTYPE html><html><head><title>\n Sign  in </title>",
            expected: shared(
                .credentials, #"the API returned an HTML page, not JSON; its title is "Sign in""#)),
        Verdict(
            body: "<html><title>Maintenance</title>",
            expected: shared(.other, #"the API returned an HTML page, not JSON; its title is "Maintenance""#)),
    ])
    func `what was declined, and needs a listing that agrees`(_ verdict: Verdict) {
        #expect(answer(verdict) == verdict.expected)
    }

    @Test(arguments: [
        Verdict(status: 408, body: "no", expected: status(408)),
        Verdict(status: 500, body: "no", expected: status(500)),
        Verdict(status: 501, body: "no", expected: status(501)),
        Verdict(status: 502, body: "no", expected: status(502)),
        Verdict(status: 504, body: "no", expected: status(504)),
        Verdict(status: 599, body: "no", expected: status(599)),
        Verdict(
            status: 503, body: "no",
            expected: .unknown(reason: "HTTP 503: no", SharedFault(.unreachable, "HTTP 503"), slowDown: .init())),
        Verdict(
            status: 500, body: done,
            expected: .unknown(
                reason: "HTTP 500: {\"data\": {\"inviteUser\": {\"ok\": true}}}", SharedFault(.other, "HTTP 500"))),
        // No code, with data and without.
        Verdict(body: errors("Try it differently"), expected: general("Try it differently")),
        Verdict(body: own("Try it differently"), expected: general("Try it differently")),
        Verdict(
            body: #"{"errors":[{"message":"a"},{"message":"b"},{"message":"c"}]}"#, expected: general("a (and 2 more)")),
        Verdict(body: #"{"errors":["plain"]}"#, expected: general("plain")),
        Verdict(body: #"{"errors":[{}]}"#, expected: general("an error without a message")),
        Verdict(
            status: 400, body: errors("Try it differently"),
            expected: .unknown(
                reason: "HTTP 400: Try it differently", SharedFault(.other, "HTTP 400: Try it differently"))),
        Verdict(body: errors("x", code: "INTERNAL_SERVER_ERROR", path: true), expected: .unknown(reason: "x")),
        Verdict(body: errors("Request timed out", path: true), expected: .unknown(reason: "Request timed out")),
        Verdict(
            body: #"{"data":{"inviteUser":{"ok":true}},"errors":[{"message":"mail"}]}"#,
            expected: .unknown(reason: "the API returned ok: true and an error: mail")),
        Verdict(body: #"{"data":{"inviteUser":{"ok":1}}}"#, expected: otherShape),
        Verdict(body: #"{"data":{"inviteUser":null}}"#, expected: otherShape),
        Verdict(body: #"{"data":{"disableUser":{"ok":true}}}"#, expected: otherShape),
        Verdict(body: "[]", expected: otherShape),
        Verdict(
            body: #"{"data":{"inviteUser":{"o"#,
            expected: unreadable("the API returned incomplete or malformed JSON")),
        Verdict(body: "", expected: unreadable("the API returned an empty body, not JSON")),
        Verdict(body: "fine", expected: unreadable("the API returned text that is not JSON: fine")),
    ])
    func `everything else is unknown`(_ verdict: Verdict) {
        #expect(answer(verdict) == verdict.expected)
    }

    @Test(arguments: [
        Verdict(body: errors("Too many requests", path: true), expected: .done),
        Verdict(body: errors("x", code: "RATE_LIMIT_EXCEEDED"), expected: .done),
        Verdict(body: errors("x", code: "RESOURCE_EXHAUSTED"), expected: .done),
        Verdict(body: own("x", code: "TOO_MANY_REQUESTS"), expected: .done),
        Verdict(body: own("x", code: "throttled"), expected: .done),
        Verdict(body: #"{"errors":[{"message":"x","extensions":{"code":429}}]}"#, expected: .done),
        Verdict(body: #"{"errors":[{"message":"x","extensions":{"http":{"status":429}}}]}"#, expected: .done),
        Verdict(body: #"{"errors":[{"message":"x","extensions":{"retryAfter":7}}]}"#, expected: .done),
        Verdict(headers: ["Retry-After": "7"], body: errors("x"), expected: .done),
        Verdict(headers: ["RateLimit-Remaining": "0", "RateLimit-Reset": "7"], body: errors("x"), expected: .done),
        Verdict(status: 403, headers: ["X-RateLimit-Remaining": "0"], body: "no", expected: .done),
        Verdict(status: 403, body: #"{"message":"API rate limit exceeded"}"#, expected: .done),
        Verdict(status: 503, headers: ["Retry-After": "7"], body: "no", expected: .done),
        Verdict(
            status: 429,
            body: #"{"errors":[{"message":"x","path":["inviteUser"],"extensions":{"code":"RATE_LIMITED"}}]}"#,
            expected: .done),
        Verdict(body: #"{"message":"Too many requests"}"#, expected: .done),
    ])
    func `throttling slows the run in every form, and proves nothing`(_ verdict: Verdict) {
        guard case .unknown(_, _, let slowDown?) = answer(verdict) else {
            Issue.record("\(answer(verdict))")
            return
        }
        let isSevenSeconds = "\(verdict.headers)\(verdict.body)".contains("7")
        #expect(slowDown.wait == (isSevenSeconds ? .seconds(7) : nil))
    }

    /// Whatever it says and whatever its status is, nobody knows what it means.
    @Test(arguments: [
        (done + "x", "incomplete or malformed JSON"), (done + "\0", "incomplete or malformed JSON"),
        (done + "{}", "incomplete or malformed JSON"),
        (String(done.dropLast()), "incomplete or malformed JSON"),
        ("\u{feff}" + done, "incomplete or malformed JSON"),
        (#"{"data":{"inviteUser":{"ok":true}},"x":01}"#, "incomplete or malformed JSON"),
        (#"{"data":{"inviteUser":{"ok":true}},"x":"\ud800"}"#, "incomplete or malformed JSON"),
        (#"{"x":"<html>","data":{"inviteUser":{"ok":true}}"#, "incomplete or malformed JSON"),
        (#"{"data":{"inviteUser":{"ok":false}},"data":{"inviteUser":{"ok":true}}}"#, "JSON in which data comes twice"),
        (
            #"{"data":{"inviteUser":{"ok":true},"inviteUser":{"ok":false}}}"#,
            "JSON in which data.inviteUser comes twice"
        ),
        (
            #"{"data":{"inviteUser":{"ok":false,"ok":true}}}"#, "JSON in which data.inviteUser.ok comes twice"
        ),
        (
            #"{"errors":[{"message":"no\u0000","path":["inviteUser"]}],"data":null}"#,
            "JSON in which errors[0].message has a NUL character"
        ),
        (
            #"{"data":{"inviteUser":{"ok":true}},"x":\#(String(repeating: "[", count: 9500))\#(String(repeating: "]", count: 9500))}"#,
            "JSON that is nested more than 128 levels deep"
        ),
    ])
    func `an answer that cannot be trusted is unknown`(body: String, problem: String) {
        for status in [200, 201, 204, 302, 400, 401, 403, 404, 422] {
            let reason = (status < 300 ? "the API returned " : "HTTP \(status): ") + problem
            let cause: SharedFault.Cause = [401, 403].contains(status) ? .credentials : .other
            #expect(
                answer(Verdict(status: status, body: body, expected: .done))
                    == .unknown(reason: reason, SharedFault(cause, reason)))
        }
        for status in [408, 429, 500, 503] {
            guard case .unknown = answer(Verdict(status: status, body: body, expected: .done)) else {
                Issue.record("HTTP \(status) proved something")
                continue
            }
        }
    }

    @Test(arguments: ["1e30", "-1e30", "9.3e18", "1.5", "null", "[]"])
    func `a code may be any number`(code: String) {
        let body = #"{"errors":[{"message":"boom","extensions":{"code":\#(code)}}]}"#
        for status in [200, 400, 429, 500] { _ = answer(Verdict(status: status, body: body, expected: .done)) }
        #expect(answer(Verdict(body: body, expected: .done)) == general("boom"))
    }

    @Test func `throttling in another product's words slows the run, too`() {
        let body = #"{"__type":"ThrottlingException","message":"Rate exceeded"}"#
        guard case .noEffect(_, .slowDown) = answer(Verdict(status: 400, body: body, expected: .done)) else {
            Issue.record("it does not")
            return
        }
    }

    @Test func `a limit that is used up says nothing about a refusal of the row`() {
        let headers = ["RateLimit-Remaining": "0", "RateLimit-Reset": "7"]
        let body = #"{"data":{"inviteUser":{"ok":false}}}"#
        #expect(
            answer(Verdict(headers: headers, body: body, expected: .done))
                == .declined(reason: "the API returned ok: false", nil))
    }

    @Test func `a date to wait for is relative to the server's own clock`() {
        let headers = ["Date": "Sun, 06 Nov 2044 08:00:00 GMT", "Retry-After": "Sun, 06 Nov 2044 08:00:30 GMT"]
        #expect(
            answer(Verdict(status: 429, headers: headers, body: "", expected: .done))
                == .noEffect(reason: "HTTP 429", .slowDown(.init(wait: .seconds(30)))))
    }

    @Test(arguments: [
        ("https://login.example.com/x?k=s3cret-value", "login.example.com", SharedFault.Cause.credentials),
        ("/elsewhere", "another address of the same host", .other),
        ("https://s3cret-value.example.com/", "***.example.com", .other),
    ])
    func `a redirect names the host and nothing more`(location: String, target: String, cause: SharedFault.Cause) {
        let found = answer(Verdict(status: 302, headers: ["Location": location], body: "", expected: .done))
        let reason = "HTTP 302: redirect to \(target); check that this is the endpoint of the API"
        #expect(found == .declined(reason: reason, SharedFault(cause, reason)))
    }

    @Test(arguments: [
        (TransportFailure.neverSent(reason: "r"), Answer.noEffect(reason: "r", .reconnect)),
        (
            .timedOut(after: .seconds(30)),
            .unknown(reason: "no response within 30 s", SharedFault(.unreachable, "no response within 30 s"))
        ),
        (
            .timedOut(after: .milliseconds(250)),
            .unknown(reason: "no response within 0.25 s", SharedFault(.unreachable, "no response within 0.25 s"))
        ),
        (.lost(reason: "r"), .unknown(reason: "r", SharedFault(.unreachable, "r"))),
        (
            .tooLong(limit: 9),
            .unknown(
                reason: "the response exceeds 9 bytes and was not read",
                SharedFault(.other, "the response exceeds 9 bytes and was not read"))
        ),
    ])
    func `without an answer, only a connection that was not made proves anything`(
        failure: TransportFailure, expected: Answer
    ) {
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
