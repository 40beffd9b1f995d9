import Foundation

/// What a header says about its column, by its words alone.
struct HeaderWords: Sendable {
    private let words: [WordMeaning]

    init(_ header: String) { words = ListWords.meanings(in: header) }

    private func has(_ meaning: WordMeaning) -> Bool { words.contains { !$0.isDisjoint(with: meaning) } }

    /// Whether it says that the column is about something or somebody else.
    private var isForeign: Bool { has([.other, .thing, .leaving, .when, .nobody, .kind, .employment]) }

    /// Whether every word of it is known.
    var isUnderstood: Bool { !words.isEmpty && words.allSatisfy { !$0.isEmpty } }

    /// Whether it names the person's email address. A word that nobody knows may make it anybody's.
    var isAddress: Bool { has(.address) && !isForeign && isUnderstood }

    /// Whether it names one after the first: `Email 2`
    var isFurther: Bool { has(.further) }

    /// Whether it names an account, which may be called by its address.
    var isLogin: Bool { has(.login) && !isForeign && isUnderstood }

    /// Whether it names an address that is not the one to write to: `Personal email`
    var isOtherAddress: Bool { has(.address) && has([.other, .thing]) }

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

    /// Whether it says that somebody is in or out. `MFA enabled` and `Email status` are about something else.
    var isState: Bool { has(.state) && !has([.thing, .address]) }

    /// Whether it certainly says so: every word is known, and none of them may be a part of a country or somebody else.
    var isCertainState: Bool {
        isState && isUnderstood && !has([.other, .when])
            && words.contains { $0.contains(.state) && !$0.contains(.region) }
    }

    /// Whether it asks for a yes or a no, as `Active` does, and `Status` does not.
    var isYesOrNo: Bool { words.contains { $0.contains(.state) && !$0.isDisjoint(with: [.in, .out, .neutral]) } }

    /// Whether it names the date of somebody's leaving, or what is filled in when somebody leaves.
    var isLeaving: Bool {
        words.contains(where: \.isGone)
            && words.allSatisfy { word in
                word.contains(.when) || (!word.isEmpty && word.isDisjoint(with: [.other, .thing, .address, .id]))
            }
    }

    /// Whether it may name such a date, with a word that is not known or that speaks of something else as a rule: `Actual
    /// termination date`, `Assignment end date`.
    var mayBeLeaving: Bool {
        words.contains(where: \.isGone)
            && words.allSatisfy { word in
                word.contains(.when) || word.isGone || word.isDisjoint(with: [.thing, .address, .id])
            }
    }

    /// Whether the values may say who is meant although the header does not: it is about the person, or not understood.
    var isOpen: Bool {
        words.allSatisfy {
            $0.isDisjoint(with: [.thing, .other, .address, .login, .id, .when, .workspace, .type, .kind])
        }
    }

    /// Whether it is about an invitation: a no there does not say that somebody has left.
    var isInvitation: Bool { has(.invitation) }

    /// Whether it names why somebody leaves or is away.
    var isReason: Bool { has(.reason) }

    /// Whether its date may end something that is not the employment: a contract that was renewed, a suspension, a leave.
    var isProvisional: Bool { has(.later) }

    /// Whether it has no words, so that only the values can tell what a column is about.
    var isEmpty: Bool { words.isEmpty }

    /// Whether it names what sort of account or person a row is about.
    var isKind: Bool { has([.type, .kind]) }

    /// Whether a yes in its column means that an account is no person's: `Service account`
    var isNobody: Bool { has(.nobody) && isUnderstood && !has([.other, .thing, .state]) }

    /// Whether a yes in its column means that somebody is out, as in `Suspended` and `Not active`, but not in
    /// `Not suspended`.
    var isNegative: Bool {
        let negations = words.indices.count { place in
            let word = words[place]
            guard word.isOut else { return false }
            // A `no` says so at the beginning; elsewhere it is one of the values that a header explains.
            return place == 0 || !word.isDisjoint(with: [.state, .other])
        }
        return !negations.isMultiple(of: 2)
    }
}
