/// Collects the variables and fragments that a document uses, for the rules about them.
extension Validator {
    /// Collects the uses in an unknown field and below it. Nothing can be checked there, but without the uses a rule
    /// would also report "never used".
    mutating func collectUses(in field: Field) {
        for argument in field.arguments { collectVariables(in: argument.value, as: nil) }
        collectUses(in: field.selections)
    }

    mutating func collectUses(in selections: [Selection]) {
        for selection in selections {
            switch selection {
            case .field(let field): collectUses(in: field)
            case .spread(let spread): uses.spreads.append(spread)
            case .inline(let fragment): collectUses(in: fragment.selections)
            }
        }
    }

    /// - Parameter type: the expected type; nil if it is not known.
    mutating func collectVariables(in value: Literal, as type: TypeReference?) {
        switch value.content {
        case .variable(let name):
            uses.variables.append(Usage(name: name, type: type ?? .named(""), offset: value.offset))
        case .list(let items):
            var item: TypeReference?
            if case .list(let inner)? = type?.nullable { item = inner }
            for element in items { collectVariables(in: element, as: item) }
        case .object(let fields):
            for field in fields { collectVariables(in: field.value, as: nil) }
        default: break
        }
    }
}
