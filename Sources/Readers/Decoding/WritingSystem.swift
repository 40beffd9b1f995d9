/// The writing system of a word.
enum WritingSystem {
    case latin, greek, cyrillic, hebrew, arabic, han, japanese, hangul

    /// Whether a character is one of its letters (ranges from the blocks of Unicode, without other characters).
    func contains(_ scalar: Unicode.Scalar) -> Bool {
        switch (self, scalar.value) {
        case (.latin, 0xd7), (.latin, 0xf7): false
        case (.latin, 0x41...0x5a), (.latin, 0x61...0x7a), (.latin, 0xc0...0x24f), (.latin, 0x1e00...0x1eff): true
        case (.greek, 0x386), (.greek, 0x388...0x3ff): true
        case (.cyrillic, 0x400...0x481), (.cyrillic, 0x48a...0x52f): true
        case (.hebrew, 0x5d0...0x5ea): true
        case (.arabic, 0x621...0x64a), (.arabic, 0x66e...0x6d3): true
        case (.japanese, 0x3041...0x3096), (.japanese, 0x30a1...0x30fa), (.japanese, 0x30fc): true
        // Half-width kana, in which older programs write the pronunciation of a name.
        case (.japanese, 0xff66...0xff9f): true
        case (.han, 0x3005...0x3006), (.han, 0x3400...0x9fff), (.han, 0xf900...0xfaff), (.han, 0x20000...0x323af): true
        case (.japanese, _): WritingSystem.han.contains(scalar)
        case (.hangul, 0xac00...0xd7a3): true
        default: false
        }
    }
}
