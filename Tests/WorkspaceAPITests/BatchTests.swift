import Domain
import Foundation
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
        let body = try #require(JSONValue.read(Data(request.body)))
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
        let body = try #require(JSONValue.read(Data(try request(1).body)))
        #expect(body["query"]?.text == GraphQLDocument.inviteUser.text)
    }

    @Test func `each row has its own answer`() throws {
        let body = #"""
            {"data":{"o0":{"ok":true},"o1":{"ok":false},"o2":null},
             "errors":[{"message":"seat limit","path":["o2"]}]}
            """#
        #expect(
            try answers(3, body) == [
                .done, .refused(reason: "the API answered ok: false"), .refused(reason: "seat limit"),
            ])
    }

    @Test func `an error that takes its neighbours' answers with it leaves them unknown`() throws {
        let body = #"{"data":null,"errors":[{"message":"seat limit","path":["o1"]}]}"#
        let found = try answers(3, body)
        #expect(found[1] == .refused(reason: "seat limit"))
        for place in [0, 2] {
            guard case .unknownEffect(_, timedOut: false) = found[place] else { return #expect(found[place] == .done) }
        }
    }

    @Test(arguments: [
        (413, "<html><title>Too big</title>", true), (400, #"{"errors":[{"message":"Too many aliases"}]}"#, true),
        (200, #"{"errors":[{"message":"Query is too complex: 40 exceeds 20"}]}"#, true),
        (200, #"{"errors":[{"message":"Variable $accountType1 got an invalid value"}],"data":null}"#, false),
        (400, "bad", false),
    ])
    func `a refusal of the whole is no row's fault yet`(status: Int, body: String, isTooLarge: Bool) throws {
        for answer in try answers(2, status: status, body) {
            guard case .batchRefused(_, isTooLarge) = answer else { return #expect(answer == .done) }
        }
        // The same about one operation is final.
        guard case .refused = try answers(1, status: status, body)[0] else {
            return #expect(try answers(1, status: status, body) == [])
        }
    }

    @Test(arguments: [
        (401, "", Answer.credentialsRefused(reason: "HTTP 401")),
        (429, "", .again(reason: "HTTP 429", .run(retryAfter: nil))),
        (502, "", .unknownEffect(reason: "HTTP 502", timedOut: false)),
    ])
    func `what ends or slows a run does so whatever the number`(status: Int, body: String, expected: Answer) throws {
        #expect(try answers(3, status: status, body) == [expected, expected, expected])
    }

    @Test func `an answer that cannot be read says nothing about any row`() throws {
        for answer in try answers(2, "{\"data\":{") {
            guard case .unknownEffect(_, timedOut: false) = answer else { return #expect(answer == .done) }
        }
    }
}
