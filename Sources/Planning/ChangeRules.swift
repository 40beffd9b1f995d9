import Domain

/// Decides about rows that change an account type.
enum ChangeRules {
    static func decide(_ wanted: AccountType, _ standing: Standing) -> Disposition {
        guard case .active(let type) = standing, type.isSame(as: wanted) else { return .send(again: false) }
        return .skip(.sameType, reason: "already has account type \(Terminal.plain(wanted.rawValue))")
    }

    /// What a listing shows about an unconfirmed change.
    static func find(_ row: UnansweredRow, wanted: AccountType) -> Finding {
        switch row.standing {
        case .active(let type) where type.isSame(as: wanted): .tookEffect
        case .active(let type) where row.before.map(type.isSame) ?? true: .noEffect
        case .active(let type):
            .contradicted(
                reason: "the type has changed to \(Terminal.plain(type.rawValue)) in the meantime; requested: \(wanted)"
            )
        case .absent, .invited: .contradicted(reason: "the account is no longer active")
        }
    }
}
