import Domain

/// A member of a JSON document or of an event, spelled already: `"status":0`.
public struct JSONMember: Sendable {
    /// The name, a colon and the value.
    public let text: String

    /// A member that is JSON already.
    public init(spelled text: String) { self.text = text }

    /// A value under a name.
    public init(_ name: String, _ value: some Encodable) {
        // Strings, whole numbers and what is made of them: there is no value among these that JSON cannot have.
        text = JSONText.string(name) + ":" + ((try? JSONText.line(value)) ?? "null")
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
