extension Collection<String> {
    /// `a, b or c`; one by itself.
    ///
    /// - Parameter word: what stands before the last one.
    public func listed(_ word: String) -> String {
        let texts = Array(self)
        guard let last = texts.last, texts.count > 1 else { return texts.last ?? "" }
        return texts.dropLast().joined(separator: ", ") + " \(word) " + last
    }
}
