import Foundation

/// The possible meanings of a word in a header, or in a cell with a state.
struct WordMeaning: OptionSet, Hashable, Sendable {
    let rawValue: UInt32

    /// `email`
    static let address = WordMeaning(rawValue: 1 << 0)
    /// An account, whose name may be an address: `login`
    static let login = WordMeaning(rawValue: 1 << 1)
    /// An account type: `role`
    static let type = WordMeaning(rawValue: 1 << 2)
    /// `uid`
    static let id = WordMeaning(rawValue: 1 << 3)
    /// `workspace`
    static let workspace = WordMeaning(rawValue: 1 << 4)
    /// Changes nothing: `work`, `user`, `primary`
    static let neutral = WordMeaning(rawValue: 1 << 5)
    /// Not the person's own, or not the requested value: `private`, `manager`, `current`
    static let other = WordMeaning(rawValue: 1 << 6)
    /// `new`, `requested`
    static let wanted = WordMeaning(rawValue: 1 << 7)
    /// In a header, a state: `status`, `active`
    static let state = WordMeaning(rawValue: 1 << 8)
    /// A thing with its own state or address: `group`, `mfa`
    static let thing = WordMeaning(rawValue: 1 << 9)
    /// In a cell, in: `active`, `yes`
    static let `in` = WordMeaning(rawValue: 1 << 10)
    /// In a cell, out: `terminated`, `no`
    static let out = WordMeaning(rawValue: 1 << 11)
    /// In a cell, no meaning by itself: `on`, `long`
    static let filler = WordMeaning(rawValue: 1 << 12)
    /// In a cell that means out, perhaps temporarily: `pending`, `on leave`
    static let later = WordMeaning(rawValue: 1 << 13)
    /// In a header, that a person leaves or has left: `termination`
    static let leaving = WordMeaning(rawValue: 1 << 14)
    /// In a header, a point in time: `date`
    static let when = WordMeaning(rawValue: 1 << 15)
    /// An account that does not belong to a person: `service`, `room`
    static let nobody = WordMeaning(rawValue: 1 << 16)
    /// In a header, the kind of account: `category`
    static let kind = WordMeaning(rawValue: 1 << 17)
    /// The kind of employment, which is not a state: `contractor`
    static let employment = WordMeaning(rawValue: 1 << 18)
    /// A word for a state that can also mean a part of a country
    static let region = WordMeaning(rawValue: 1 << 19)
    /// In a cell, yes or no, whatever the header is: `true`
    static let answer = WordMeaning(rawValue: 1 << 20)
    /// Negates the next word: `not`. If it can also be an answer (`no`), it may stand alone.
    static let negation = WordMeaning(rawValue: 1 << 21)
    /// Not one person, if other rows are marked as people: `group`
    static let group = WordMeaning(rawValue: 1 << 22)
    /// Certainly not a person, whatever the header is: `service account`
    static let robot = WordMeaning(rawValue: 1 << 23)
    /// A number, 2 or more: `Email 2` is not the first address.
    static let further = WordMeaning(rawValue: 1 << 24)
    /// In a header, the reason for leaving or being away: `Leaving reason`
    static let reason = WordMeaning(rawValue: 1 << 25)
    /// In a header, whether a person was invited and has accepted: `Send invite`, `Activated`
    static let invitation = WordMeaning(rawValue: 1 << 26)

    /// Whether the word means only out: in no language does it mean in.
    var isOut: Bool { contains(.out) && !contains(.`in`) }

    /// Whether the word means, in a header, that a person leaves or has left.
    var isGone: Bool { contains(.leaving) || isSuperset(of: [.state, .out]) }

    /// The meanings by their names in the table.
    fileprivate static let named: [String: WordMeaning] = [
        "address": .address, "login": .login, "type": .type, "id": .id, "workspace": .workspace, "neutral": .neutral,
        "other": .other, "wanted": .wanted, "state": .state, "thing": .thing, "in": .in, "out": .out, "filler": .filler,
        "later": .later, "leaving": .leaving, "when": .when, "nobody": .nobody, "kind": .kind,
        "employment": .employment, "region": .region, "answer": .answer, "negation": .negation,
        "group": .group, "robot": .robot, "reason": .reason, "invitation": .invitation,
    ]
}

extension WordMeaning {
    /// The meanings that a line of the table lists: `address,thing`
    init(list: String) {
        self = list.components(separatedBy: ",").reduce(into: []) { meanings, name in
            guard let meaning = Self.named[name] else { preconditionFailure("no meaning: \(list)") }
            meanings.formUnion(meaning)
        }
    }
}
