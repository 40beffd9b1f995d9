/// The name that a run has besides its number. A number is given again in every ledger; an id is not.
enum RunID {
    /// Letters and digits that are not taken for one another.
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
