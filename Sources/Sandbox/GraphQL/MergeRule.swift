extension Validator {
    /// Reports different fields with the same name in the response (spec section 5.3.2).
    ///
    /// All types are object types, so two fields in one position always have the same parent, and comparing each with
    /// the first of its name is enough.
    mutating func checkConflicts() {
        for operation in document.operations {
            if let conflict = conflict(in: [operation.selections]) {
                report(
                    "Fields \"\(conflict.name)\" conflict because \(conflict.reason). Use different aliases on the"
                        + " fields to fetch both if this was intentional.", at: conflict.first, conflict.second)
            }
        }
    }

    private struct Conflict {
        var name: String
        var reason: String
        var first: Int
        var second: Int
    }

    private func conflict(in sets: [[Selection]]) -> Conflict? {
        var groups: [String: [Field]] = [:]
        var order: [String] = []
        var seen: Set<String> = []
        for set in sets { collect(set, &groups, &order, &seen) }
        for name in order {
            guard let group = groups[name], let first = group.first, group.count > 1 else { continue }
            for field in group.dropFirst() {
                if first.name.text != field.name.text {
                    let reason = "\"\(first.name.text)\" and \"\(field.name.text)\" are different fields"
                    return Conflict(name: name, reason: reason, first: first.offset, second: field.offset)
                }
                if arguments(of: first) != arguments(of: field) {
                    return Conflict(
                        name: name, reason: "they have differing arguments", first: first.offset, second: field.offset)
                }
            }
        }
        for name in order {
            guard let group = groups[name], let first = group.first, !first.selections.isEmpty else { continue }
            if let inner = conflict(in: group.map(\.selections)) {
                let reason = "subfields \"\(inner.name)\" conflict because \(inner.reason)"
                return Conflict(name: name, reason: reason, first: first.offset, second: (group.last ?? first).offset)
            }
        }
        return nil
    }

    private func collect(
        _ selections: [Selection], _ groups: inout [String: [Field]], _ order: inout [String],
        _ seen: inout Set<String>
    ) {
        for selection in selections {
            switch selection {
            case .field(let field):
                if groups[field.responseName] == nil { order.append(field.responseName) }
                groups[field.responseName, default: []].append(field)
            case .inline(let fragment):
                collect(fragment.selections, &groups, &order, &seen)
            case .spread(let spread):
                guard seen.insert(spread.name.text).inserted else { continue }
                collect(fragments[spread.name.text]?.selections ?? [], &groups, &order, &seen)
            }
        }
    }

    private func arguments(of field: Field) -> [String: String] {
        Dictionary(field.arguments.map { ($0.name.text, $0.value.text) }) { first, _ in first }
    }
}
