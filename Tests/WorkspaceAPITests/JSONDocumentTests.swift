import Foundation
import Testing

@testable import WorkspaceAPI

/// Small answers: mutations, errors, workspaces.
@Suite struct JSONDocumentTests {
    private func read(_ text: String) throws -> JSONValue { try JSONDocument(ResponseBody(Data(text.utf8))).root }

    @Test(arguments: [
        ("null", JSONValue.null), (" true ", .bool(true)), ("-12", .number(-12)),
        ("18446744073709551615", .number(0x1p64)),
        (#""\u00e9\ud83e\udd8a\n""#, .string("é🦊\n")), ("[]", .array([])), ("{}", .object([:])),
        (
            #"{"a":[1,{"b":false}],"":""}"#,
            .object(["a": .array([.number(1), .object(["b": .bool(false)])]), "": .string("")])
        ),
    ])
    func `values`(text: String, value: JSONValue) throws {
        #expect(try read(text) == value)
    }

    @Test(arguments: [
        "", " ", "{", "nonsense", "[1,]", #"{"a":1,}"#, #"{"a" 1}"#, "01", "1.", "NaN", "'a'", #""\x""#, #""\ud800""#,
        #""\udc00""#, "\"\u{1}\"", "{} {}", "{}x", "{}\0", "\u{feff}{}", "// c\n{}", "[}", "1 2",
    ])
    func `what is no JSON`(text: String) {
        #expect(throws: InvalidJSON.notJSON) { try read(text) }
    }

    @Test func `bytes that are no text`() {
        for bytes in [
            [0x22, 0xff, 0x22], [0x22, 0xc0, 0x80, 0x22], [0x22, 0xed, 0xa0, 0x80, 0x22], [0x7b, 0, 0x7d, 0],
        ]
            as [[UInt8]]
        {
            #expect(throws: InvalidJSON.notJSON) { try JSONDocument(ResponseBody(bytes)) }
        }
    }

    @Test(arguments: [
        (#"{"a":1,"a":1}"#, InvalidJSON.twice("a")), (#"{"a":1,"\u0061":null}"#, .twice("a")),
        (#"{"x":[0,{"y":{"z":1,"z":1}}]}"#, .twice("x[1].y.z")), (#""\u0000""#, .nul("the text")),
        (#"{"x":[0,"a\u0000b"]}"#, .nul("x[1]")), (#"{"a\u0000":1}"#, .nul("the name of a member")),
    ])
    func `what can be read in more than one way`(text: String, expected: InvalidJSON) {
        #expect(throws: expected) { try read(text) }
    }

    /// Nineteen kilobytes of brackets took a parser that tries one type after another fifteen seconds.
    @Test(arguments: [129, 9500, 400_000])
    func `nesting is bounded`(depth: Int) throws {
        #expect(throws: Never.self) { try read(nested(100)) }
        #expect(throws: InvalidJSON.tooDeep) { try read(nested(depth)) }
    }

    private func nested(_ depth: Int) -> String {
        String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
}
