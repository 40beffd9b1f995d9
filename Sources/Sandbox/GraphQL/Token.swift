/// A lexical token of a document (October 2021 spec, section 2.1.6).
struct Token: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        case punctuator, name, int, float, string, blockString, end
    }

    var kind: Kind
    /// The characters of a name, number or punctuator; what a string means once its escapes are read.
    var text: String
    /// Where it starts, in bytes.
    var offset: Int

    /// The token as graphql-js calls it in `Expected …, found …`.
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
