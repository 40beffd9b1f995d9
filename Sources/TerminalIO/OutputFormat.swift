/// What standard output says, and to whom.
public enum OutputFormat: String, CaseIterable, Sendable {
    /// To people, and with tabs to `cut`; the default.
    case text
    /// One document when the command ends, however it ends.
    case json
    /// One object a line: the rows, or, where something is sent, what happens when it happens.
    case ndjson
}
