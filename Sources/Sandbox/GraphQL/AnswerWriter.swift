import Domain

/// Builds the JSON of a response as bytes, and can undo what was written since a mark.
///
/// Encoders have no such marks, but a failed field must remove the fields that were written beside it.
struct AnswerWriter: Sendable {
    private(set) var bytes: [UInt8] = []

    var count: Int { bytes.count }

    mutating func raw(_ text: StaticString) {
        text.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    mutating func integer(_ number: Int) { bytes.append(contentsOf: String(number).utf8) }

    mutating func truncate(to count: Int) { bytes.removeSubrange(count...) }

    mutating func string(_ text: String) { JSONText.append(text, to: &bytes) }

    /// Appends `"errors":[…]` without surrounding braces.
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
