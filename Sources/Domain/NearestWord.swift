/// Finds the word that a misspelling most likely means. ArgumentParser uses the same distance, but does not export it.
public enum NearestWord {
    /// The nearest of the words; nil if none is near enough.
    ///
    /// - Parameters:
    ///   - text: the misspelling; a text of more than 40 characters has no nearest word.
    ///   - limit: the maximum number of wrong letters; nil for a third of the word's length.
    public static func to(_ text: String, in words: [String], within limit: Int? = nil) -> String? {
        guard text.count <= 40 else { return nil }
        let best = words.map { (word: $0, distance: distance(text, $0)) }.min { $0.distance < $1.distance }
        guard let best, best.distance <= limit ?? best.word.count / 3 else { return nil }
        return best.word
    }

    /// The number of letters to insert, delete, replace or swap with their neighbour (optimal string alignment
    /// distance), calculated row by row.
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
