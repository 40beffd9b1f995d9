extension RandomAccessCollection where Index == Int {
    /// The first place from which on a condition holds, where it holds for none of the elements in front of it and for
    /// all behind it: `partitioningIndex(where:)` of swift-algorithms, which would be one more dependency.
    func placeInOrder(where condition: (Element) -> Bool) -> Int {
        var (low, high) = (startIndex, endIndex)
        while low < high {
            let middle = (low + high) / 2
            if condition(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
