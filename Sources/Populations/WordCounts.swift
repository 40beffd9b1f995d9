import Domain

/// Counts few, frequent words by kind of account.
struct WordCounts {
    private var known = Words()
    private var counts: [[Int]] = []

    /// The words in order of occurrence.
    var words: [String] { known.values }

    /// The number of occurrences of a word.
    func count(_ place: Int, of kind: AccountKind) -> Int { counts[place][kind == .user ? 0 : 1] }

    /// Counts a word; returns its place.
    ///
    /// - Throws: ``DamagedBlock`` for more words than a population has.
    mutating func count(_ text: UnsafeRawBufferPointer, _ kind: AccountKind) throws(DamagedBlock) -> UInt16 {
        let place = known.place(of: text)
        guard let number = UInt16(exactly: place) else { throw DamagedBlock() }
        if place == counts.count { counts.append([0, 0]) }
        counts[place][kind == .user ? 0 : 1] += 1
        return number
    }
}
