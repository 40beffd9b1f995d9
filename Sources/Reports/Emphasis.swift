/// What a workbook and a page colour, so that both colour the same.
enum Emphasis: String, Sendable, CaseIterable {
    /// Something is wrong.
    case bad
    /// Somebody should look at it.
    case attention

    /// The values of a column that stand out, by the column's key.
    static func rules(for column: String) -> [(text: String, emphasis: Emphasis)] {
        switch column {
        case "status": [("EXPIRED", .bad)]
        case "privileged": [("yes", .attention)]
        case "change": [("new", .attention), ("changed", .attention), ("gone", .bad)]
        case "verified": [("contradicted", .bad)]
        case "decision": [("Revoke", .bad), ("Remove", .bad), ("Change role", .attention), ("Re-invite", .attention)]
        case "outcome":
            [("failed", .bad), ("rejected", .bad), ("unknown", .attention), ("notSent", .attention)]
        default: []
        }
    }
}
