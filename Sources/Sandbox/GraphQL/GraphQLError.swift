/// A position in a document in GraphQL errors: both numbers start at 1, the column counts UTF-16 units.
struct GraphQLLocation: Hashable, Sendable {
    var line: Int
    var column: Int
}

/// One entry of `errors` in a response.
struct GraphQLError: Error, Hashable, Sendable {
    /// A step from `data` to the position where execution failed.
    enum PathPart: Hashable, Sendable {
        case name(String)
        case index(Int)
    }

    var message: String
    var locations: [GraphQLLocation] = []
    var path: [PathPart] = []
}

/// Why a request was not executed: syntax, validation, or variables. The response is HTTP 400.
struct RequestErrors: Error, Hashable, Sendable {
    var errors: [GraphQLError]
}

/// Limits for documents, so that a hostile one causes an error instead of a stack overflow.
///
/// Documents of this project stay far below. Recursion follows the levels of a document, so the limits keep it within
/// 512 KiB, the smallest stack of a thread (macOS).
enum DocumentLimits {
    /// Nested braces, brackets and lists.
    static let depth = 32
    /// Levels after the expansion of all fragment spreads.
    static let levels = 64
    static let fragments = 64
    static let operations = 64
    /// Fields as written, and fields after the expansion of all fragment spreads.
    static let fields = 10_000
    /// The number of errors that graphql-js reports before it stops.
    static let errors = 100
    /// The size of a response in bytes.
    static let answer = 512 << 20
}

/// The text of a document, with the positions of offsets.
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
