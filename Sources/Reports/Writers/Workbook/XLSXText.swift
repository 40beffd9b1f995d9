/// Text as a workbook can hold it.
enum XLSXText {
    /// The most UTF-16 units in a cell (Excel's specifications and limits).
    static let limit = 32_767

    /// Escaped as OOXML wants it (ECMA-376 part 1, 22.9.2.19, `ST_Xstring`), so that it reads back as it was: control
    /// characters as `_x0001_`, and text that looks like such an escape with its own underscore escaped. What is too
    /// long for a cell is cut, with a mark that says so.
    static func cell(_ text: String) -> String {
        let short = cut(text)
        guard short.utf8.contains(where: { $0 < 0x20 || $0 == 0x5f || $0 == 0xef }) else { return short }
        var escaped = ""
        escaped.reserveCapacity(short.utf8.count + 16)
        let scalars = Array(short.unicodeScalars)
        for (place, scalar) in scalars.enumerated() {
            switch scalar {
            case "\t", "\n": escaped.unicodeScalars.append(scalar)
            // XML has no such characters, escaped or not.
            case "\u{fffe}", "\u{ffff}": escaped += "\u{fffd}"
            case "_" where looksLikeEscape(scalars[place...]): escaped += "_x005F_"
            case _ where scalar.value < 0x20: escaped += code(scalar)
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    private static func cut(_ text: String) -> String {
        // Never more UTF-16 units than bytes, so most texts need no second look.
        guard text.utf8.count > limit, text.utf16.count > limit else { return text }
        let mark = " … [cut: \(text.count) characters; the JSON report has all of them]"
        var kept = ""
        var units = mark.utf16.count
        for character in text {
            units += character.utf16.count
            guard units <= limit else { break }
            kept.append(character)
        }
        return kept + mark
    }

    /// `_x`, four hexadecimal digits, `_`.
    private static func looksLikeEscape(_ scalars: ArraySlice<Unicode.Scalar>) -> Bool {
        let head = Array(scalars.prefix(7))
        return head.count == 7 && head[1] == "x" && head[6] == "_"
            && head[2...5].allSatisfy(\.properties.isASCIIHexDigit)
    }

    private static func code(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "_x" + String(repeating: "0", count: 4 - digits.count) + digits + "_"
    }
}

/// Names that a workbook puts rules on.
enum SheetName {
    /// The most characters in a sheet's name.
    static let limit = 31

    /// The name of one of several sheets that hold one table: `Active users`, `Active users 2`.
    static func part(_ number: Int, of title: String) -> String {
        guard number > 1 else { return String(title.prefix(limit)) }
        let suffix = " \(number)"
        return title.prefix(limit - suffix.count) + suffix
    }

    /// As a formula names it: in quotes, quotes in it doubled.
    static func inFormula(_ name: String) -> String {
        "'" + name.replacing("'", with: "''") + "'"
    }

    /// The letters of a column, counted from 0: `A`, `Z`, `AA`.
    static func column(_ index: Int) -> String {
        let last = String(UnicodeScalar(UInt8(65 + index % 26)))
        return index < 26 ? last : column(index / 26 - 1) + last
    }
}
