extension Validator {
    /// Checks fields, their arguments and selections, and fragments, in an object type.
    mutating func check(_ selections: [Selection], in type: String) {
        for selection in selections {
            if isFull { return }
            switch selection {
            case .field(let field): check(field, in: type)
            case .spread(let spread): check(spread, in: type)
            case .inline(let fragment): check(fragment, in: type)
            }
        }
    }

    private mutating func check(_ field: Field, in type: String) {
        checkDirectives(field.directives, location: "FIELD")
        let name = field.name.text
        if name == "__schema" || name == "__type", type == schema.root(of: .query) {
            report("The sandbox does not support introspection.", at: field.offset)
            return collectUses(in: field)
        }
        guard let definition = schema.field(name, of: type) else {
            report("Cannot query field \"\(name)\" on type \"\(type)\".", at: field.offset)
            return collectUses(in: field)
        }
        check(
            field.arguments, against: definition.arguments, owner: "field \"\(type).\(name)\"",
            missing: "Field \"\(name)\"", offset: field.offset)
        let isObject = schema.isObject(definition.type.name)
        if isObject, field.selections.isEmpty {
            report(
                "Field \"\(name)\" of type \"\(definition.type)\" must have a selection of subfields."
                    + " Did you mean \"\(name) { ... }\"?", at: field.offset)
        } else if !isObject, !field.selections.isEmpty {
            report(
                "Field \"\(name)\" must not have a selection since type \"\(definition.type)\" has no subfields.",
                at: field.offset)
            collectUses(in: field.selections)
        } else if isObject {
            check(field.selections, in: definition.type.name)
        }
    }

    private mutating func check(_ spread: Spread, in type: String) {
        checkDirectives(spread.directives, location: "FRAGMENT_SPREAD")
        let name = spread.name.text
        guard let fragment = fragments[name] else {
            return report("Unknown fragment \"\(name)\".", at: spread.name.offset)
        }
        uses.spreads.append(spread)
        let condition = fragment.condition.text
        if schema.isObject(condition), condition != type {
            report(
                "Fragment \"\(name)\" cannot be spread here as objects of type \"\(type)\" can never be of type"
                    + " \"\(condition)\".", at: spread.offset)
        }
    }

    private mutating func check(_ fragment: InlineFragment, in type: String) {
        checkDirectives(fragment.directives, location: "INLINE_FRAGMENT")
        guard let condition = fragment.condition, condition.text != type else {
            return check(fragment.selections, in: type)
        }
        collectUses(in: fragment.selections)
        if schema.types[condition.text] == nil {
            report("Unknown type \"\(condition.text)\".", at: condition.offset)
        } else if schema.isObject(condition.text) {
            report(
                "Fragment cannot be spread here as objects of type \"\(type)\" can never be of type"
                    + " \"\(condition.text)\".", at: fragment.offset)
        } else {
            report(
                "Fragment cannot condition on non composite type \"\(condition.text)\".", at: condition.offset)
        }
    }

    mutating func checkDirectives(_ directives: [Directive], location: String) {
        var seen: [String: Int] = [:]
        for directive in directives {
            let name = directive.name.text
            guard Schema.conditions.contains(name) else {
                report("Unknown directive \"@\(name)\".", at: directive.offset)
                continue
            }
            if !["FIELD", "FRAGMENT_SPREAD", "INLINE_FRAGMENT"].contains(location) {
                report("Directive \"@\(name)\" may not be used on \(location).", at: directive.offset)
            }
            if let first = seen.updateValue(directive.offset, forKey: name) {
                report(
                    "The directive \"@\(name)\" can only be used once at this location.", at: first, directive.offset)
            }
            check(
                directive.arguments, against: [Schema.conditionArgument], owner: "directive \"@\(name)\"",
                missing: "Directive \"@\(name)\"", offset: directive.offset)
        }
    }

    private mutating func check(
        _ arguments: [Argument], against definitions: [Schema.ArgumentDefinition], owner: String, missing: String,
        offset: Int
    ) {
        var seen: [String: Int] = [:]
        for argument in arguments {
            let name = argument.name
            if let first = seen.updateValue(name.offset, forKey: name.text) {
                report("There can be only one argument named \"\(name.text)\".", at: first, name.offset)
            }
            guard let definition = definitions.first(where: { $0.name == name.text }) else {
                report("Unknown argument \"\(name.text)\" on \(owner).", at: name.offset)
                // The variables in it still count as used.
                collectVariables(in: argument.value, as: nil)
                continue
            }
            collectVariables(in: argument.value, as: definition.type)
            if let problem = Coercion(schema: schema).problem(with: argument.value, as: definition.type) {
                report(problem, at: argument.value.offset)
            }
        }
        for definition in definitions where definition.type.isNonNull && seen[definition.name] == nil {
            report(
                "\(missing) argument \"\(definition.name)\" of type \"\(definition.type)\" is required,"
                    + " but it was not provided.", at: offset)
        }
    }
}
