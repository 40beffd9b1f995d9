import JSONReading

/// Prepares requests: from text to an operation that can be executed.
struct Engine: Sendable {
    let schema: Schema

    /// An operation of a valid document, with its variables.
    struct Prepared: Sendable {
        var kind: OperationDefinition.Kind
        /// The first level, in the order of the document.
        var fields: [PlannedField]
        fileprivate var type: String
        fileprivate var source: DocumentSource

        /// Executes the operation and returns the JSON of the response, for HTTP 200.
        func answer(from root: any RootSource) -> [UInt8] {
            Executor.answer(fields, type: type, root: root, source: source)
        }
    }

    /// Parses and validates a document, and prepares the named operation.
    ///
    /// - Throws: the errors in the request, for HTTP 400.
    func prepare(
        _ query: String, operationName: String? = nil, variables: [String: JSONValue] = [:]
    ) throws(RequestErrors) -> Prepared {
        let document: Document
        let source: DocumentSource
        do {
            var parser = try Parser(query)
            source = parser.source
            document = try parser.document()
        } catch {
            throw RequestErrors(errors: [error])
        }
        let errors = Validator.errors(in: document, source: source, schema: schema)
        guard errors.isEmpty else { throw RequestErrors(errors: errors) }
        let operation = try self.operation(named: operationName, in: document)
        let planner = Planner(
            schema: schema,
            fragments: Dictionary(document.fragments.map { ($0.name.text, $0) }) { first, _ in first },
            variables: try values(of: operation.variables, from: variables, source), source: source)
        let type = schema.root(of: operation.kind) ?? ""
        do {
            let fields = try planner.fields(of: [operation.selections], in: type)
            return Prepared(kind: operation.kind, fields: fields, type: type, source: source)
        } catch {
            throw RequestErrors(errors: [error])
        }
    }

    private func operation(named name: String?, in document: Document) throws(RequestErrors) -> OperationDefinition {
        if let name {
            if let operation = document.operations.first(where: { $0.name?.text == name }) { return operation }
            throw RequestErrors(errors: [GraphQLError(message: "Unknown operation named \"\(name)\".")])
        }
        if document.operations.count == 1, let operation = document.operations.first { return operation }
        let message =
            document.operations.isEmpty
            ? "Must provide an operation." : "Must provide operation name if query contains multiple operations."
        throw RequestErrors(errors: [GraphQLError(message: message)])
    }

    /// CoerceVariableValues() of the spec, section 6.1.2.
    private func values(
        of definitions: [VariableDefinition], from given: [String: JSONValue], _ source: DocumentSource
    ) throws(RequestErrors) -> [String: JSONValue] {
        let coercion = Coercion(schema: schema)
        var values: [String: JSONValue] = [:]
        var errors: [GraphQLError] = []
        for definition in definitions {
            guard errors.count < DocumentLimits.errors else {
                let message = "Too many errors processing variables, error limit reached. Execution aborted."
                errors.append(GraphQLError(message: message))
                break
            }
            let name = definition.name.text
            let offset = definition.name.offset
            guard let json = given[name] else {
                if let value = definition.defaultValue {
                    values[name] = coercion.value(of: value, as: definition.type, variables: [:])
                } else if definition.type.isNonNull {
                    let message = "Variable \"$\(name)\" of required type \"\(definition.type)\" was not provided."
                    errors.append(source.error(message, at: offset))
                }
                continue
            }
            if json == .null, definition.type.isNonNull {
                let message = "Variable \"$\(name)\" of non-null type \"\(definition.type)\" must not be null."
                errors.append(source.error(message, at: offset))
                continue
            }
            do {
                values[name] = try coercion.value(of: json, as: definition.type)
            } catch {
                let message = "Variable \"$\(name)\" got invalid value \(json.json); \(error.message)"
                errors.append(source.error(message, at: offset))
            }
        }
        guard errors.isEmpty else { throw RequestErrors(errors: errors) }
        return values
    }
}
