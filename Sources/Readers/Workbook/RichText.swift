/// A text that may consist of several runs (`CT_Rst`): `<t>`, and `<t>` in each `<r>`. Other elements, such as hints
/// for pronunciation (`<rPh>`), are not part of the shown text.
struct RichText {
    enum Place {
        /// The whole text.
        case whole
        case run, text
        /// Content that is not shown.
        case aside
    }

    /// The maximum number of bytes in a text. Excel allows 32,767 units of UTF-16, which take at most a quarter of this
    /// if all are escaped.
    static let longest = 1 << 20

    /// The bytes so far, including escapes.
    private(set) var bytes: [UInt8] = []
    /// Whether the text, or the run, already has its `<t>`.
    private var hasText = (whole: false, run: false)

    /// Prepares for the next text.
    mutating func begin() {
        bytes.removeAll(keepingCapacity: true)
        hasText = (false, false)
    }

    /// Processes the beginning of an element of SpreadsheetML in the text.
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

    /// Processes a piece of text.
    ///
    /// - Returns: whether the length is within the limit.
    mutating func add(_ text: UnsafeBufferPointer<UInt8>, in place: Place) -> Bool {
        if place == .text { bytes.append(contentsOf: text) }
        return bytes.count <= Self.longest
    }
}
