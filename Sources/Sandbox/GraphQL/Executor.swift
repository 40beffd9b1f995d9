import JSONReading

/// The value of a field.
enum Resolved: Sendable {
    case null
    case boolean(Bool)
    case integer(Int)
    case string(String)
    case object(any FieldSource)
    case list([any FieldSource])
    /// An execution error, with its message.
    case failure(String)
}

/// An object that returns the values of its fields.
protocol FieldSource: Sendable {
    /// The value of a field that the object has in the schema.
    func value(of field: String) -> Resolved
}

/// Resolves the first level of an operation; the fields of a mutation are resolved in the order of the document.
protocol RootSource: Sendable {
    /// The value of a field of `Query` or `Mutation`; a mutation takes effect here.
    func resolve(_ field: String, _ arguments: [String: JSONValue]) -> Resolved
}

/// Writes a response during execution. A null that is not allowed removes the parent (spec section 6.4.4).
struct Executor {
    private enum Completion {
        case written
        /// Nothing was written, without an error.
        case null
        /// Nothing was written, with the reason in `errors`.
        case failed
    }

    private let source: DocumentSource
    private let root: any RootSource
    private var writer = AnswerWriter()
    private var errors: [GraphQLError] = []
    private var path: [GraphQLError.PathPart] = []

    private init(source: DocumentSource, root: any RootSource) {
        self.source = source
        self.root = root
    }

    /// The whole response as JSON: `data`, and `errors` if there are any.
    ///
    /// In a mutation, fields after a failed one are not executed: all are non-null, so the failure has already removed
    /// the whole of `data` (graphql-js does the same).
    static func answer(_ fields: [PlannedField], type: String, root: any RootSource, source: DocumentSource) -> [UInt8]
    {
        var executor = Executor(source: source, root: root)
        executor.writer.raw("{\"data\":")
        let completion = executor.object(fields, type: type) { field in root.resolve(field.name, field.arguments) }
        if completion != .written { executor.writer.raw("null") }
        if !executor.errors.isEmpty {
            executor.writer.raw(",")
            executor.writer.errors(executor.errors)
        }
        executor.writer.raw("}")
        return executor.writer.bytes
    }

    private mutating func object(
        _ fields: [PlannedField], type: String, resolve: (PlannedField) -> Resolved
    ) -> Completion {
        let start = writer.count
        writer.raw("{")
        for (index, field) in fields.enumerated() {
            if index > 0 { writer.raw(",") }
            writer.string(field.responseName)
            writer.raw(":")
            path.append(.name(field.responseName))
            defer { path.removeLast() }
            let value = field.name == "__typename" ? Resolved.string(type) : resolve(field)
            guard place(value, field.type, field) else {
                writer.truncate(to: start)
                return .failed
            }
        }
        writer.raw("}")
        return .written
    }

    /// Writes the value, or null if that is allowed; false if the parent must be removed.
    private mutating func place(_ value: Resolved, _ type: TypeReference, _ field: PlannedField) -> Bool {
        let completion = complete(value, type.nullable, field)
        if completion == .written { return true }
        if !type.isNonNull {
            writer.raw("null")
            return true
        }
        if completion == .null {
            fail("Cannot return null for non-nullable field \(field.parent).\(field.name).", field)
        }
        return false
    }

    private mutating func complete(_ value: Resolved, _ type: TypeReference, _ field: PlannedField) -> Completion {
        switch (value, type) {
        case (.null, _):
            return .null
        case (.failure(let message), _):
            fail(message, field)
            return .failed
        case (.boolean(let truth), .named):
            writer.raw(truth ? "true" : "false")
            return .written
        case (.integer(let number), .named):
            writer.integer(number)
            return .written
        case (.string(let text), .named):
            writer.string(text)
            return .written
        case (.object(let object), .named(let name)):
            return self.object(field.children, type: name) { object.value(of: $0.name) }
        case (.list(let items), .list(let item)):
            return list(items, item, field)
        default:
            fail("\(field.parent).\(field.name) has no value of type \(type).", field)
            return .failed
        }
    }

    private mutating func list(_ items: [any FieldSource], _ type: TypeReference, _ field: PlannedField) -> Completion {
        let start = writer.count
        writer.raw("[")
        for (index, item) in items.enumerated() {
            if index > 0 { writer.raw(",") }
            path.append(.index(index))
            defer { path.removeLast() }
            if writer.count > DocumentLimits.answer {
                fail("The response is longer than \(DocumentLimits.answer >> 20) MiB.", field)
            } else if place(.object(item), type, field) {
                continue
            }
            writer.truncate(to: start)
            return .failed
        }
        writer.raw("]")
        return .written
    }

    private mutating func fail(_ message: String, _ field: PlannedField) {
        errors.append(
            GraphQLError(message: message, locations: [source.location(at: field.offset)], path: path))
    }
}
