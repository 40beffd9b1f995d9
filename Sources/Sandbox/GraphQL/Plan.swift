/// A field that will be in the answer: merged with its namesakes, conditions decided, arguments coerced.
struct PlannedField: Sendable {
    var responseName: String
    var name: String
    var parent: String
    var type: TypeReference
    var arguments: [String: JSONValue]
    var children: [PlannedField]
    var offset: Int
}

/// Turns selection sets into the fields to answer, once an operation; listings repeat them for every user.
struct Planner {
    let schema: Schema
    let fragments: [String: FragmentDefinition]
    let variables: [String: JSONValue]

    /// CollectFields() of the spec, section 6.3.2, and MergeSelectionSets() of 6.4.3.
    func fields(of sets: [[Selection]], in type: String) -> [PlannedField] {
        var groups: [String: [Field]] = [:]
        var order: [String] = []
        var seen: Set<String> = []
        for set in sets { collect(set, &groups, &order, &seen) }
        return order.compactMap { name in
            guard let group = groups[name], let first = group.first,
                let definition = schema.field(first.name.text, of: type)
            else { return nil }
            return PlannedField(
                responseName: name, name: first.name.text, parent: type, type: definition.type,
                arguments: arguments(of: first, definition),
                children: schema.isObject(definition.type.name)
                    ? fields(of: group.map(\.selections), in: definition.type.name) : [],
                offset: first.offset)
        }
    }

    private func collect(
        _ selections: [Selection], _ groups: inout [String: [Field]], _ order: inout [String],
        _ seen: inout Set<String>
    ) {
        for selection in selections {
            switch selection {
            case .field(let field):
                guard isIncluded(field.directives) else { continue }
                if groups[field.responseName] == nil { order.append(field.responseName) }
                groups[field.responseName, default: []].append(field)
            case .inline(let fragment):
                guard isIncluded(fragment.directives) else { continue }
                collect(fragment.selections, &groups, &order, &seen)
            case .spread(let spread):
                guard isIncluded(spread.directives), seen.insert(spread.name.text).inserted else { continue }
                collect(fragments[spread.name.text]?.selections ?? [], &groups, &order, &seen)
            }
        }
    }

    private func isIncluded(_ directives: [Directive]) -> Bool {
        directives.allSatisfy { directive in
            let condition = directive.arguments.first.flatMap {
                Coercion(schema: schema).value(
                    of: $0.value, as: Schema.conditionArgument.type, variables: variables)
            }
            return (condition == .boolean(true)) == (directive.name.text == "include")
        }
    }

    private func arguments(of field: Field, _ definition: Schema.FieldDefinition) -> [String: JSONValue] {
        var values: [String: JSONValue] = [:]
        for argument in field.arguments {
            guard let type = definition.arguments.first(where: { $0.name == argument.name.text })?.type else {
                continue
            }
            values[argument.name.text] = Coercion(schema: schema).value(
                of: argument.value, as: type, variables: variables)
        }
        return values
    }
}
