/// Any JSON value; external data is examined without assumptions about its structure.
public enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    /// A number without fraction and exponent that fits into a signed 64-bit integer.
    case integer(Int)
    /// Every other number.
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    /// The member of an object; nil if it is missing, or if the value is not an object.
    public subscript(_ name: String) -> JSONValue? { members?[name] }

    /// Whether the value is `null`.
    public var isNull: Bool { self == .null }

    /// The text of a string; nil for other values.
    public var text: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The members of an object; nil for other values.
    public var members: [String: JSONValue]? {
        if case .object(let members) = self { members } else { nil }
    }
}
