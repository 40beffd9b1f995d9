/// Any JSON: what comes from outside is looked into without trusting its shape.
public enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    /// A number without fraction and exponent that fits 64 bits with their sign.
    case integer(Int)
    /// Every other number.
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    /// The member of an object; nil if it is not there, or if the value is no object.
    public subscript(_ name: String) -> JSONValue? { members?[name] }

    /// Whether the value is `null`.
    public var isNull: Bool { self == .null }

    /// What a string says; nil for other values.
    public var text: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// What an object has; nil for other values.
    public var members: [String: JSONValue]? {
        if case .object(let members) = self { members } else { nil }
    }
}
