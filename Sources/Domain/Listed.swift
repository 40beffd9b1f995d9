extension Collection<String> {
    /// `a, b or c`; a single member without the word.
    ///
    /// - Parameter word: the word before the last member, such as `or`.
    public func listed(_ word: String) -> String {
        let texts = Array(self)
        guard let last = texts.last, texts.count > 1 else { return texts.last ?? "" }
        return texts.dropLast().joined(separator: ", ") + " \(word) " + last
    }
}
