/// A text that may be written in several runs (`CT_Rst`): `<t>`, and `<t>` in each `<r>`. What stands beside them, as
/// hints for pronunciation do (`<rPh>`), no program shows as the text.
struct RichText {
    enum Place {
        /// The text as a whole.
        case whole
        case run, text
        /// What is not shown.
        case aside
    }

    /// The most bytes in a text: Excel's 32,767 units of UTF-16 are at most a quarter of that, each of them escaped.
    static let longest = 1 << 20

    /// What was read so far, escapes and all.
    private(set) var bytes: [UInt8] = []
    /// Whether the text, or the run, has its `<t>`.
    private var hasText = (whole: false, run: false)

    /// Prepares for the next text.
    mutating func begin() {
        bytes.removeAll(keepingCapacity: true)
        hasText = (false, false)
    }

    /// An element of SpreadsheetML begins in the text.
    mutating func enter(_ name: String, in parent: Place) throws(PartFault) -> Place {
        switch (parent, name) {
        case (.whole, "t") where !hasText.whole:
            hasText.whole = true
            return .text
        case (.whole, "r"):
            hasText.run = false
            return .run
        case (.run, "t") where !hasText.run:
            hasText.run = true
            return .text
        case (.text, _), (.whole, "t"), (.run, "t"): throw .misplaced(name)
        default: return .aside
        }
    }

    /// A piece of text stands in it.
    ///
    /// - Returns: whether the text is still as short as a text of a workbook is.
    mutating func add(_ text: UnsafeBufferPointer<UInt8>, in place: Place) -> Bool {
        if place == .text { bytes.append(contentsOf: text) }
        return bytes.count <= Self.longest
    }
}
