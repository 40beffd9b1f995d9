import Domain
import JSONReading

extension JSONValue {
    /// The value as JSON, spaced as graphql-js spaces it, an object's members in the order of their names.
    var json: String {
        switch self {
        case .null: return "null"
        case .bool(let truth): return truth ? "true" : "false"
        case .integer(let number): return String(number)
        case .number(let number): return String(number)
        case .string(let text): return JSONText.string(text)
        case .array(let items): return "[" + items.map(\.json).joined(separator: ", ") + "]"
        case .object(let members):
            let shown = members.sorted { $0.key < $1.key }.map { "\(JSONText.string($0.key)): \($0.value.json)" }
            return "{" + shown.joined(separator: ", ") + "}"
        }
    }
}
