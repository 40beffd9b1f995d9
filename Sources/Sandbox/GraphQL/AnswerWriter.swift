/// Builds JSON as bytes; what was written can be taken back to a mark.
struct AnswerWriter: Sendable {
    private(set) var bytes: [UInt8] = []

    var count: Int { bytes.count }

    mutating func raw(_ text: StaticString) {
        text.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    mutating func integer(_ number: Int) { bytes.append(contentsOf: String(number).utf8) }

    mutating func byte(_ byte: UInt8) { bytes.append(byte) }

    mutating func truncate(to count: Int) { bytes.removeSubrange(count...) }

    /// A string with the escapes that RFC 8259, section 7, asks for.
    mutating func string(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case UInt8(ascii: "\n"): raw("\\n")
            case UInt8(ascii: "\r"): raw("\\r")
            case UInt8(ascii: "\t"): raw("\\t")
            case 0..<0x20:
                raw(byte < 0x10 ? "\\u000" : "\\u00")
                bytes.append(contentsOf: String(byte, radix: 16).utf8)
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// `"errors":[…]` without braces around it.
    mutating func errors(_ errors: [GraphQLError]) {
        raw("\"errors\":[")
        for (index, error) in errors.enumerated() {
            if index > 0 { raw(",") }
            raw("{\"message\":")
            string(error.message)
            if !error.locations.isEmpty {
                raw(",\"locations\":[")
                for (index, location) in error.locations.enumerated() {
                    raw(index > 0 ? ",{\"line\":" : "{\"line\":")
                    integer(location.line)
                    raw(",\"column\":")
                    integer(location.column)
                    raw("}")
                }
                raw("]")
            }
            if !error.path.isEmpty { path(error.path) }
            raw("}")
        }
        raw("]")
    }

    private mutating func path(_ path: [GraphQLError.PathPart]) {
        raw(",\"path\":[")
        for (index, part) in path.enumerated() {
            if index > 0 { raw(",") }
            switch part {
            case .name(let name): string(name)
            case .index(let index): integer(index)
            }
        }
        raw("]")
    }
}
