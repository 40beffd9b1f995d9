import JSONReading
import Testing

/// Texts of which only some members are used.
@Suite struct JSONOutlineTests {
    private func read(_ text: String) throws -> JSONOutline { try JSONOutline(Array(text.utf8)) }

    private func text(_ outline: JSONOutline) -> String { String(decoding: outline.text, as: UTF8.self) }

    @Test(arguments: [
        "", " ", "{", "nonsense", "[1,]", "[,1]", "[1 2]", #"{"a":1,}"#, #"{,"a":1}"#, #"{"a" 1}"#, #"{"a":}"#, "{1:2}",
        "01", "-01", "1.", ".5", "+1", "-", "1e", "1e+", "0x10", "NaN", "tru", "truex", "nul", "'a'", #""\x""#,
        #""\u12""#, #""\ud8"#, #""\u12g4""#, "\"\u{1}\"", "\"\n\"", "\"", "\"\\", "{} {}", "{}x", "{}\0", "\u{feff}{}",
        "// c\n{}", "[}", "{]", "]", "}", "1 2", "[[]", "[]]", ",", ":", "\u{a0}1",
    ])
    func `what is no JSON`(text: String) { #expect(throws: InvalidJSON.notJSON) { try read(text) } }

    @Test func `bytes that are no text`() {
        for bytes in [
            [0x22, 0xff, 0x22], [0x22, 0xc0, 0x80, 0x22], [0x22, 0xed, 0xa0, 0x80, 0x22], [0x7b, 0, 0x7d, 0],
        ]
            as [[UInt8]]
        {
            #expect(throws: InvalidJSON.notJSON) { try JSONOutline(bytes) }
        }
    }

    @Test(arguments: [
        ("null", JSONOutline.Kind.null), (" true ", .bool), ("\tfalse\r\n", .bool), ("-0", .number), ("1E400", .number),
        ("-99999999999999999999.5e-7", .number), (#""\ud800""#, .string), (#""\u0000\"\\""#, .string), ("[ ]", .array),
        ("{ }", .object), (#"{"a":1,"a":2}"#, .object),
    ])
    func `values and their kinds`(text: String, kind: JSONOutline.Kind) throws {
        let outline = try read(text)
        #expect(
            outline.kind == kind
                && self.text(outline) == text.filter { !" \t\r\n".contains($0) || kind == .object || kind == .array })
    }

    @Test func `elements and members are in their order, whatever is between them`() throws {
        #expect(
            try read(#" [ 1 , "],[" ,[ ] , {"a":[{}]},null ,-1e9]"#).elements.map(text)
                == ["1", #""],[""#, "[ ]", #"{"a":[{}]}"#, "null", "-1e9"])
        let members = try read(#"{ "a" : 1 ,"\u0061":{"b":"}"} , "\ud800":2,"":[ ],"c\"":"\\"}"#).members
        #expect(members.map(\.name) == ["a", "a", "", "c\""])
        #expect(members.map { text($0.value) } == ["1", #"{"b":"}"}"#, "[ ]", #""\\""#])
        #expect(try read("{}").members.isEmpty && read("[]").elements.isEmpty && read("1").elements.isEmpty)
    }

    @Test func `nesting needs no stack`() throws {
        let count = 1_000_000
        let nested = String(repeating: "[", count: count) + String(repeating: "]", count: count)
        #expect(try read("[\(nested),7]").elements.map(\.kind) == [.array, .number])
        #expect(throws: InvalidJSON.notJSON) { try read(String(nested.dropLast())) }
    }
}
