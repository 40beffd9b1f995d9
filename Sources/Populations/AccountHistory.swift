import Domain

/// What an account's states say about it at one snapshot. Pure.
struct AccountHistory {
    /// The snapshot that is looked at.
    var snapshot: Int64
    /// The snapshot of the review to compare with.
    var previous: Int64?
    /// The snapshots of all earlier reviews of the workspace.
    var reviews: [Int64]

    /// Snapshots; 0 for none.
    struct Times {
        var firstSeen: Int32 = 0
        var pendingSince: Int32 = 0
        var expiredSince: Int32 = 0
        var expiredReviews: Int32 = 0
    }

    /// - Parameter states: all states of one account, from the first to the last.
    func times(of states: [StateRecord], isInvite: Bool) -> Times {
        let past = states.prefix { $0.first <= snapshot }
        var times = Times()
        // Where the unbroken row of states begins that leads to the last one.
        var end: Int64 = -1
        for state in past {
            if state.first != end { times.firstSeen = Int32(clamping: state.first) }
            end = state.gone
        }
        guard isInvite else { return times }
        var lastPending: Int64 = 0
        for state in past where !state.isExpired {
            if times.pendingSince == 0, state.first >= times.firstSeen {
                times.pendingSince = Int32(clamping: state.first)
            }
            lastPending = state.first
        }
        if past.last?.isExpired == true {
            let since = max(Int64(times.firstSeen), lastPending)
            let first = past.first { $0.isExpired && $0.first >= since }
            times.expiredSince = Int32(clamping: first?.first ?? 0)
        }
        for review in reviews where review < snapshot {
            if states.contains(where: { $0.isExpired && $0.isShown(at: review) }) { times.expiredReviews += 1 }
        }
        return times
    }
}

extension StateRecord {
    /// Whether an invite ran out.
    var isExpired: Bool { InviteStatus.isExpired(status) }
}
