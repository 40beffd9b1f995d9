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

    /// Whether it names the person's email address.
    var isAddress: Bool { has(.address) && !isForeign }

    /// Whether it names an account, which may be called by its address.
    var isLogin: Bool { has(.login) && !isForeign }

    /// Whether it names an address, whoever's.
    var isAnyAddress: Bool { has(.address) || has(.login) }

    /// Whether it names what the person may do.
    var isType: Bool { has(.type) && !isForeign && !isAddress }

    /// Whether it names a type that the person had, or that is not meant.
    var isOtherType: Bool { has(.type) && isForeign }

    /// Whether it names what is wanted, beside what there is.
    var isWanted: Bool { has(.wanted) }

    /// Whether it names an identifier.
    var isUID: Bool { has(.id) && !isForeign }

    /// Whether it names the workspace.
    var isWorkspace: Bool { has(.workspace) && !has(.type) && !has(.address) && !has(.id) }

    /// Whether it says that somebody is in or out.
    var isState: Bool { has(.state) && !has(.thing) }

    /// Whether a yes in its column means that somebody is out, as in `Suspended`.
    var isNegative: Bool { words.contains { $0.isSuperset(of: [.state, .out]) } }
}

/// What a cell says that holds whether somebody is in or out.
enum RowState: Sendable {
    case `in`, out
    /// Nothing is written.
    case blank

    /// nil for a cell with any other word in it.
    init?(_ cell: String) {
        let words = ListWords.meanings(in: cell)
        if words.isEmpty {
            guard cell.allSatisfy({ $0.isWhitespace || $0 == "-" || $0 == "–" || $0 == "—" }) else { return nil }
            self = .blank
            return
        }
        let states = words.filter { !$0.isDisjoint(with: [.in, .out]) }
        guard !states.isEmpty, words.allSatisfy({ !$0.isDisjoint(with: [.in, .out, .filler]) }) else { return nil }
        self = states.contains { !$0.contains(.in) } ? .out : .in
    }
}
