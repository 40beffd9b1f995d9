import JSONReading

/// Converts input values, literals of a document and JSON variables, to the types of a schema.
struct Coercion {
    let schema: Schema

    /// What is wrong with a literal for this type, in the words of graphql-js; nil if it is valid.
    ///
    /// Variables are accepted here, because another rule checks them.
    func problem(with literal: Literal, as type: TypeReference) -> String? {
        if case .variable = literal.content { return nil }
        switch type {
        case .nonNull(let inner):
            if case .null = literal.content { return "Expected value of type \"\(type)\", found null." }
            return problem(with: literal, as: inner)
        case .list(let item):
            if case .null = literal.content { return nil }
            guard case .list(let items) = literal.content else { return problem(with: literal, as: item) }
            return items.lazy.compactMap { problem(with: $0, as: item) }.first
        case .named(let name):
            if case .null = literal.content { return nil }
            if case .enumeration(let values)? = schema.types[name] {
                guard case .enumeration(let word) = literal.content else {
                    return "Enum \"\(name)\" cannot represent non-enum value: \(literal.text)."
                }
                return values.contains(word) ? nil : "Value \"\(word)\" does not exist in \"\(name)\" enum."
            }
            return scalar(literal, name) == nil ? refusal(of: literal.text, as: name) : nil
        }
    }

    /// The value of a valid literal, with variables replaced; nil for a variable without a value.
    func value(of literal: Literal, as type: TypeReference, variables: [String: JSONValue]) -> JSONValue? {
        if case .variable(let name) = literal.content { return variables[name] }
        if case .null = literal.content { return .null }
        switch type {
        case .nonNull(let inner):
            return value(of: literal, as: inner, variables: variables)
        case .list(let item):
            guard case .list(let items) = literal.content else {
                return value(of: literal, as: item, variables: variables).map { .array([$0]) }
            }
            return .array(items.map { value(of: $0, as: item, variables: variables) ?? .null })
        case .named(let name):
            if case .enumeration(let word) = literal.content { return .string(word) }
            return scalar(literal, name)
        }
    }

    /// The value of a variable from JSON.
    ///
    /// - Throws: what is wrong with it, in the words of graphql-js after `got invalid value …; `.
    func value(of json: JSONValue, as type: TypeReference) throws(GraphQLError) -> JSONValue {
        switch type {
        case .nonNull(let inner):
            if json == .null { throw GraphQLError(message: "Expected non-nullable type \"\(type)\" not to be null.") }
            return try value(of: json, as: inner)
        case .list(let item):
            if json == .null { return .null }
            guard case .array(let items) = json else { return .array([try value(of: json, as: item)]) }
            var values: [JSONValue] = []
            for element in items { values.append(try value(of: element, as: item)) }
            return .array(values)
        case .named(let name):
            if json == .null { return .null }
            if case .enumeration(let values)? = schema.types[name] {
                guard let word = json.text else {
                    throw GraphQLError(message: "Enum \"\(name)\" cannot represent non-string value: \(json.json).")
                }
                guard values.contains(word) else {
                    throw GraphQLError(message: "Value \"\(word)\" does not exist in \"\(name)\" enum.")
                }
                return json
            }
            guard let value = scalar(json, name) else {
                throw GraphQLError(message: refusal(of: json.json, as: name))
            }
            return value
        }
    }

    /// An `Int` has 32 bits (spec section 3.5.1); an `ID` is text or a whole number.
    private func scalar(_ json: JSONValue, _ name: String) -> JSONValue? {
        switch (name, json) {
        case ("String", .string), ("Boolean", .bool), ("ID", .string), ("Float", .number): json
        case ("Int", .integer(let number)): Int32(exactly: number) == nil ? nil : json
        case ("Float", .integer(let number)): .number(Double(number))
        case ("ID", .integer(let number)): .string(String(number))
        default: nil
        }
    }

    private func scalar(_ literal: Literal, _ name: String) -> JSONValue? {
        switch literal.content {
        case .string(let text): scalar(.string(text), name)
        case .boolean(let truth): scalar(.bool(truth), name)
        case .int(let digits): Int(digits).flatMap { scalar(.integer($0), name) }
        case .float(let digits): Double(digits).flatMap { scalar(.number($0), name) }
        default: nil
        }
    }

    private func refusal(of value: String, as name: String) -> String {
        switch name {
        case "String": "String cannot represent a non string value: \(value)"
        case "Boolean": "Boolean cannot represent a non boolean value: \(value)"
        case "Int": "Int cannot represent non-integer value: \(value)"
        case "Float": "Float cannot represent non numeric value: \(value)"
        case "ID": "ID cannot represent a non-string and non-integer value: \(value)"
        default: "Expected value of type \"\(name)\", found \(value)."
        }
    }
}
