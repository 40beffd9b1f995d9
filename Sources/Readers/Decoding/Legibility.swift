/// Distinguishes real text from the same bytes in a wrong encoding (`FranГ§oise`, `JÃ¶rg`).
struct Legibility {
    private let scripts: [WritingSystem]
    /// Whether symbols are accepted. In UTF-8 a symbol needs several matching bytes; in other encodings any byte may be
    /// a symbol.
    private let takesSymbols: Bool

    /// For text from valid UTF-8.
    static let utf8 = Legibility(scripts: [.latin, .greek, .cyrillic, .hebrew, .arabic], takesSymbols: true)

    /// For text in one script.
    init(_ script: WritingSystem) {
        self.init(scripts: [script], takesSymbols: false)
    }

    private init(scripts: [WritingSystem], takesSymbols: Bool) {
        self.scripts = scripts
        self.takesSymbols = takesSymbols
    }

    /// Whether all characters beyond ASCII form plausible words.
    func allows(_ text: String) -> Bool {
        var word: [Unicode.Scalar] = []
        var refusesLetter = false
        for scalar in text.unicodeScalars {
            if isLetter(scalar) {
                if refusesLetter { return false }
                word.append(scalar)
                continue
            }
            switch kind(of: scalar) {
            case .accent where !word.isEmpty: continue
            case .joint: refusesLetter = false
            case .edge: refusesLetter = refusesLetter || !word.isEmpty
            case .sign where word.isEmpty: refusesLetter = true
            case .accent, .sign, .foreign: return false
            }
            guard isWord(word) else { return false }
            word.removeAll(keepingCapacity: true)
        }
        return isWord(word)
    }

    /// The possible neighbours of a character that is not a letter.
    private enum Kind {
        /// Between words, and in names between letters.
        case joint
        /// Before or after a word, not between its letters.
        case edge
        /// By itself.
        case sign
        /// Part of the letter before it.
        case accent
        /// Not in lists of people.
        case foreign
    }

    private func kind(of scalar: Unicode.Scalar) -> Kind {
        switch scalar {
        case "\0"..."\u{7f}", "\u{a0}", "’", "\u{3000}", "・", "･": .joint
        case "\u{300}"..."\u{36f}": takesSymbols ? .accent : .foreign
        // Three bytes that form valid UTF-8 are not an accident.
        case "\u{a1}"..."\u{bf}" where takesSymbols, "×" where takesSymbols, "÷" where takesSymbols,
            "\u{800}"..."\u{10ffff}" where takesSymbols:
            .joint
        case "«", "»", "–", "—", "‘", "“", "”", "„", "…", "ª", "º": .edge
        case "€", "£", "©", "®", "™", "§", "°", "•", "№": .sign
        default: .foreign
        }
    }

    private func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII ? WritingSystem.latin.contains(scalar) : scripts.contains { $0.contains(scalar) }
    }

    private func isWord(_ word: [Unicode.Scalar]) -> Bool {
        if word.allSatisfy(\.isASCII) { return true }
        guard scripts.contains(where: { word.allSatisfy($0.contains) }) else { return false }
        guard !Self.hasBrokenCase(word), !Self.hasStraySharpS(word) else { return false }
        // A Latin word also has plain letters: `Żółkiewski`, not `Èâàíîâ`.
        return takesSymbols || scripts.contains { $0 != .latin } || Self.longestAccented(in: word) < 4
    }

    /// A capital beyond ASCII inside a word that is not in capitals: `FranÁoise`, `MŸller`.
    private static func hasBrokenCase(_ word: [Unicode.Scalar]) -> Bool {
        word.indices.dropFirst().contains { index in
            let (before, letter) = (word[index - 1], word[index])
            guard letter.properties.isUppercase else { return false }
            // `GROßMANN` is allowed, because ß has no common capital form, and so is `McDonald`, in ASCII.
            if before.properties.isLowercase { return before != "ß" && !(before.isASCII && letter.isASCII) }
            return !letter.isASCII && index + 1 < word.count && word[index + 1].properties.isLowercase
        }
    }

    /// In German, ß follows only vowels: not `Sßnchez`.
    private static func hasStraySharpS(_ word: [Unicode.Scalar]) -> Bool {
        zip(word, word.dropFirst()).contains { before, letter in
            letter == "ß" && !"aeiouyäöüAEIOUYÄÖÜ".unicodeScalars.contains(before)
        }
    }

    private static func longestAccented(in word: [Unicode.Scalar]) -> Int {
        word.split(whereSeparator: \.isASCII).map(\.count).max() ?? 0
    }
}
