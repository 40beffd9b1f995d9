extension Validator {
    /// Limits the expanded size of a document, because nested fragment spreads can grow without bound.
    ///
    /// - Parameter order: the fragments, each after those that it spreads, so that sizes are known when they are
    ///   needed.
    mutating func checkExpandedSize(_ order: [String]) {
        var sizes: [String: Size] = [:]
        for name in order { sizes[name] = size(of: fragments[name]?.selections ?? [], sizes) }
        for operation in document.operations {
            let size = size(of: operation.selections, sizes)
            if size.fields > DocumentLimits.fields {
                report(
                    "The operation has more than \(DocumentLimits.fields) fields after its fragments are expanded.",
                    at: operation.offset)
            } else if size.levels > DocumentLimits.levels {
                report(
                    "The operation is nested deeper than \(DocumentLimits.levels) levels after its fragments are"
                        + " expanded.", at: operation.offset)
            }
        }
    }

    private struct Size {
        var fields = 0
        var levels = 0
    }

    private func size(of selections: [Selection], _ sizes: [String: Size]) -> Size {
        var total = Size()
        for selection in selections {
            let inner =
                switch selection {
                case .field(let field): size(of: field.selections, sizes)
                case .inline(let fragment): size(of: fragment.selections, sizes)
                case .spread(let spread): sizes[spread.name.text] ?? Size()
                }
            // Saturates to prevent an overflow.
            total.fields = min(total.fields + 1 + inner.fields, DocumentLimits.fields + 1)
            total.levels = max(total.levels, 1 + inner.levels)
        }
        return total
    }
}
