import Domain

/// Splits a document into tokens, one at a time.
struct Lexer {
    let source: DocumentSource
    private(set) var position = 0

    init(_ source: DocumentSource) {
        self.source = source
    }

    /// The next token; always `.end` at the end of the text.
    mutating func next() throws(GraphQLError) -> Token {
        skipIgnored()
        let start = position
        guard let byte = peek() else { return Token(kind: .end, text: "", offset: start) }
        switch byte {
        case UInt8(ascii: "!"), UInt8(ascii: "$"), UInt8(ascii: "&"), UInt8(ascii: "("), UInt8(ascii: ")"),
            UInt8(ascii: ":"), UInt8(ascii: "="), UInt8(ascii: "@"), UInt8(ascii: "["), UInt8(ascii: "]"),
            UInt8(ascii: "{"), UInt8(ascii: "|"), UInt8(ascii: "}"):
            position += 1
            return Token(kind: .punctuator, text: String(UnicodeScalar(byte)), offset: start)
        case UInt8(ascii: "."):
            guard peek(1) == byte, peek(2) == byte else { throw unexpectedCharacter() }
            position += 3
            return Token(kind: .punctuator, text: "...", offset: start)
        case UInt8(ascii: "\""):
            return try string()
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            return try number()
        case _ where Self.isNameStart(byte):
            while let next = peek(), Self.isNameStart(next) || Self.isDigit(next) { position += 1 }
            return Token(kind: .name, text: text(from: start), offset: start)
        default:
            throw unexpectedCharacter()
        }
    }

    /// Skips white space, line ends, commas, comments and the byte order mark between tokens.
    private mutating func skipIgnored() {
        while let byte = peek() {
            switch byte {
            case 0x09, 0x0a, 0x0d, 0x20, UInt8(ascii: ","):
                position += 1
            case UInt8(ascii: "#"):
                while let next = peek(), next != 0x0a, next != 0x0d { position += 1 }
            case 0xef where peek(1) == 0xbb && peek(2) == 0xbf:
                position += 3
            default:
                return
            }
        }
    }

    private mutating func number() throws(GraphQLError) -> Token {
        let start = position
        var kind = Token.Kind.int
        if peek() == UInt8(ascii: "-") { position += 1 }
        if peek() == UInt8(ascii: "0") {
            position += 1
            if let next = peek(), Self.isDigit(next) {
                throw syntax("Invalid number, unexpected digit after 0: \(character()).")
            }
        } else {
            try digits()
        }
        if peek() == UInt8(ascii: ".") {
            kind = .float
            position += 1
            try digits()
        }
        if let mark = peek(), mark | 0x20 == UInt8(ascii: "e") {
            kind = .float
            position += 1
            if let sign = peek(), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { position += 1 }
            try digits()
        }
        // `1x` and `1.` are errors, not two tokens (spec section 2.9.1).
        if let next = peek(), Self.isNameStart(next) || next == UInt8(ascii: ".") {
            throw syntax("Invalid number, expected digit but got: \(character()).")
        }
        return Token(kind: kind, text: text(from: start), offset: start)
    }

    private mutating func digits() throws(GraphQLError) {
        guard let first = peek(), Self.isDigit(first) else {
            throw syntax("Invalid number, expected digit but got: \(character()).")
        }
        while let next = peek(), Self.isDigit(next) { position += 1 }
    }

    private mutating func string() throws(GraphQLError) -> Token {
        let quote = UInt8(ascii: "\"")
        let start = position
        var reader = StringReader(source: source, position: position)
        let isBlock = peek(1) == quote && peek(2) == quote
        let value = isBlock ? try reader.blockString() : try reader.string()
        position = reader.position
        return Token(kind: isBlock ? .blockString : .string, text: value, offset: start)
    }
}

extension Lexer {
    private func peek(_ distance: Int = 0) -> UInt8? {
        let index = position + distance
        return index < source.bytes.count ? source.bytes[index] : nil
    }

    private func text(from start: Int) -> String {
        String(decoding: source.bytes[start..<position], as: UTF8.self)
    }

    private static func isNameStart(_ byte: UInt8) -> Bool {
        (0x61...0x7a).contains(byte | 0x20) || byte == UInt8(ascii: "_")
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    /// The character at the position, quoted as in graphql-js.
    private func character() -> String {
        guard position < source.bytes.count else { return "<EOF>" }
        let end = min(position + 4, source.bytes.count)
        guard let scalar = String(decoding: source.bytes[position..<end], as: UTF8.self).unicodeScalars.first else {
            return "<EOF>"
        }
        if scalar == "\"" { return "'\"'" }
        if (0x20...0x7e).contains(scalar.value) { return "\"\(scalar)\"" }
        return "U+" + Hexadecimal.text(scalar.value, digits: 4, uppercase: true)
    }

    private func unexpectedCharacter() -> GraphQLError { syntax("Unexpected character: \(character()).") }

    private func syntax(_ message: String) -> GraphQLError {
        source.error("Syntax Error: " + message, at: position)
    }
}
