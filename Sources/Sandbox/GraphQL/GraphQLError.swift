/// A place in a document as GraphQL reports it: both numbers start at 1, the column counts UTF-16 units.
struct GraphQLLocation: Hashable, Sendable {
    var line: Int
    var column: Int
}

/// One entry of an answer's `errors`.
struct GraphQLError: Error, Hashable, Sendable {
    /// A step from the answer's `data` to the place where execution failed.
    enum PathPart: Hashable, Sendable {
        case name(String)
        case index(Int)
    }

    var message: String
    var locations: [GraphQLLocation] = []
    var path: [PathPart] = []
}

/// Why a request was not executed at all: syntax, validation, or variables. Answered with HTTP 400.
struct RequestErrors: Error, Hashable, Sendable {
    var errors: [GraphQLError]
}

/// How much of a document is taken on, so that a hostile one ends in an error and not in an exhausted stack.
///
/// No document that this project sends comes near. Recursion over a document follows its levels, so the limits keep
/// it within the 512 KiB that are the smallest stack of a thread (macOS).
enum DocumentLimits {
    /// Braces, brackets and lists inside each other.
    static let depth = 32
    /// Levels once every fragment spread is written out.
    static let levels = 64
    static let fragments = 64
    static let operations = 64
    /// Fields as written, and fields once every fragment spread is written out.
    static let fields = 10_000
    /// As many as graphql-js reports before it gives up.
    static let errors = 100
    /// Bytes of one answer.
    static let answer = 512 << 20
}

/// The text of a document, and where in it an offset is.
struct DocumentSource: Sendable {
    let bytes: [UInt8]

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    /// Line and column of a byte offset. A line ends at `\n`, `\r` or `\r\n` (October 2021 spec, section 2.1.2).
    func location(at offset: Int) -> GraphQLLocation {
        var line = 1
        var lineStart = 0
        var index = 0
        let end = min(offset, bytes.count)
        while index < end {
            let byte = bytes[index]
            index += 1
            if byte == 0x0d, index < bytes.count, bytes[index] == 0x0a, index < end { index += 1 }
            if byte == 0x0a || byte == 0x0d {
                line += 1
                lineStart = index
            }
        }
        let before = String(decoding: bytes[lineStart..<max(lineStart, end)], as: UTF8.self)
        return GraphQLLocation(line: line, column: before.utf16.count + 1)
    }

    func error(_ message: String, at offsets: Int...) -> GraphQLError {
        GraphQLError(message: message, locations: offsets.map(location(at:)))
    }
}
