import Foundation

/// The meaning of a header, from its words alone.
struct HeaderWords: Sendable {
    private let words: [WordMeaning]

    init(_ header: String) { words = ListWords.meanings(in: header) }

    private func has(_ meaning: WordMeaning) -> Bool { words.contains { !$0.isDisjoint(with: meaning) } }

    /// Whether the column is about something or someone else.
    private var isForeign: Bool { has([.other, .thing, .leaving, .when, .nobody, .kind, .employment]) }

    /// Whether every word is known.
    var isUnderstood: Bool { !words.isEmpty && words.allSatisfy { !$0.isEmpty } }

    /// Whether it names the person's email address. An unknown word may make it the address of someone else.
    var isAddress: Bool { has(.address) && !isForeign && isUnderstood }

    /// Whether it names a further one: `Email 2`
    var isFurther: Bool { has(.further) }

    /// Whether it names an account, whose name may be an address.
    var isLogin: Bool { has(.login) && !isForeign && isUnderstood }

    /// Whether it names an address that is not the one to write to: `Personal email`
    var isOtherAddress: Bool { has(.address) && has([.other, .thing]) }

    /// Whether it names any address.
    var isAnyAddress: Bool { has(.address) || has(.login) }

    /// Whether it names the account type.
    var isType: Bool { has(.type) && !isForeign && !has(.state) && !has(.address) && isUnderstood }

    /// Whether it names a previous or another type.
    var isOtherType: Bool { has(.type) && (isForeign || has(.state)) }

    /// Whether it names the requested value, as opposed to the current one.
    var isWanted: Bool { has(.wanted) }

    /// Whether it names an identifier.
    var isUID: Bool { has(.id) && !isForeign }

    /// Whether it names the workspace.
    var isWorkspace: Bool { has(.workspace) && !has(.type) && !has(.address) && !has(.id) }

    /// Whether it names the state of the person. `MFA enabled` and `Email status` are about something else.
    var isState: Bool { has(.state) && !has([.thing, .address]) }

    /// Whether it certainly names the state: every word is known, and none may be a part of a country or another
    /// person.
    var isCertainState: Bool {
        isState && isUnderstood && !has([.other, .when])
            && words.contains { $0.contains(.state) && !$0.contains(.region) }
    }

    /// Whether its values are yes or no, as for `Active`, but not for `Status`.
    var isYesOrNo: Bool { words.contains { $0.contains(.state) && !$0.isDisjoint(with: [.in, .out, .neutral]) } }

    /// Whether it names the leaving date, or a field that is filled in when a person leaves.
    var isLeaving: Bool {
        words.contains(where: \.isGone)
            && words.allSatisfy { word in
                word.contains(.when) || (!word.isEmpty && word.isDisjoint(with: [.other, .thing, .address, .id]))
            }
    }

    /// Whether it certainly names that date: `Termination date`, and not `Terminated`.
    var isLeavingDate: Bool { isLeaving && has(.when) && !isProvisional }

    /// Whether it may name such a date, with a word that is unknown or usually means something else:
    /// `Actual termination date`, `Assignment end date`.
    var mayBeLeaving: Bool {
        words.contains(where: \.isGone)
            && words.allSatisfy { word in
                word.contains(.when) || word.isGone || word.isDisjoint(with: [.thing, .address, .id])
            }
    }

    /// Whether the values may affect the selection although the header does not say so: it is about the person, or
    /// unknown.
    var isOpen: Bool {
        words.allSatisfy {
            $0.isDisjoint(with: [.thing, .other, .address, .login, .id, .when, .workspace, .type, .kind])
        }
    }

    /// Whether it is about an invitation; a no in such a column does not mean that the person has left.
    var isInvitation: Bool { has(.invitation) }

    /// Whether it names the reason for leaving or being away.
    var isReason: Bool { has(.reason) }

    /// Whether its date may be the end of something other than the employment: a renewed contract, a suspension, a
    /// leave.
    var isProvisional: Bool { has(.later) }

    /// Whether it has no words, so that only the values show what the column is about.
    var isEmpty: Bool { words.isEmpty }

    /// Whether it names the kind of account or person.
    var isKind: Bool { has([.type, .kind]) }

    /// Whether a yes in its column means that the account does not belong to a person: `Service account`
    var isNobody: Bool { has(.nobody) && isUnderstood && !has([.other, .thing, .state]) }

    /// Whether a yes in its column means that the person has left, as in `Suspended` and `Not active`, but not in
    /// `Not suspended`.
    var isNegative: Bool {
        let negations = words.indices.count { place in
            let word = words[place]
            guard word.isOut else { return false }
            // `no` is a negation at the beginning; elsewhere it is one of the values that a header explains.
            return place == 0 || !word.isDisjoint(with: [.state, .other])
        }
        return !negations.isMultiple(of: 2)
    }
}
