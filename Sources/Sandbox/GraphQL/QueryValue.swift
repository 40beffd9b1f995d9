/// A JSON value of a request: the body itself, its variables, and arguments once they are coerced.
enum QueryValue: Hashable, Sendable {
    case null
    case boolean(Bool)
    case integer(Int)
    case number(Double)
    case string(String)
    case list([QueryValue])
    case object([String: QueryValue])

    var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    var object: [String: QueryValue]? {
        if case .object(let fields) = self { fields } else { nil }
    }

    /// The value as JSON, an object's fields in the order of their names.
    var text: String {
        switch self {
        case .null: return "null"
        case .boolean(let truth): return truth ? "true" : "false"
        case .integer(let number): return String(number)
        case .number(let number): return String(number)
        case .string(let text):
            var writer = AnswerWriter()
            writer.string(text)
            return String(decoding: writer.bytes, as: UTF8.self)
        case .list(let items): return "[" + items.map(\.text).joined(separator: ", ") + "]"
        case .object(let fields):
            let shown = fields.sorted { $0.key < $1.key }.map { "\(QueryValue.string($0.key).text): \($0.value.text)" }
            return "{" + shown.joined(separator: ", ") + "}"
        }
    }
}
