/// The types of a schema document, by name.
struct Schema: Sendable {
    enum Definition: Sendable {
        /// A text, boolean or number; checked by its name.
        case scalar
        case enumeration([String])
        case object([String: FieldDefinition])
    }

    struct FieldDefinition: Sendable {
        var name: String
        var type: TypeReference
        var arguments: [ArgumentDefinition] = []
    }

    struct ArgumentDefinition: Sendable {
        var name: String
        var type: TypeReference
    }

    /// The five scalars of the spec, section 3.5, and the types of the schema document.
    var types: [String: Definition] = [
        "String": .scalar, "Boolean": .scalar, "Int": .scalar, "Float": .scalar, "ID": .scalar,
    ]

    /// The directives that every GraphQL service supports on fields, spreads and inline fragments.
    static let conditions: Set<String> = ["skip", "include"]
    static let conditionArgument = ArgumentDefinition(name: "if", type: .nonNull(.named("Boolean")))

    /// Reads the part of the schema language that schema.graphql uses: `enum` and `type` definitions.
    init(parsing text: String) throws(GraphQLError) {
        var parser = try Parser(text)
        while parser.token.kind != .end {
            let keyword = try parser.name()
            let name = try parser.name().text
            try parser.expect("{")
            switch keyword.text {
            case "enum": types[name] = .enumeration(try Self.values(&parser))
            case "type": types[name] = .object(try Self.fields(&parser))
            default: throw parser.source.error("only enum and type definitions are read", at: keyword.offset)
            }
            try parser.expect("}")
        }
    }

    private static func values(_ parser: inout Parser) throws(GraphQLError) -> [String] {
        var values: [String] = []
        while parser.token.kind == .name { values.append(try parser.name().text) }
        return values
    }

    private static func fields(_ parser: inout Parser) throws(GraphQLError) -> [String: FieldDefinition] {
        var fields: [String: FieldDefinition] = [:]
        while parser.token.kind == .name {
            var field = FieldDefinition(name: try parser.name().text, type: .named(""))
            if parser.token.isPunctuator("(") {
                try parser.advance()
                repeat {
                    let name = try parser.name().text
                    try parser.expect(":")
                    field.arguments.append(ArgumentDefinition(name: name, type: try parser.typeReference()))
                } while !parser.token.isPunctuator(")")
                try parser.advance()
            }
            try parser.expect(":")
            field.type = try parser.typeReference()
            fields[field.name] = field
        }
        return fields
    }

    /// The root type of an operation; nil if the schema has no such operations.
    func root(of kind: OperationDefinition.Kind) -> String? {
        let name = kind.rawValue.prefix(1).uppercased() + kind.rawValue.dropFirst()
        return types[name] == nil ? nil : name
    }

    /// A field of an object type; nil if there is none. Every object has `__typename`.
    func field(_ name: String, of type: String) -> FieldDefinition? {
        guard case .object(let fields)? = types[type] else { return nil }
        if name == "__typename" { return FieldDefinition(name: name, type: .nonNull(.named("String"))) }
        return fields[name]
    }

    func isObject(_ name: String) -> Bool {
        if case .object? = types[name] { true } else { false }
    }
}
