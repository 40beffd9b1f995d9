import Foundation

/// What a header says about its column, by its words alone.
struct HeaderWords: Sendable {
    private let words: [WordMeaning]

    init(_ header: String) { words = ListWords.meanings(in: header) }

    private func has(_ meaning: WordMeaning) -> Bool { words.contains { !$0.isDisjoint(with: meaning) } }

    /// Whether it says that the column is about something or somebody else.
    private var isForeign: Bool { has(.other) || has(.thing) }

    /// Whether every word of it is known.
    var isUnderstood: Bool { !words.isEmpty && words.allSatisfy { !$0.isEmpty } }

    /// Whether it names the person's email address. A word that nobody knows may make it anybody's.
    var isAddress: Bool { has(.address) && !isForeign && isUnderstood }

    /// Whether it names an account, which may be called by its address.
    var isLogin: Bool { has(.login) && !isForeign && isUnderstood }

    /// Whether it names an address, whoever's.
    var isAnyAddress: Bool { has(.address) || has(.login) }

    /// Whether it names what the person may do.
    var isType: Bool { has(.type) && !isForeign && !has(.state) && !has(.address) && isUnderstood }

    /// Whether it names a type that the person had, or that is not meant.
    var isOtherType: Bool { has(.type) && (isForeign || has(.state)) }

    /// Whether it names what is wanted, beside what there is.
    var isWanted: Bool { has(.wanted) }

    /// Whether it names an identifier.
    var isUID: Bool { has(.id) && !isForeign }

    /// Whether it names the workspace.
    var isWorkspace: Bool { has(.workspace) && !has(.type) && !has(.address) && !has(.id) }

    /// Whether it says that somebody is in or out.
    var isState: Bool { has(.state) && !has(.thing) }

    /// Whether a yes in its column means that somebody is out, as in `Suspended` and `Not active`, but not in
    /// `Not suspended`.
    var isNegative: Bool {
        let negations = words.indices.count { place in
            let word = words[place]
            guard word.contains(.out), !word.contains(.in) else { return false }
            // A `no` says so at the beginning; elsewhere it is one of the values that a header explains.
            return place == 0 || !word.isDisjoint(with: [.state, .other])
        }
        return !negations.isMultiple(of: 2)
    }
}

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

    private static let marks: [String: Kind] = [
        "✓": .in, "✔": .in, "✅": .in, "○": .in, "◯": .in, "✗": .out, "✘": .out, "×": .out, "❌": .out,
    ]

    init(_ cell: String) {
        if let mark = Self.marks[cell] {
            (kind, mentionsOut, mentionsIn) = (mark, mark == .out, mark == .in)
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
    }
}
