import Domain
import Foundation

/// A member of a JSON document or of an event, spelled already: `"status":0`.
public struct JSONMember: Sendable {
    /// The name, a colon and the value.
    public let text: String

    /// A member that somebody else has spelled.
    public init(spelled text: String) { self.text = text }

    /// A value under a name.
    public init(_ name: String, _ value: some Encodable) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Strings, whole numbers and what is made of them: there is no value among these that JSON cannot have.
        let json = (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "null"
        text = JSONText.string(name) + ":" + json
    }
}

extension [JSONMember] {
    /// One object, on one line.
    public var object: String { "{" + map(\.text).joined(separator: ",") + "}" }
}

/// The error that a command ended with.
struct ErrorText: Encodable {
    /// What programs go by.
    var code: ErrorCode
    /// What happened and what to do.
    var message: String
}
