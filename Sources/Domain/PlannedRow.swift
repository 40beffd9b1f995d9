/// A row of a plan with everything that was known when the plan was made; saved plans contain these.
public struct PlannedRow: Hashable, Sendable {
    /// The line in the input.
    public var line: Int
    /// The requested change; nil if the decision of a review requires none.
    public var kind: WorkspaceChange.Kind?
    /// The text of its cells.
    public var text: RowText
    /// Whether it is sent, skipped or rejected.
    public var disposition: Disposition
    /// The state of the account in the workspace; nil if the workspace was not listed.
    public var standing: Standing?
    /// The decision that it comes from.
    public var decision: RecordedDecision?

    /// Creates a planned row.
    public init(
        line: Int, kind: WorkspaceChange.Kind?, text: RowText, disposition: Disposition, standing: Standing?,
        decision: RecordedDecision?
    ) {
        self.line = line
        self.kind = kind
        self.text = text
        self.disposition = disposition
        self.standing = standing
        self.decision = decision
    }
}
