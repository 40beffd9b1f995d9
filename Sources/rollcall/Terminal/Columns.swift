import CColumns

/// How wide text is on a terminal: a letter takes one column, an ideograph two, an accent that joins a letter none.
enum Columns {
    /// How many columns a text takes.
    static func count(_ text: String) -> Int { text.reduce(0) { $0 + width(of: $1) } }

    /// As much of a text as fits, in whole characters.
    static func fit(_ text: String, into columns: Int) -> String {
        var left = columns
        return String(
            text.prefix { character in
                left -= width(of: character)
                return left >= 0
            })
    }

    /// A sequence that a terminal might draw in fewer columns counts as the sum: too short is harmless.
    private static func width(of character: Character) -> Int {
        character.unicodeScalars.reduce(0) { $0 + Int(columns_of($1.value)) }
    }
}
