/// The coloured values, shared by workbooks and pages.
enum Emphasis: String, Sendable, CaseIterable {
    /// A problem.
    case bad
    /// A value to check.
    case attention

    /// The coloured values of a column, by its key.
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
