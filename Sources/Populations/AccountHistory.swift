import Domain

/// Derives the history of an account at one snapshot from its states. Pure.
struct AccountHistory {
    /// The snapshot under review.
    var snapshot: Int64
    /// The snapshot of the review to compare with; nil if there is none.
    var previous: Int64?
    /// The snapshots of all earlier reviews of the workspace.
    var reviews: [Int64]

    /// Numbers of snapshots, 0 for none; and a number of reviews.
    struct Times {
        var firstSeen: Int32 = 0
        var pendingSince: Int32 = 0
        var expiredSince: Int32 = 0
        var expiredReviews: Int32 = 0
    }

    /// - Parameter states: all states of one account, in order.
    func times(of states: [StateRecord], isInvite: Bool) -> Times {
        let past = states.prefix { $0.first <= snapshot }
        var times = Times()
        // Finds the beginning of the unbroken sequence of states that leads to the last one.
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
    /// Whether an invitation has expired.
    var isExpired: Bool { InviteStatus.isExpired(status) }
}
