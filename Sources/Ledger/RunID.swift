/// The id of a run. Run numbers start at 1 in every ledger; ids differ between ledgers.
enum RunID {
    /// Letters and digits that are not easily confused.
    private static let alphabet = Array("abcdefghjkmnpqrstuvwxyz23456789")

    /// Six letters and digits, a letter first.
    static func make() -> String {
        var random = SystemRandomNumberGenerator()
        let letters = alphabet.prefix(23)
        return String(
            (0..<6).compactMap {
                $0 == 0 ? letters.randomElement(using: &random) : alphabet.randomElement(using: &random)
            })
    }
}
