/// The name that somebody may have meant.
public enum NearestName {
    /// The one of `names` that is fewest edits away.
    ///
    /// - Parameter limit: how many edits may be between them; nil for a third of the name's letters.
    public static func of(_ text: String, among names: [String], within limit: Int? = nil) -> String? {
        let text = text.lowercased()
        let ranked = names.map { (name: $0, edits: edits(from: text, to: $0.lowercased())) }
        guard let best = ranked.min(by: { $0.edits < $1.edits }), best.edits <= limit ?? max(1, best.name.count / 3)
        else {
            return nil
        }
        return best.name
    }

    /// How many letters have to be put in, taken out or changed (Levenshtein's distance).
    private static func edits(from one: String, to other: String) -> Int {
        let (one, other) = (Array(one), Array(other))
        var row = Array(0...other.count)
        for (place, letter) in one.enumerated() {
            var diagonal = row[0]
            row[0] = place + 1
            for column in other.indices {
                let change = diagonal + (letter == other[column] ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(change, row[column] + 1, diagonal + 1)
            }
        }
        return row[other.count]
    }
}
