/// A row of a plan with everything that was known when it was made: what a saved plan keeps.
public struct PlannedRow: Hashable, Sendable {
    /// Where it stands in the input.
    public var line: Int
    /// What is asked for; nil where a review asks for nothing.
    public var kind: WorkspaceChange.Kind?
    /// What it says about the account.
    public var text: RowText
    /// What becomes of it.
    public var disposition: Disposition
    /// How the account stood in the workspace; nil where nobody looked.
    public var standing: Standing?
    /// The decision that it comes from.
    public var decision: RecordedDecision?

    /// Takes a row.
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
