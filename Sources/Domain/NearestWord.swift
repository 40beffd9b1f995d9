/// Finds the word that a misspelling most likely meant. ArgumentParser has the same distance, for itself only.
public enum NearestWord {
    /// The nearest of the words; nil where that is too far away.
    ///
    /// - Parameters:
    ///   - text: what was written; nothing of more than 40 characters is taken for a misspelling.
    ///   - limit: how many letters may be wrong; nil for a third of the word's.
    public static func to(_ text: String, in words: [String], within limit: Int? = nil) -> String? {
        guard text.count <= 40 else { return nil }
        let best = words.map { (word: $0, distance: distance(text, $0)) }.min { $0.distance < $1.distance }
        guard let best, best.distance <= limit ?? best.word.count / 3 else { return nil }
        return best.word
    }

    /// How many letters have to be put in, taken out, replaced, or swapped with their neighbour (the optimal string
    /// alignment distance), a row at a time.
    static func distance(_ left: String, _ right: String) -> Int {
        let left = Array(left.unicodeScalars)
        let right = Array(right.unicodeScalars)
        var before = [Int](repeating: 0, count: right.count + 1)
        var above = Array(0...right.count)
        for i in left.indices {
            var row = [i + 1]
            for j in right.indices {
                var least = min(above[j] + (left[i] == right[j] ? 0 : 1), above[j + 1] + 1, row[j] + 1)
                if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
                    least = min(least, before[j - 1] + 1)
                }
                row.append(least)
            }
            (before, above) = (above, row)
        }
        return above[right.count]
    }
}
