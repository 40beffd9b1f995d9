import Lanes
import Testing

@testable import Sandbox

/// Documents that are meant to exhaust the stack, the memory or the processor: each ends in an ordinary refusal.
@Suite(.prompt, .timeLimit(.minutes(5))) struct HostileDocumentTests {
    private static let tooLarge = "Syntax Error: The document is too large: "
    private static let tooDeep = tooLarge + "nested deeper than 32 levels."
    private static let tooMany = tooLarge + "more than 10000 fields."

    private static func text(_ part: String, times: Int) -> String { String(repeating: part, count: times) }

    private static func fragments(_ count: Int, _ body: (Int) -> String) -> String {
        (1...count).map { "fragment F\($0) on Query { \(body($0)) }" }.joined(separator: "\n")
    }

    private static let documents = [
        Hostile("braces", text("{", times: 10_000), "Syntax Error: Expected Name, found \"{\"."),
        Hostile("selections", text("{a", times: 10_000), tooDeep),
        Hostile("inline fragments", "{" + text("...{", times: 10_000), tooDeep),
        Hostile("closed selections", text("{a", times: 10_000) + text("}", times: 10_000), tooDeep),
        Hostile("lists", "{ a(b: " + text("[", times: 10_000), tooDeep),
        Hostile("objects", "{ a(b: " + text("{c:", times: 10_000), tooDeep),
        Hostile("list types", "query($a: " + text("[", times: 10_000), tooDeep),
        Hostile("lists by default", "query($a: Int = " + text("[", times: 10_000), tooDeep),
        Hostile("one alias", "{" + text(" a: __typename", times: 50_000) + "}", tooMany),
        Hostile("aliases", "{" + (0..<50_000).map { " a\($0): __typename" }.joined() + "}", tooMany),
        Hostile("spreads", "{" + text("...F ", times: 100_000) + "}", tooMany),
        Hostile("fragments", "{ ...F1 }" + fragments(65) { "...F\($0 + 1)" }, tooLarge + "more than 64 fragments."),
        Hostile(
            "operations", (0..<65).map { "query Q\($0) { __typename } " }.joined(),
            tooLarge + "more than 64 operations."),
        // Each fragment spreads the next one twice: 2 to the power of 20 fields.
        Hostile(
            "doubling fragments",
            "{ ...F1 }" + fragments(20) { "...F\($0 + 1) ... { ...F\($0 + 1) }" }
                + "fragment F21 on Query { a: __typename }",
            "The operation has more than 10000 fields after its fragments are expanded."),
        Hostile("a string", "{ a(b: \"" + text("x", times: 500_000), "Syntax Error: Unterminated string."),
        Hostile("a block string", "{ a(b: \"\"\"" + text("\n", times: 500_000), "Syntax Error: Unterminated string."),
        Hostile("a comment", "#" + text("x", times: 500_000), "Syntax Error: Unexpected <EOF>."),
        Hostile("commas", text(",", times: 500_000), "Syntax Error: Unexpected <EOF>."),
        Hostile(
            "digits", "{ a(b: -" + text("9", times: 500_000) + ".) }",
            "Syntax Error: Invalid number, expected digit but got: \")\"."),
        Hostile(
            "a name", "{ " + text("a", times: 500_000) + " }",
            "Cannot query field \"\(text("a", times: 500_000))\" on type \"Query\"."),
    ]

    @Test(arguments: documents)
    func `a document beyond all measure is refused`(document: Hostile) throws {
        let answer = try Desk().ask(document.query)
        #expect(answer.status == 400)
        // Not the messages themselves: one is half a megabyte.
        #expect((answer.messages == [document.message]) == true)
    }

    @Test func `a mistake made a thousand times is reported a hundred times`() throws {
        let fields = (0..<5_000).map { "a\($0): nobody" }.joined(separator: "\n")
        let answer = try Desk().ask("{ \(fields) }")
        #expect(answer.status == 400)
        #expect(answer.messages.count == 101)
        #expect(answer.messages.last == "Too many validation errors, error limit reached. Validation aborted.")
    }

    @Test func `so are variables that are missing`() throws {
        let numbers = 0..<4_900
        let query =
            "mutation(\(numbers.map { "$v\($0): String!" }.joined())) {"
            + numbers.map { "a\($0): disableUser(uid: $v\($0)) { ok }" }.joined() + "}"
        let answer = try Desk().ask(query)
        #expect(answer.status == 400)
        #expect(answer.messages.count == 101)
        #expect(answer.messages.first == "Variable \"$v0\" of required type \"String!\" was not provided.")
        #expect(
            answer.messages.last == "Too many errors processing variables, error limit reached. Execution aborted.")
    }

    @Test(
        arguments: [
            // 1 + 3 × 21 = 64 levels, as many as there may be.
            (3, 20, #"{"data":{"__typename":"Query"}}"#), (3, 21, tooNested), (64, 31, tooNested),
        ])
    func `nested fragments fit the smallest stack`(count: Int, depth: Int, text: String) async throws {
        let opening = Self.text("...{", times: depth)
        let closing = Self.text("}", times: depth)
        let chain = Self.fragments(count - 1) { "\(opening) ...F\($0 + 1) \(closing)" }
        let query = "{ ...F1 } \(chain) fragment F\(count) on Query { \(opening) __typename \(closing) }"
        #expect(try await onSmallStack { try Desk().ask(query).text } == text)
    }

    private static let tooNested =
        #"{"errors":[{"message":"The operation is nested deeper than 64 levels after its fragments are expanded.","#
        + #""locations":[{"line":1,"column":1}]}]}"#

    @Test func `nested JSON fits the smallest stack`() async throws {
        let body = Array("{\"query\":\"{ __typename }\",\"variables\":{\"a\":\(Self.text("[", times: 100_000))".utf8)
        let answer = try await onSmallStack { try Desk().post(body).text }
        #expect(answer.hasPrefix(#"{"errors":[{"message":"The body is "#))
    }

    @Test func `ten thousand listings of a large workspace are answered`() throws {
        let desk = try Desk(users: 100_000)
        let answer = desk.ask("{" + (0..<4_900).map { "a\($0): listUsers { ok } " }.joined() + "}")
        #expect(answer.status == 200)
        #expect(answer.text.hasSuffix(#""a4899":{"ok":true}}}"#))
    }
}

/// A document with a name to show for it.
struct Hostile: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var query: String
    var message: String

    init(_ name: String, _ query: String, _ message: String) {
        (testDescription, self.query, self.message) = (name, query, message)
    }
}
