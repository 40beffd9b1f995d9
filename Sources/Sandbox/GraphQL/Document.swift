import Domain

/// An executable document (October 2021 spec, section 2.2). Offsets are bytes into its text.
struct Document: Sendable {
    var operations: [OperationDefinition] = []
    var fragments: [FragmentDefinition] = []
}

/// A name and its position.
struct Name: Sendable {
    var text: String
    var offset: Int
}

/// `query`, `mutation` or `subscription`, with its selections.
struct OperationDefinition: Sendable {
    enum Kind: String, Sendable {
        case query, mutation, subscription
    }

    var kind: Kind
    var name: Name?
    var variables: [VariableDefinition]
    var directives: [Directive]
    var selections: [Selection]
    var offset: Int
}

/// `$email: String! = "…"`.
struct VariableDefinition: Sendable {
    var name: Name
    var type: TypeReference
    var typeOffset: Int
    var defaultValue: Literal?
    var directives: [Directive]
}

/// `fragment Person on ActiveUser { … }`.
struct FragmentDefinition: Sendable {
    var name: Name
    var condition: Name
    var directives: [Directive]
    var selections: [Selection]
    var offset: Int
}

/// One member of a selection set.
indirect enum Selection: Sendable {
    case field(Field)
    case spread(Spread)
    case inline(InlineFragment)
}

/// `alias: name(argument: value) @directive { … }`; without selections if there are no braces.
struct Field: Sendable {
    var alias: Name?
    var name: Name
    var arguments: [Argument]
    var directives: [Directive]
    var selections: [Selection]
    var offset: Int

    /// The name in the response.
    var responseName: String { alias?.text ?? name.text }
}

/// `...Person`.
struct Spread: Sendable {
    var name: Name
    var directives: [Directive]
    var offset: Int
}

/// `... on ActiveUser { … }`, or without a type.
struct InlineFragment: Sendable {
    var condition: Name?
    var directives: [Directive]
    var selections: [Selection]
    var offset: Int
}

/// `name: value` of a field or directive.
struct Argument: Sendable {
    var name: Name
    var value: Literal
}

/// `@skip(if: true)`.
struct Directive: Sendable {
    var name: Name
    var arguments: [Argument]
    var offset: Int
}

/// A value written in the document.
struct Literal: Sendable {
    indirect enum Content: Sendable {
        case variable(String)
        case int(String)
        case float(String)
        case string(String)
        case boolean(Bool)
        case null
        case enumeration(String)
        case list([Literal])
        case object([Argument])
    }

    var content: Content
    var offset: Int

    /// The value as written, except for spaces.
    var text: String {
        switch content {
        case .variable(let name): "$" + name
        case .int(let digits), .float(let digits): digits
        case .string(let text): JSONText.string(text)
        case .boolean(let truth): truth ? "true" : "false"
        case .null: "null"
        case .enumeration(let name): name
        case .list(let items): "[" + items.map(\.text).joined(separator: ", ") + "]"
        case .object(let fields): "{" + fields.map { "\($0.name.text): \($0.value.text)" }.joined(separator: ", ") + "}"
        }
    }
}

/// A type as written: `[String!]!`.
indirect enum TypeReference: Hashable, Sendable, CustomStringConvertible {
    case named(String)
    case list(TypeReference)
    case nonNull(TypeReference)

    var description: String {
        switch self {
        case .named(let name): name
        case .list(let item): "[\(item)]"
        case .nonNull(let inner): "\(inner)!"
        }
    }

    /// The type inside all lists and exclamation marks.
    var name: String {
        switch self {
        case .named(let name): name
        case .list(let inner), .nonNull(let inner): inner.name
        }
    }

    var isNonNull: Bool {
        if case .nonNull = self { true } else { false }
    }

    var nullable: TypeReference {
        if case .nonNull(let inner) = self { inner } else { self }
    }
}
