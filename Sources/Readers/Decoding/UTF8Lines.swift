/// The first lines of a file that hold characters of UTF-8 beyond ASCII, noted while its rows are read.
///
/// If bytes of another encoding follow, these lines say that no one encoding reads the file. Once a few are known no more
/// is looked at, and ASCII never is, so that a file that is UTF-8 costs nothing.
struct UTF8Lines {
    private(set) var numbers = LineNumbers()
    private var isOpen = false
    private var texts = 0

    /// Looks at text that has come.
    ///
    /// - Parameters:
    ///   - text: valid UTF-8; it may begin with text that was looked at before.
    ///   - line: the line on which it begins.
    ///   - texts: how many texts beyond ASCII there were until now.
    mutating func look(at text: ArraySlice<UInt8>, from line: Int, texts: Int) {
        guard !numbers.hasMore, isOpen || texts > self.texts else { return }
        self.texts = texts
        var lines = NonASCIILines(from: line)
        var rest = text
        while let found = lines.next(in: &rest) { numbers.append(found.number) }
        // Whether the last line is UTF-8 as a whole is seen when it ends.
        isOpen = lines.isOpen
    }
}
