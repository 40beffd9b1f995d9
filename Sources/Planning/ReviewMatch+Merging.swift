import Domain

extension ReviewMatch {
    /// Adds a row, possibly one of several about the same account. They may complete each other, but not differ in the
    /// decision or the new account type.
    mutating func merge(_ decided: DecidedAccount, key: String) {
        guard let other = taken[key] else {
            taken[key] = decided
            found.append(key)
            return
        }
        if let difference = Self.difference(decided, other) {
            problems.append(
                ReviewProblem(
                    decided.row, difference, kind: .conflict,
                    "\(Self.quoted(decided.account.email)) has different decisions: \(Self.summary(decided.row)) here, "
                        + "\(Self.summary(other.row)) in row \(other.row.row) of \(other.row.place)"))
            return
        }
        let hasDecision = other.decision == .notReviewed && decided.decision != .notReviewed
        let (base, second) = hasDecision ? (decided, other) : (other, decided)
        var first = base
        for field in DecidedRow.Field.entries where first.row[field].isEmpty && !second.row[field].isEmpty {
            first.row.cells[field] = second.row[field]
        }
        taken[key] = DecidedAccount(row: first.row, account: first.account, rules: rules)
    }

    /// The column in which two rows about an account contradict each other.
    private static func difference(_ one: DecidedAccount, _ other: DecidedAccount) -> DecidedRow.Field? {
        if one.decision != .notReviewed, other.decision != .notReviewed,
            wish(of: one).first != wish(of: other).first
        {
            return .decision
        }
        let types = [one, other].map { AccountType.normalised($0.row[.newAccountType]) }
        return !types[0].isEmpty && !types[1].isEmpty && types[0] != types[1] ? .newAccountType : nil
    }

    /// What a row asks for: the decision and the new account type.
    static func wish(of decided: DecidedAccount) -> [String] {
        [
            decided.decision.decision?.rawValue ?? decided.row[.decision],
            AccountType.normalised(decided.row[.newAccountType]),
        ]
    }

    /// The decision and the new account type as written.
    static func summary(_ row: DecidedRow) -> String {
        let words = [row[.decision], row[.newAccountType]].filter { !$0.isEmpty }
        return Terminal.plain(words.joined(separator: " "), limit: 80)
    }

    /// The problem of a row with an entry but no decision; nil for other rows.
    static func halfFilled(_ decided: DecidedAccount) -> ReviewProblem? {
        guard decided.decision == .notReviewed else { return nil }
        let row = decided.row
        let entries: [(DecidedRow.Field, String)] = [
            (.newAccountType, "a new account type"), (.justification, "a justification"), (.ticket, "a ticket"),
            (.exceptionUntil, "the end of an exception"), (.decidedAt, "a date of the decision"),
        ]
        let filled = entries.filter { !row[$0.0].isEmpty }
        guard !filled.isEmpty else { return nil }
        return ReviewProblem(
            row, .decision, kind: .halfFilled,
            "\(quoted(decided.account.email)) has \(filled.map(\.1).listed("and")) but no decision")
    }
}
