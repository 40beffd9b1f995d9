/// Writing systems whose letters can be mistaken for each other (Unicode Standard Annex 24, by blocks).
enum Script {
    case latin, greek, cyrillic, armenian, hebrew, arabic, indic, thai, georgian, eastAsian, other

    /// Whether all letters of a word are of one script. Chinese, Japanese and Korean count as one, because texts mix
    /// them.
    static func isOne(_ word: some Sequence<Unicode.Scalar>) -> Bool {
        var found: Script?
        for scalar in word {
            let script = Script(of: scalar)
            guard found == nil || found == script else { return false }
            found = script
        }
        return true
    }

    /// Whether all letters of a word of another script look like Latin ones (Unicode Technical Standard 39).
    static func looksLatin(_ word: some Sequence<Unicode.Scalar>) -> Bool {
        let lookalikes: Set<Unicode.Scalar> = [
            "а", "с", "е", "о", "р", "х", "у", "і", "ј", "ѕ", "һ", "ԁ", "ԛ", "ԝ", "ӏ", "ѵ", "ο", "ν", "α", "ι", "ρ",
            "υ",
        ]
        return word.allSatisfy { lookalikes.contains($0) }
    }

    private init(of scalar: Unicode.Scalar) {
        switch scalar.value {
        case ..<0x0250, 0x1e00...0x1eff, 0x2c60...0x2c7f, 0xa720...0xa7ff, 0xab30...0xab6f: self = .latin
        case 0x0370...0x03ff, 0x1f00...0x1fff: self = .greek
        case 0x0400...0x052f, 0x1c80...0x1c8f, 0x2de0...0x2dff, 0xa640...0xa69f: self = .cyrillic
        case 0x0530...0x058f: self = .armenian
        case 0x0590...0x05ff: self = .hebrew
        case 0x0600...0x06ff, 0x0750...0x077f, 0x08a0...0x08ff: self = .arabic
        case 0x0900...0x0dff: self = .indic
        case 0x0e00...0x0e7f: self = .thai
        case 0x10a0...0x10ff, 0x1c90...0x1cbf, 0x2d00...0x2d2f: self = .georgian
        case 0x1100...0x11ff, 0x2e80...0x9fff, 0xac00...0xd7af, 0xf900...0xfaff, 0x20000...0x3ffff: self = .eastAsian
        default: self = .other
        }
    }
}
