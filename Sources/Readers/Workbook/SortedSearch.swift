extension RandomAccessCollection where Index == Int {
    /// The first index from which on the condition is true, if it is false for all elements before and true for all
    /// after. swift-algorithms has it as `partitioningIndex(where:)`, but would be one more dependency.
    func placeInOrder(where condition: (Element) -> Bool) -> Int {
        var (low, high) = (startIndex, endIndex)
        while low < high {
            let middle = (low + high) / 2
            if condition(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
