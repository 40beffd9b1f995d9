import Foundation

/// Dates with the name of a month: `26 Feb 2026`, `February 26, 2026`, `31-Dec-30`, `31 décembre 2030`.
enum MonthName {
    /// The first letters of the names in English, German, French, Spanish, Italian, Portuguese, Dutch, Swedish, Polish
    /// and Czech, if no other month in these languages begins with them.
    private static let beginnings: [[String]] = [
        ["jan", "jän", "ene", "gen", "sty", "led"], ["feb", "fev", "fév", "lut", "úno"],
        ["mar", "mär", "mrz", "mrt", "maa", "bře"], ["apr", "avr", "abr", "kwi", "dub"],
        ["may", "mai", "mag", "mei", "maj", "květ"], ["jun", "juin", "giu", "czerw", "červn"],
        ["jul", "juil", "lug", "lip", "července"], ["aug", "aoû", "aou", "ago", "sie", "srp"],
        ["sep", "set", "wrz", "zář"], ["oct", "okt", "ott", "out", "paź", "říj"], ["nov", "lis"],
        ["dec", "dez", "déc", "dic", "gru", "pro"],
    ]

    private static func month(_ word: Substring) -> Int? {
        let name = word.lowercased().precomposedStringWithCanonicalMapping
        guard name.count >= 3, name.first?.isLetter == true else { return nil }
        var best: (length: Int, month: Int)?
        for (place, names) in beginnings.enumerated() {
            for beginning in names where name.hasPrefix(beginning) && beginning.count > (best?.length ?? 0) {
                best = (beginning.count, place + 1)
            }
        }
        return best?.month
    }

    /// Days since 1970-01-01; nil for a text that does not begin with a day, a month name and a year.
    static func day(in text: Substring) -> Int? {
        let words = text.split { !$0.isLetter && !$0.isNumber }.filter { !["de", "of"].contains($0.lowercased()) }
        guard words.count >= 3, words[2].count == 4 || words[2].count == 2, var year = Int(words[2]) else { return nil }
        // A two-digit year must be the last word, as Excel writes dates; elsewhere it may be an hour.
        if words[2].count == 2 {
            guard words.count == 3 else { return nil }
            year += 2000
        }
        for (name, day) in [(words[0], words[1]), (words[1], words[0])] {
            if let day = Int(day), let month = month(name) { return WrittenDate.number(year, month, day) }
        }
        return nil
    }
}
