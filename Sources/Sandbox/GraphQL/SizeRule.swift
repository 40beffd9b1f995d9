extension Validator {
    /// Fragments that spread fragments grow without bound, in number and in depth; a document may not.
    ///
    /// - Parameter order: every fragment behind those that it spreads, so that no step looks further than one of them.
    mutating func checkExpandedSize(_ order: [String]) {
        var sizes: [String: Size] = [:]
        for name in order { sizes[name] = size(of: fragments[name]?.selections ?? [], sizes) }
        for operation in document.operations {
            let size = size(of: operation.selections, sizes)
            if size.fields > DocumentLimits.fields {
                report(
                    "The operation asks for more than \(DocumentLimits.fields) fields once its fragments are written"
                        + " out.", at: operation.offset)
            } else if size.levels > DocumentLimits.levels {
                report(
                    "The operation is nested deeper than \(DocumentLimits.levels) levels once its fragments are"
                        + " written out.", at: operation.offset)
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
            // Saturates: the exact number of a hostile document is nobody's business.
            total.fields = min(total.fields + 1 + inner.fields, DocumentLimits.fields + 1)
            total.levels = max(total.levels, 1 + inner.levels)
        }
        return total
    }
}
