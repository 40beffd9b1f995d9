import Domain

/// Counts problems of the same kind, so that a list with one mistake in every row fits the screen.
struct RepeatedProblems {
    /// How many rows are shown of each kind.
    private static let shown = 10
    private var counts: [Ground?: Int] = [:]

    /// Whether a problem of a kind is shown; the others are only counted.
    mutating func isShown(_ ground: Ground?) -> Bool {
        counts[ground, default: 0] += 1
        return counts[ground, default: 0] <= Self.shown
    }

    /// A line for each kind with more problems than were shown.
    func summary(of file: String) -> [String] {
        ([nil] + Ground.allCases).compactMap { ground in
            guard let count = counts[ground], count > Self.shown else { return nil }
            let kind = ground.map { ": " + $0.rawValue } ?? ""
            return
                "\(file): \((count - Self.shown).counted("more row"))\(kind); the plan and the results count all of them"
        }
    }
}
