import JSONReading
import Testing

/// What is sent from outside: answers, requests, records.
@Suite struct JSONDocumentTests {
    private func read(_ text: String) throws -> JSONValue { try JSONDocument(Array(text.utf8)).root }

    /// What ``JSONDocument/check(_:)`` throws, which must not differ.
    private func fault(in bytes: [UInt8]) -> InvalidJSON? {
        do throws(InvalidJSON) { try JSONDocument.check(bytes) } catch { return error }
        return nil
    }

    @Test(arguments: [
        ("null", JSONValue.null), (" true ", .bool(true)), ("0", .integer(0)), ("-0", .integer(0)),
        ("-12", .integer(-12)),
        ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
        ("9223372036854775808", .number(0x1p63)), ("18446744073709551615", .number(0x1p64)),
        ("1.5", .number(1.5)), ("1.0", .number(1)), ("2E+2", .number(200)),
        (#""\u00e9\ud83e\udd8a\n""#, .string("é🦊\n")), (#""\"\\\/\b\f\r\t""#, .string("\"\\/\u{8}\u{c}\r\t")),
        ("[ ]", .array([])), ("[1 , true,null]", .array([.integer(1), .bool(true), .null])), ("{}", .object([:])),
        (
            #"{"a":[1,{"b":false}],"":""}"#,
            .object(["a": .array([.integer(1), .object(["b": .bool(false)])]), "": .string("")])
        ),
    ])
    func `values`(text: String, value: JSONValue) throws {
        #expect(try read("\r\n\t \(text)\r\n") == value)
        #expect(fault(in: Array(text.utf8)) == nil)
    }

    @Test(arguments: [
        "", " ", "{", "nonsense", "[1,]", #"{"a":1,}"#, #"{"a" 1}"#, "01", "1.", ".5", "+1", "-", "1e", "0x10", "1e999",
        "18446744073709551616", "NaN", "tru", "nul", "'a'", #""\x""#, #""\u12""#, #""\ud8"#, #""\ud800""#, #""\udc00""#,
        #""\ud83dA""#, #""\ud83d\u0041""#, "\"\u{1}\"", "{} {}", "{}x", "{}\0", "\u{feff}{}", "// c\n{}", "[}", "1 2",
    ])
    func `what is no JSON`(text: String) {
        #expect(throws: InvalidJSON.notJSON) { try read(text) }
        #expect(fault(in: Array(text.utf8)) == .notJSON)
    }

    @Test func `bytes that are no text`() {
        for bytes in [
            [0x22, 0xff, 0x22], [0x22, 0xc0, 0x80, 0x22], [0x22, 0xed, 0xa0, 0x80, 0x22], [0x7b, 0, 0x7d, 0],
        ]
            as [[UInt8]]
        {
            #expect(throws: InvalidJSON.notJSON) { try JSONDocument(bytes) }
        }
    }

    @Test(arguments: [
        (#"{"a":1,"a":1}"#, InvalidJSON.twice("a")), (#"{"a":1,"\u0061":null}"#, .twice("a")),
        (#"{"x":[0,{"y":{"z":1,"z":1}}]}"#, .twice("x[1].y.z")), (#""\u0000""#, .nul("the text")),
        (#"{"x":[0,"a\u0000b"]}"#, .nul("x[1]")), (#"{"a\u0000":1}"#, .nul("the name of a member")),
    ])
    func `what can be read in more than one way`(text: String, expected: InvalidJSON) {
        #expect(throws: expected) { try read(text) }
        #expect(fault(in: Array(text.utf8)) == expected)
    }

    /// Nineteen kilobytes of brackets took a parser that tries one type after another fifteen seconds.
    @Test(arguments: [129, 9500, 400_000])
    func `nesting is bounded`(depth: Int) throws {
        #expect(throws: Never.self) { try read(nested(100)) }
        #expect(throws: InvalidJSON.tooDeep) { try read(nested(depth)) }
        #expect(fault(in: Array(nested(depth).utf8)) == .tooDeep)
    }

    private func nested(_ depth: Int) -> String {
        String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
}
