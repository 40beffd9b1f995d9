/// What a word can mean in a header, or in a cell that says whether somebody is in or out.
struct WordMeaning: OptionSet, Hashable, Sendable {
    let rawValue: UInt32

    /// `email`
    static let address = WordMeaning(rawValue: 1 << 0)
    /// An account, whose value is an address at times: `login`
    static let login = WordMeaning(rawValue: 1 << 1)
    /// What somebody may do: `role`
    static let type = WordMeaning(rawValue: 1 << 2)
    /// `uid`
    static let id = WordMeaning(rawValue: 1 << 3)
    /// `workspace`
    static let workspace = WordMeaning(rawValue: 1 << 4)
    /// Changes nothing: `work`, `user`, `primary`
    static let neutral = WordMeaning(rawValue: 1 << 5)
    /// Not the person's own, or not what is wanted: `private`, `manager`, `current`
    static let other = WordMeaning(rawValue: 1 << 6)
    /// `new`, `requested`
    static let wanted = WordMeaning(rawValue: 1 << 7)
    /// In a header, whether somebody is in or out: `status`, `active`
    static let state = WordMeaning(rawValue: 1 << 8)
    /// What has a state or an address of its own: `group`, `mfa`
    static let thing = WordMeaning(rawValue: 1 << 9)
    /// In a cell, in: `active`, `yes`
    static let `in` = WordMeaning(rawValue: 1 << 10)
    /// In a cell, out: `terminated`, `no`
    static let out = WordMeaning(rawValue: 1 << 11)
    /// In a cell, nothing by itself: `on`, `long`
    static let filler = WordMeaning(rawValue: 1 << 12)
    /// In a cell that says out, perhaps not for good: `pending`, `on leave`
    static let later = WordMeaning(rawValue: 1 << 13)
    /// In a header, that somebody leaves or has left: `termination`
    static let leaving = WordMeaning(rawValue: 1 << 14)
    /// In a header, a point in time: `date`
    static let when = WordMeaning(rawValue: 1 << 15)
    /// An account that is no person's: `service`, `room`
    static let nobody = WordMeaning(rawValue: 1 << 16)
    /// In a header, what sort of account it is: `category`
    static let kind = WordMeaning(rawValue: 1 << 17)
    /// How somebody is employed, which does not say whether they are in: `contractor`
    static let employment = WordMeaning(rawValue: 1 << 18)
    /// A word for a state that names a part of a country as well
    static let region = WordMeaning(rawValue: 1 << 19)
    /// In a cell, a yes or a no, whatever the header asks: `true`
    static let answer = WordMeaning(rawValue: 1 << 20)
    /// Turns round what the next word says: `not`. One that is an answer as well (`no`) may stand by itself.
    static let negation = WordMeaning(rawValue: 1 << 21)
    /// Not one person, beside rows that say that they are: `group`
    static let group = WordMeaning(rawValue: 1 << 22)
    /// Certainly no person's, whatever the header is: `service account`
    static let robot = WordMeaning(rawValue: 1 << 23)
    /// A number from 2 on: `Email 2` is not the first address.
    static let further = WordMeaning(rawValue: 1 << 24)
    /// In a header, why somebody leaves, or is away: `Leaving reason`
    static let reason = WordMeaning(rawValue: 1 << 25)
    /// In a header, whether somebody was invited and has come: `Send invite`, `Activated`
    static let invitation = WordMeaning(rawValue: 1 << 26)

    /// In a cell, only out: no other language means in by it.
    var isOut: Bool { contains(.out) && !contains(.`in`) }

    /// In a header, that somebody leaves or has left.
    var isGone: Bool { contains(.leaving) || isSuperset(of: [.state, .out]) }

    /// By the names that the table uses.
    static let named: [String: WordMeaning] = [
        "address": .address, "login": .login, "type": .type, "id": .id, "workspace": .workspace, "neutral": .neutral,
        "other": .other, "wanted": .wanted, "state": .state, "thing": .thing, "in": .in, "out": .out, "filler": .filler,
        "later": .later, "leaving": .leaving, "when": .when, "nobody": .nobody, "kind": .kind,
        "employment": .employment, "region": .region, "answer": .answer, "negation": .negation,
        "group": .group, "robot": .robot, "reason": .reason, "invitation": .invitation,
    ]
}
