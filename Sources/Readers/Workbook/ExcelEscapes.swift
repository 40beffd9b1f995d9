/// `_x0041_` in a cell's text (ECMA-376 part 1, 22.9.2.19, `ST_Xstring`).
enum ExcelEscapes {
    /// The text without escapes. Each escape is a unit of UTF-16; an escape that is not a valid character is kept.
    ///
    /// - Parameter text: UTF-8.
    static func removed(from text: [UInt8]) -> String {
        var place = text.firstIndex(of: 0x5f) ?? text.count
        guard place < text.count else { return String(decoding: text, as: UTF8.self) }
        var plain = Array(text[..<place])
        while place < text.count {
            var units = [unit(text, at: place)].compactMap(\.self)
            if let first = units.first, UTF16.isLeadSurrogate(first), let second = unit(text, at: place + 7) {
                units.append(second)
            }
            if let scalar = scalar(units) {
                plain += Array(String(scalar).utf8)
                place += 7 * units.count
            } else {
                plain.append(text[place])
                place += 1
            }
        }
        return String(decoding: plain, as: UTF8.self)
    }

    /// The unit whose escape begins at a place; nil if none does.
    private static func unit(_ text: [UInt8], at place: Int) -> UInt16? {
        guard place + 7 <= text.count, text[place] == 0x5f, text[place + 1] == 0x78, text[place + 6] == 0x5f
        else { return nil }
        // The conversion below would accept a sign.
        guard text[place + 2] != 0x2b, text[place + 2] != 0x2d else { return nil }
        return UInt16(String(decoding: text[(place + 2)..<(place + 6)], as: UTF8.self), radix: 16)
    }

    private static func scalar(_ units: [UInt16]) -> Unicode.Scalar? {
        switch units.count {
        case 1: Unicode.Scalar(UInt32(units[0]))
        case 2 where UTF16.isLeadSurrogate(units[0]) && UTF16.isTrailSurrogate(units[1]):
            Unicode.Scalar(0x10000 + (UInt32(units[0]) & 0x3ff) << 10 + UInt32(units[1]) & 0x3ff)
        default: nil
        }
    }
}
