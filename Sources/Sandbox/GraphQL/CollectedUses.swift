/// What a document uses, for the rules about variables and fragments.
extension Validator {
    /// A field that nobody knows, and what is below it: nothing can be checked there, but what it uses is used, and
    /// "never used" would be one mistake reported twice.
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

    /// - Parameter type: what the place takes; nil where nothing is known about it.
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
