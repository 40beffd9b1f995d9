import Domain

/// The meaning of a cell in a column with the states of people.
struct RowState: Equatable, Sendable {
    /// The state.
    enum Kind: Sendable {
        case `in`, out
        /// Inactive, perhaps temporarily: a person on leave, or invited, has not left.
        case later
        /// An empty cell.
        case blank
        /// Not a state.
        case unknown

        /// The meaning under an inverting header.
        var turned: Self {
            switch self {
            case .in: .out
            case .out: .in
            default: self
            }
        }
    }

    let kind: Kind
    /// Whether a word means out, whatever the other words are: `Terminated on 2024-05-01`.
    let mentionsOut: Bool
    /// Whether a word means in.
    let mentionsIn: Bool
    /// Whether every word is known, even if it is not about the state: `Full-time`
    let isUnderstood: Bool
    /// Whether it is a yes or a no, whose meaning depends on the header; `Locked` has its own meaning.
    let isAnswer: Bool

    private static let marks: [String: Kind] = [
        "✓": .in, "✔": .in, "✅": .in, "○": .in, "◯": .in, "✗": .out, "✘": .out, "×": .out, "❌": .out,
    ]

    /// Creates the state of a code.
    init(_ kind: Kind) {
        (self.kind, mentionsOut, mentionsIn) = (kind, kind == .out, kind == .in)
        (isUnderstood, isAnswer) = (kind != .unknown, true)
    }

    init(_ cell: String) {
        if let mark = Self.marks[cell] {
            self.init(mark)
        } else {
            self.init(Self.withoutNegations(ListWords.meanings(in: cell)), of: cell)
        }
    }

    private init(_ words: [WordMeaning], of cell: String) {
        isAnswer = !words.isEmpty && words.allSatisfy { !$0.isDisjoint(with: [.answer, .filler]) }
        let out = words.filter(\.isOut)
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
                && words.allSatisfy { !$0.isDisjoint(with: [.in, .out, .filler, .neutral, .employment, .type]) })
    }

    /// Whether the people below a title are not those that a command is for: `Former employees` for an invitation,
    /// `Active users` for a removal.
    static func contradicts(_ title: String, _ purpose: WorkspaceChange.Kind) -> Bool {
        let state = RowState(title)
        if state.isAnswer { return false }
        return state.isUnderstood && (purpose.isForLeavers ? state.mentionsIn : state.mentionsOut)
    }

    /// The words of a cell after negations are applied: `not locked` means in. `no locked` may be an answer followed by
    /// its subject, so it counts as mentioning out and not understood.
    private static func withoutNegations(_ words: [WordMeaning]) -> [WordMeaning] {
        var settled: [WordMeaning] = []
        var rest = words[...]
        while let word = rest.popFirst() {
            let next = rest.firstIndex { !$0.contains(.filler) }
            if word.contains(.negation), let next, rest[next].isOut, !rest[next].contains(.negation) {
                settled += word.contains(.answer) ? [.out, []] : [.in]
                rest = rest[(next + 1)...]
            } else {
                settled.append(word)
            }
        }
        return settled
    }
}
