import Domain
import Foundation
import JSONReading
import Testing

@testable import WorkspaceAPI

/// Several operations in one request: what is sent, and what each row is told.
@Suite struct BatchTests {
    private let classifier = AnswerClassifier(redactor: Redactor([]), now: Date(timeIntervalSince1970: 0))

    private func request(_ count: Int) throws -> OperationRequest {
        OperationRequest(
            try (0..<count).map { .invite(try EmailAddress("p\($0)@acme.io"), AccountType(rawValue: "ANALYST")) })
    }

    private func answers(_ count: Int, status: Int = 200, _ body: String) throws -> [Answer] {
        classifier.answers(
            to: try request(count),
            TransportResponse(status: status, body: ResponseBody(Data(body.utf8))))
    }

    @Test func `fields have aliases and values travel as variables`() throws {
        let hostile = #"a"b') { ok } }"#
        let request = OperationRequest([
            .invite(try EmailAddress("bob@acme.io"), .admin), .disable(uid: hostile),
            .changeRole(uid: "u", AccountType(rawValue: "ANALYST")),
        ])
        let body = try JSONDocument(ResponseBody(request.body)).root
        let query = """
            mutation Batch($email0: String!, $accountType0: UserAccountType!, $uid1: String!, $uid2: String!, \
            $accountType2: UserAccountType!) {
              o0: inviteUser(email: $email0, accountType: $accountType0) { ok }
              o1: disableUser(uid: $uid1) { ok }
              o2: updateUserAccountType(uid: $uid2, accountType: $accountType2) { ok }
            }
            """
        #expect(body["query"]?.text == query)
        #expect(body["variables"]?["uid1"]?.text == hostile)
        #expect(body["variables"]?["email0"]?.text == "bob@acme.io")
    }

    @Test func `one alone is sent as ever`() throws {
        let body = try JSONDocument(ResponseBody(try request(1).body)).root
        #expect(body["query"]?.text == GraphQLDocument.inviteUser.text)
    }

    @Test func `each row has its own answer`() throws {
        let body = #"""
            {"data":{"o0":{"ok":true},"o1":{"ok":false},"o2":null},
             "errors":[{"message":"seat limit","path":["o2"]}]}
            """#
        #expect(
            try answers(3, body) == [
                .done, .declined(reason: "the API returned ok: false", nil), .declined(reason: "seat limit", nil),
            ])
        // The same under another status.
        #expect(try answers(3, status: 422, body)[0] == .done)
    }

    @Test func `an error that takes its neighbours' answers with it leaves them unknown`() throws {
        let body = #"{"data":null,"errors":[{"message":"seat limit","path":["o1"]}]}"#
        let found = try answers(3, body)
        #expect(found[1] == .declined(reason: "seat limit", nil))
        for place in [0, 2] { #expect(found[place].isUnknown, "\(found[place])") }
    }

    @Test(arguments: [200, 400, 422])
    func `an error without a path says nothing about the rows that it took along`(status: Int) throws {
        let partial = #"{"data":{"o0":{"ok":true},"o1":null,"o2":null},"errors":[{"message":"boom"}]}"#
        let found = try answers(3, status: status, partial)
        #expect(found[0] == .done)
        #expect(found[1].isUnknown && found[2].isUnknown)
        let nothing = #"{"data":null,"errors":[{"message":"boom"}]}"#
        #expect(try answers(3, status: status, nothing).allSatisfy(\.isUnknown))
    }

    @Test(arguments: [
        (413, "<html><title>Too big</title>", true), (400, #"{"errors":[{"message":"Too many aliases"}]}"#, true),
        (400, "bad", false),
    ])
    func `a refusal of the whole is no row's fault yet`(status: Int, body: String, isTooLarge: Bool) throws {
        for answer in try answers(2, status: status, body) {
            guard case .noEffect(_, .split(isTooLarge)) = answer else { return #expect(answer == .done) }
        }
        // The same about one operation is not sent again.
        switch try answers(1, status: status, body)[0] {
        case .noEffect(_, .refuse), .declined, .unknown: break
        case let answer: #expect(answer == .done)
        }
    }

    @Test(arguments: [
        (401, "", Answer.noEffect(reason: "HTTP 401", .stop)),
        (429, "", .noEffect(reason: "HTTP 429", .slowDown(.init()))),
        (502, "", .unknown(reason: "HTTP 502", SharedFault(.unreachable, "HTTP 502"))),
    ])
    func `what ends or slows a run does so whatever the number`(status: Int, body: String, expected: Answer) throws {
        #expect(try answers(3, status: status, body) == [expected, expected, expected])
    }

    @Test(arguments: [
        (200, #"{"errors":[{"message":"You have exceeded the seat limit of your plan"}]}"#),
        (200, #"{"errors":[{"message":"Bad","extensions":{"code":"BAD_USER_INPUT"}}]}"#),
        (422, #"{"errors":[{"message":"Seat limit"}]}"#),
        // Carried out in part, whatever the status says.
        (429, #"{"errors":[{"message":"Slow down","path":["o2"]}]}"#),
        (400, #"{"errors":[{"message":"p2@acme.io is blocked"}]}"#),
        (400, #"{"errors":[{"message":"no","path":"o2"}]}"#),
        (401, #"{"errors":[{"message":"no","path":["o2"]}]}"#),
        // Everything went well, and nothing was saved.
        (200, #"{"data":{"o0":{"ok":true},"o1":{"ok":true},"o2":{"ok":true}},"errors":[{"message":"rolled back"}]}"#),
    ])
    func `a batch that may have been carried out in part is not sent again unseen`(status: Int, body: String) throws {
        for answer in try answers(3, status: status, body).dropLast() { #expect(answer.isUnknown, "\(answer)") }
    }

    @Test func `an answer that cannot be read says nothing about any row`() throws {
        for answer in try answers(2, "{\"data\":{") {
            #expect(answer.isUnknown)
        }
    }
}

extension Answer {
    /// Whether it proves nothing.
    var isUnknown: Bool { if case .unknown = self { true } else { false } }
}
