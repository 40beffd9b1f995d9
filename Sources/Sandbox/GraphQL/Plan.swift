import JSONReading

/// A field of the response: merged with fields of the same name, conditions evaluated, arguments coerced.
struct PlannedField: Sendable {
    var responseName: String
    var name: String
    var parent: String
    var type: TypeReference
    var arguments: [String: JSONValue]
    var children: [PlannedField]
    var offset: Int
}

/// Converts selection sets to the fields of the response, once for each operation; listings repeat them for every user.
struct Planner {
    let schema: Schema
    let fragments: [String: FragmentDefinition]
    let variables: [String: JSONValue]
    let source: DocumentSource

    /// CollectFields() of the spec, section 6.3.2, and MergeSelectionSets() of 6.4.3.
    ///
    /// - Throws: an error if a variable is null where null is not allowed. Validation accepts a variable with a default
    ///   there.
    func fields(of sets: [[Selection]], in type: String) throws(GraphQLError) -> [PlannedField] {
        var groups: [String: [Field]] = [:]
        var order: [String] = []
        var seen: Set<String> = []
        for set in sets { try collect(set, &groups, &order, &seen) }
        var planned: [PlannedField] = []
        for name in order {
            guard let group = groups[name], let first = group.first,
                let definition = schema.field(first.name.text, of: type)
            else { continue }
            planned.append(
                PlannedField(
                    responseName: name, name: first.name.text, parent: type, type: definition.type,
                    arguments: try values(of: first.arguments, definition.arguments),
                    children: schema.isObject(definition.type.name)
                        ? try fields(of: group.map(\.selections), in: definition.type.name) : [],
                    offset: first.offset))
        }
        return planned
    }

    private func collect(
        _ selections: [Selection], _ groups: inout [String: [Field]], _ order: inout [String],
        _ seen: inout Set<String>
    ) throws(GraphQLError) {
        for selection in selections {
            switch selection {
            case .field(let field):
                guard try isIncluded(field.directives) else { continue }
                if groups[field.responseName] == nil { order.append(field.responseName) }
                groups[field.responseName, default: []].append(field)
            case .inline(let fragment):
                guard try isIncluded(fragment.directives) else { continue }
                try collect(fragment.selections, &groups, &order, &seen)
            case .spread(let spread):
                guard try isIncluded(spread.directives), seen.insert(spread.name.text).inserted else { continue }
                try collect(fragments[spread.name.text]?.selections ?? [], &groups, &order, &seen)
            }
        }
    }

    private func isIncluded(_ directives: [Directive]) throws(GraphQLError) -> Bool {
        for directive in directives {
            let condition = try values(of: directive.arguments, [Schema.conditionArgument])["if"]
            guard (condition == .bool(true)) == (directive.name.text == "include") else { return false }
        }
        return true
    }

    /// CoerceArgumentValues() of the spec, section 6.4.1.
    private func values(
        of arguments: [Argument], _ definitions: [Schema.ArgumentDefinition]
    ) throws(GraphQLError) -> [String: JSONValue] {
        var values: [String: JSONValue] = [:]
        for argument in arguments {
            let name = argument.name.text
            guard let type = definitions.first(where: { $0.name == name })?.type else { continue }
            let value = Coercion(schema: schema).value(of: argument.value, as: type, variables: variables)
            if type.isNonNull, value == nil || value == .null {
                throw source.error(
                    "Argument \"\(name)\" of non-null type \"\(type)\" must not be null.", at: argument.value.offset)
            }
            values[name] = value
        }
        return values
    }
}
