import Domain

/// Finds what an auditor would question in a completed review.
public enum ReviewQuality {
    /// The smallest number of accounts for which "all approved" is reported; on shorter sheets it is plausible.
    static let smallestSheet = 10

    /// All findings, in the order of the review.
    ///
    /// - Parameter privileged: which account types count as privileged.
    public static func doubts(
        about decided: [DecidedAccount], privileged: PrivilegedTypes = .standard
    ) -> [ReviewProblem] {
        decided.compactMap { doubt($0, privileged) } + unanimous(decided)
    }

    private static func doubt(_ decided: DecidedAccount, _ privileged: PrivilegedTypes) -> ReviewProblem? {
        let (row, account) = (decided.row, decided.account)
        guard let decision = decided.decision.decision else { return nil }
        let whose = Terminal.plain(account.email, limit: 254)
        var messages: [String] = []
        if isOwn(row[.reviewer], account) {
            messages.append("\(whose) reviewed their own access")
        }
        if row[.justification].isEmpty {
            if decision == .approve && privileged.contains(account.accountType) {
                messages.append("\(whose) is \(account.accountType) and was approved without a justification")
            }
            if decision == .exception { messages.append("\(whose) was given an exception without a justification") }
        }
        guard !messages.isEmpty else { return nil }
        return ReviewProblem(place: row.place, row: row.row, message: messages.joined(separator: "; "))
    }

    /// Whether a reviewer is the owner of an account.
    public static func isOwn(_ reviewer: String, _ account: ReviewedAccount) -> Bool {
        guard !reviewer.isEmpty else { return false }
        let name = PersonName.key(of: reviewer)
        // The reviewer may be written as `Grace Hopper <grace@acme.io>`.
        return EmailAddress.key(of: reviewer) == EmailAddress.key(of: account.email)
            || (!account.name.isEmpty && name == PersonName.key(of: account.name))
            || name.hasSuffix("<\(account.email.lowercased())>")
    }

    /// A finding for each sheet on which every account was approved.
    private static func unanimous(_ decided: [DecidedAccount]) -> [ReviewProblem] {
        var sheets: [String] = []
        var rows: [String: (all: Int, approved: Int, justified: Int)] = [:]
        for decided in decided {
            let place = decided.row.place
            if rows[place] == nil { sheets.append(place) }
            var counts = rows[place] ?? (0, 0, 0)
            counts.all += 1
            if decided.decision.decision == .approve { counts.approved += 1 }
            if !decided.row[.justification].isEmpty { counts.justified += 1 }
            rows[place] = counts
        }
        return sheets.compactMap { place in
            guard let counts = rows[place], counts.all >= smallestSheet, counts.approved == counts.all else {
                return nil
            }
            return ReviewProblem(
                place: place, row: nil,
                message: "all \(counts.all) accounts were approved, \(counts.justified) of them with a justification")
        }
    }
}
