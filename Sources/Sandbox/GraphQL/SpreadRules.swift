extension Validator {
    /// Reports fragments that spread themselves, directly or through others.
    ///
    /// - Returns: the names of the fragments, each after those that it spreads.
    mutating func checkCycles() -> [String] {
        var visited: Set<String> = []
        var order: [String] = []
        for fragment in document.fragments {
            var walk: [(name: String, spread: Spread?)] = [(fragment.name.text, nil)]
            follow(&walk, visited: &visited, order: &order)
        }
        return order
    }

    /// - Parameter walk: the path of fragments, each with the spread that led to it.
    private mutating func follow(
        _ walk: inout [(name: String, spread: Spread?)], visited: inout Set<String>, order: inout [String]
    ) {
        guard let current = walk.last?.name, visited.insert(current).inserted else { return }
        for spread in fragmentUses[current]?.spreads ?? [] {
            let next = spread.name.text
            if let start = walk.firstIndex(where: { $0.name == next }) {
                let via = walk[(start + 1)...].map { "\"\($0.name)\"" }.joined(separator: ", ")
                let detour = via.isEmpty ? "" : " via " + via
                let first = walk[(start + 1)...].first?.spread ?? spread
                report("Cannot spread fragment \"\(next)\" within itself\(detour).", at: first.offset)
            } else {
                walk.append((next, spread))
                follow(&walk, visited: &visited, order: &order)
                walk.removeLast()
            }
        }
        order.append(current)
    }

    /// Reports variables that are not defined, not used, or of the wrong type.
    mutating func checkVariables() {
        for (operation, uses) in zip(document.operations, operationUses) {
            let definitions = Dictionary(operation.variables.map { ($0.name.text, $0) }) { first, _ in first }
            let byOperation = operation.name.map { " by operation \"\($0.text)\"" } ?? ""
            var used: Set<String> = []
            for usage in variables(reachedFrom: uses) {
                used.insert(usage.name)
                guard let definition = definitions[usage.name] else {
                    report(
                        "Variable \"$\(usage.name)\" is not defined\(byOperation).", at: usage.offset, operation.offset)
                    continue
                }
                if !isAllowed(definition, in: usage.type), schema.types[definition.type.name] != nil {
                    report(
                        "Variable \"$\(usage.name)\" of type \"\(definition.type)\" used in position expecting type"
                            + " \"\(usage.type)\".", at: definition.name.offset, usage.offset)
                }
            }
            let inOperation = operation.name.map { " in operation \"\($0.text)\"" } ?? ""
            for definition in operation.variables where !used.contains(definition.name.text) {
                report(
                    "Variable \"$\(definition.name.text)\" is never used\(inOperation).", at: definition.name.offset)
            }
        }
    }

    /// IsVariableUsageAllowed() of the spec, section 5.8.5.
    private func isAllowed(_ definition: VariableDefinition, in place: TypeReference) -> Bool {
        if place == .named("") { return true }
        var hasDefault = false
        if let value = definition.defaultValue {
            if case .null = value.content {} else { hasDefault = true }
        }
        if place.isNonNull, !definition.type.isNonNull {
            return hasDefault && fits(definition.type, place.nullable)
        }
        return fits(definition.type, place)
    }

    private func fits(_ variable: TypeReference, _ place: TypeReference) -> Bool {
        switch (variable, place) {
        case (.nonNull(let variable), .nonNull(let place)): fits(variable, place)
        case (_, .nonNull): false
        case (.nonNull(let variable), _): fits(variable, place)
        case (.list(let variable), .list(let place)): fits(variable, place)
        case (.named(let variable), .named(let place)): variable == place
        default: false
        }
    }

    private func variables(reachedFrom uses: Uses) -> [Usage] {
        var usages = uses.variables
        for name in names(reachedFrom: uses) { usages += fragmentUses[name]?.variables ?? [] }
        return usages
    }

    private func names(reachedFrom uses: Uses) -> [String] {
        var names: [String] = []
        var seen: Set<String> = []
        var waiting = uses.spreads.map(\.name.text)
        while let name = waiting.popLast() {
            guard seen.insert(name).inserted else { continue }
            names.append(name)
            waiting += fragmentUses[name]?.spreads.map(\.name.text) ?? []
        }
        return names
    }

    mutating func checkUnusedFragments() {
        let used = Set(operationUses.flatMap(names(reachedFrom:)))
        for fragment in document.fragments where !used.contains(fragment.name.text) {
            report("Fragment \"\(fragment.name.text)\" is never used.", at: fragment.offset)
        }
    }
}
