/// Single letters and digits that mean yes and no, if a column contains nothing else.
///
/// `T` with `F` is *true*; with `A` and `L` it is *terminated*.
enum TruthCodes {
    private static let pairs: [(yes: String, no: String)] = [
        ("1", "0"), ("t", "f"), ("y", "n"), ("j", "n"), ("s", "n"), ("o", "n"), ("t", "n"), ("a", "n"), ("v", "f"),
        ("w", "f"), ("k", "e"), ("e", "h"), ("д", "н"), ("т", "н"), ("x", ""),
    ]

    /// Whether a value, in the form of ``ListText/key(_:)``, is a code rather than a word.
    static func isCode(_ key: String) -> Bool {
        !key.isEmpty && (key.allSatisfy(\.isNumber) || (key.count == 1 && key.allSatisfy(\.isLetter)))
            // In these scripts, one character is a word.
            && !key.unicodeScalars.contains { $0.value >= 0x1100 }
    }

    /// The meanings of the codes of a column; empty if they do not belong together.
    ///
    /// - Parameter isYesOrNo: whether the header is for yes or no, so that one of the two codes is enough.
    static func kinds(of codes: Set<String>, isYesOrNo: Bool) -> [String: RowState.Kind] {
        if let pair = pairs.first(where: { codes == [$0.yes, $0.no] }) { return [pair.yes: .in, pair.no: .out] }
        guard isYesOrNo, codes.count == 1, let code = codes.first else { return [:] }
        let (yes, no) = (pairs.contains { $0.yes == code }, pairs.contains { $0.no == code })
        return yes == no ? [:] : [code: yes ? .in : .out]
    }
}
