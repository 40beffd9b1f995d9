/// The first lines with UTF-8 characters beyond ASCII, recorded while the rows are read.
///
/// If bytes of another encoding follow, these lines show that no single encoding fits the file. Only a few lines are
/// recorded and ASCII is never examined, so that a UTF-8 file costs nothing.
struct UTF8Lines {
    private(set) var numbers = LineNumbers()
    private var isOpen = false
    private var texts = 0

    /// Examines new text.
    ///
    /// - Parameters:
    ///   - text: valid UTF-8; it may begin with text that was examined before.
    ///   - line: the line on which it begins.
    ///   - texts: the number of pieces beyond ASCII until now.
    mutating func look(at text: ArraySlice<UInt8>, from line: Int, texts: Int) {
        guard !numbers.hasMore, isOpen || texts > self.texts else { return }
        self.texts = texts
        var lines = NonASCIILines(from: line)
        var rest = text
        while let found = lines.next(in: &rest) { numbers.append(found.number) }
        // The last line can be checked only when it ends.
        isOpen = lines.isOpen
    }
}
