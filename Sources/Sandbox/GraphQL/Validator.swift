/// Checks a document against a schema: the rules of the October 2021 spec, chapter 5, in the words of graphql-js.
///
/// Each operation and fragment is walked once. Its uses of variables and spreads are kept for the rules about an
/// operation with all the fragments that it reaches.
struct Validator {
    /// The use of a variable, and the type that is expected there.
    struct Usage {
        var name: String
        var type: TypeReference
        var offset: Int
    }

    /// What one operation or fragment uses directly.
    struct Uses {
        var variables: [Usage] = []
        var spreads: [Spread] = []
    }

    let schema: Schema
    let source: DocumentSource
    let document: Document
    let fragments: [String: FragmentDefinition]
    private(set) var errors: [GraphQLError] = []
    var uses = Uses()
    var fragmentUses: [String: Uses] = [:]
    var operationUses: [Uses] = []

    private init(_ document: Document, source: DocumentSource, schema: Schema) {
        self.schema = schema
        self.source = source
        self.document = document
        fragments = Dictionary(document.fragments.map { ($0.name.text, $0) }) { first, _ in first }
    }

    /// All errors, at most 100 and a final message; empty for a valid document.
    static func errors(in document: Document, source: DocumentSource, schema: Schema) -> [GraphQLError] {
        var validator = Validator(document, source: source, schema: schema)
        validator.checkNames()
        for operation in document.operations { validator.check(operation) }
        for fragment in document.fragments { validator.check(fragment) }
        let order = validator.checkCycles()
        validator.checkVariables()
        validator.checkUnusedFragments()
        validator.checkExpandedSize(order)
        // This check follows spreads, so it needs a document without cycles and unknown fields.
        if validator.errors.isEmpty { validator.checkConflicts() }
        return validator.errors
    }

    mutating func report(_ message: String, at offsets: Int...) {
        if errors.count < DocumentLimits.errors {
            errors.append(GraphQLError(message: message, locations: offsets.map(source.location(at:))))
        } else if errors.count == DocumentLimits.errors {
            errors.append(
                GraphQLError(message: "Too many validation errors, error limit reached. Validation aborted."))
        }
    }

    var isFull: Bool { errors.count > DocumentLimits.errors }

    private mutating func checkNames() {
        var seen: [String: Int] = [:]
        for operation in document.operations {
            guard let name = operation.name else {
                if document.operations.count > 1 {
                    report("This anonymous operation must be the only defined operation.", at: operation.offset)
                }
                continue
            }
            if let first = seen.updateValue(name.offset, forKey: name.text) {
                report("There can be only one operation named \"\(name.text)\".", at: first, name.offset)
            }
        }
        seen = [:]
        for name in document.fragments.map(\.name) {
            if let first = seen.updateValue(name.offset, forKey: name.text) {
                report("There can be only one fragment named \"\(name.text)\".", at: first, name.offset)
            }
        }
    }

    private mutating func check(_ operation: OperationDefinition) {
        uses = Uses()
        check(operation.variables)
        checkDirectives(operation.directives, location: operation.kind.rawValue.uppercased())
        if let root = schema.root(of: operation.kind) {
            check(operation.selections, in: root)
        } else {
            report(
                "Schema is not configured to execute \(operation.kind.rawValue) operation.", at: operation.offset)
        }
        operationUses.append(uses)
    }

    private mutating func check(_ fragment: FragmentDefinition) {
        uses = Uses()
        checkDirectives(fragment.directives, location: "FRAGMENT_DEFINITION")
        let type = fragment.condition
        if schema.isObject(type.text) {
            check(fragment.selections, in: type.text)
        } else if schema.types[type.text] == nil {
            report("Unknown type \"\(type.text)\".", at: type.offset)
            collectUses(in: fragment.selections)
        } else {
            report(
                "Fragment \"\(fragment.name.text)\" cannot condition on non composite type \"\(type.text)\".",
                at: type.offset)
            collectUses(in: fragment.selections)
        }
        fragmentUses[fragment.name.text] = uses
    }

    private mutating func check(_ variables: [VariableDefinition]) {
        var seen: [String: Int] = [:]
        for variable in variables {
            let name = variable.name
            if let first = seen.updateValue(name.offset, forKey: name.text) {
                report("There can be only one variable named \"$\(name.text)\".", at: first, name.offset)
            }
            checkDirectives(variable.directives, location: "VARIABLE_DEFINITION")
            if schema.types[variable.type.name] == nil {
                report("Unknown type \"\(variable.type.name)\".", at: variable.typeOffset)
            } else if schema.isObject(variable.type.name) {
                report(
                    "Variable \"$\(name.text)\" cannot be non-input type \"\(variable.type)\".",
                    at: variable.typeOffset)
            } else if let value = variable.defaultValue,
                let problem = Coercion(schema: schema).problem(with: value, as: variable.type)
            {
                report(problem, at: value.offset)
            }
        }
    }
}
