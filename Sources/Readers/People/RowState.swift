import Domain

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

        /// What it means under a header that says out.
        var turned: Self {
            switch self {
            case .in: .out
            case .out: .in
            default: self
            }
        }
    }

    let kind: Kind
    /// Whether some word says out, whatever else is there: `Terminated on 2024-05-01`.
    let mentionsOut: Bool
    /// Whether some word says in.
    let mentionsIn: Bool
    /// Whether every word is known, although they may say nothing about who is in: `Full-time`
    let isUnderstood: Bool
    /// Whether it is a yes or a no, which only the header gives a meaning; `Locked` says by itself what it means.
    let isAnswer: Bool

    private static let marks: [String: Kind] = [
        "✓": .in, "✔": .in, "✅": .in, "○": .in, "◯": .in, "✗": .out, "✘": .out, "×": .out, "❌": .out,
    ]

    /// What a code means.
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

    /// Whether a title says that the people below it are not those that a command is for: `Former employees` for an
    /// invite, `Active users` for a removal.
    static func contradicts(_ title: String, _ purpose: WorkspaceChange.Kind) -> Bool {
        let state = RowState(title)
        if state.isAnswer { return false }
        return state.isUnderstood && (purpose.isForLeavers ? state.mentionsIn : state.mentionsOut)
    }

    /// The words of a cell with those that a negation turns round: `not locked` is in. `no locked` may be an answer and
    /// what it is about as well, so that it is left as something that mentions out and is not understood.
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
