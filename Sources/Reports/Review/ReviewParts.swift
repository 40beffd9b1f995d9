import Domain

/// The accounts of a review that is split, one part after the other.
///
/// The accounts of several parts are read together and kept: to read all accounts again for each part took nine times
/// as long with 500 reviewers of 5,000 accounts.
struct ReviewParts<Source: ReviewSource> {
    private let whole: Source
    private let split: ReviewSplit
    /// The most accounts that are kept, about 50 MB.
    private let most: Int

    init(of whole: Source, by split: ReviewSplit, keeping most: Int = 100_000) {
        self.whole = whole
        self.split = split
        self.most = most
    }

    /// Passes all parts with accounts to `body`, sorted by name.
    func each(_ body: (_ part: String, _ accounts: SelectedAccounts<Source>) throws -> Void) throws {
        var counts: [String: Int] = [:]
        for kind in AccountKind.allCases {
            try whole.accounts(kind) { counts[split.part(of: $0), default: 0] += 1 }
        }
        var parts = counts.sorted { $0.key < $1.key }[...]
        while let first = parts.first {
            // A part that is too large to be kept is read again for each of its tables.
            guard first.value <= most else {
                try body(first.key, SelectedAccounts(of: whole) { part(uid: $1, email: $2, $3) == first.key })
                parts.removeFirst()
                continue
            }
            var number = 0
            let together = parts.prefix { part in
                number += part.value
                return number <= most
            }.map(\.key)
            var kept = try keep(together)
            for part in together {
                // Each is released as soon as it is written.
                try body(part, SelectedAccounts(of: whole, kept.removeValue(forKey: part) ?? .init()))
            }
            parts = parts.dropFirst(together.count)
        }
    }

    private func keep(_ parts: [String]) throws -> [String: SelectedAccounts<Source>.Kept] {
        var kept = Dictionary(uniqueKeysWithValues: parts.map { ($0, SelectedAccounts<Source>.Kept()) })
        for kind in AccountKind.allCases {
            try whole.accounts(kind) { kept[split.part(of: $0)]?.accounts[kind, default: []].append($0) }
        }
        try whole.changes { kept[part(uid: $0.uid, email: $0.email, $0.accountType)]?.changes.append($0) }
        return kept
    }

    private func part(uid: String, email: String, _ type: AccountType) -> String {
        split.part(uid: uid, email: email, accountType: type)
    }
}

extension ReviewContext {
    /// The facts about a part: if it is named after a reviewer, that person decides.
    func of(part: String, in split: ReviewSplit) -> ReviewContext {
        var context = self
        context.part = part
        if split.namesReviewers, part != ReviewSplit.unassigned { context.reviewer = part }
        return context
    }
}
