/// What a cell says in a column that tells whether somebody is in or out.
struct RowState: Equatable, Sendable {
    /// What it comes to.
    enum Kind: Sendable {
        case `in`, out
        /// Out, perhaps not for good: who is on leave, or invited, has not left.
        case later
        /// Nothing is written.
        case blank
        /// Something that is no state.
        case unknown
    }

    let kind: Kind
    /// Whether some word says out, whatever else is there: `Terminated on 2024-05-01`.
    let mentionsOut: Bool
    /// Whether some word says in.
    let mentionsIn: Bool
    /// Whether every word is known, although they may say nothing about who is in: `Full-time`
    let isUnderstood: Bool

    private static let marks: [String: Kind] = [
        "✓": .in, "✔": .in, "✅": .in, "○": .in, "◯": .in, "✗": .out, "✘": .out, "×": .out, "❌": .out,
    ]

    /// What a code means.
    init(_ kind: Kind) {
        (self.kind, mentionsOut, mentionsIn) = (kind, kind == .out, kind == .in)
        isUnderstood = kind != .unknown
    }

    init(_ cell: String) {
        if let mark = Self.marks[cell] {
            (kind, mentionsOut, mentionsIn, isUnderstood) = (mark, mark == .out, mark == .in, true)
            return
        }
        let words = ListWords.meanings(in: cell)
        let out = words.filter { $0.contains(.out) && !$0.contains(.in) }
        mentionsOut = !out.isEmpty
        mentionsIn = out.isEmpty && words.contains { $0.contains(.in) }
        if words.isEmpty {
            kind = cell.allSatisfy { $0.isWhitespace || $0 == "-" || $0 == "–" || $0 == "—" } ? .blank : .unknown
        } else if !words.allSatisfy({ !$0.isDisjoint(with: [.in, .out, .filler]) }) {
            kind = .unknown
        } else if out.contains(where: { !$0.contains(.later) }) {
            kind = .out
        } else if mentionsOut {
            kind = .later
        } else {
            kind = mentionsIn ? .in : .unknown
        }
        isUnderstood =
            kind != .unknown
            || (!words.isEmpty
                && words.allSatisfy { !$0.isDisjoint(with: [.in, .out, .filler, .neutral, .employment]) })
    }
}
