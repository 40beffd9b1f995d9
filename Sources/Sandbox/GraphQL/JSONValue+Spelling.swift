import Domain
import JSONReading

extension JSONValue {
    /// The value as JSON, with spaces as in graphql-js and with members sorted by name.
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
