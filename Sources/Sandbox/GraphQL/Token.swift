/// A lexical token of a document (October 2021 spec, section 2.1.6).
struct Token: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        case punctuator, name, int, float, string, blockString, end
    }

    var kind: Kind
    /// The characters of a name, number or punctuator; the value of a string without escapes.
    var text: String
    /// The position in bytes.
    var offset: Int

    /// The token in the form of graphql-js in `Expected …, found …`.
    var description: String {
        switch kind {
        case .punctuator: "\"\(text)\""
        case .name: "Name \"\(text)\""
        case .int: "Int \"\(text)\""
        case .float: "Float \"\(text)\""
        case .string: "String \"\(text)\""
        case .blockString: "BlockString \"\(text)\""
        case .end: "<EOF>"
        }
    }

    func isPunctuator(_ mark: String) -> Bool { kind == .punctuator && text == mark }
    func isName(_ word: String) -> Bool { kind == .name && text == word }
}
