/// Any JSON: answers are looked into without trusting their shape.
indirect enum JSONValue: Equatable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    subscript(_ name: String) -> JSONValue? {
        if case .object(let members) = self { members[name] } else { nil }
    }

    var isNull: Bool { self == .null }

    var text: String? {
        if case .string(let text) = self { text } else { nil }
    }
}
