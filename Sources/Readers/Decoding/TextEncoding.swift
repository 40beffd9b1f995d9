/// A character encoding.
struct TextEncoding: Equatable {
    /// The name in messages, for example `windows-1252`.
    let name: String
    /// The name in glibc's iconv.
    let iconvName: String

    static let utf8 = TextEncoding(name: "UTF-8", iconvName: "UTF-8")
    static let utf16LittleEndian = TextEncoding(name: "UTF-16LE", iconvName: "UTF-16LE")
    static let utf16BigEndian = TextEncoding(name: "UTF-16BE", iconvName: "UTF-16BE")
    static let utf32LittleEndian = TextEncoding(name: "UTF-32LE", iconvName: "UTF-32LE")
    static let utf32BigEndian = TextEncoding(name: "UTF-32BE", iconvName: "UTF-32BE")

    /// Examples for messages and help.
    static let examples = [
        "utf-8", "utf-16le", "utf-16be", "windows-1252", "iso-8859-1", "iso-8859-15", "macintosh", "shift_jis",
        "gb18030",
    ]

    /// Common names that iconv does not know or understands differently; without punctuation.
    private static let aliases: [String: TextEncoding] = {
        var aliases: [String: TextEncoding] = [:]
        for name in ["utf8", "utf8sig", "utf8bom"] { aliases[name] = .utf8 }
        // Without a byte order mark and without a byte order in the name, the order that Windows writes is the best
        // guess.
        for name in ["utf16", "utf16le", "unicode", "ucs2"] { aliases[name] = .utf16LittleEndian }
        aliases["utf16be"] = .utf16BigEndian
        let others: [(name: String, iconv: String, aliases: [String])] = [
            ("windows-1252", "CP1252", ["windows1252", "win1252", "cp1252", "1252", "ansi", "windowslatin1"]),
            ("windows-1250", "CP1250", ["windows1250", "win1250", "cp1250", "1250"]),
            ("windows-1251", "CP1251", ["windows1251", "win1251", "cp1251", "1251"]),
            ("iso-8859-1", "ISO-8859-1", ["iso88591", "latin1", "isolatin1"]),
            ("iso-8859-15", "ISO-8859-15", ["iso885915", "latin9"]),
            ("macintosh", "MACINTOSH", ["macintosh", "macroman", "mac", "xmacroman"]),
            ("shift_jis", "SHIFT_JIS", ["shiftjis", "sjis"]),
        ]
        for other in others {
            for alias in other.aliases { aliases[alias] = TextEncoding(name: other.name, iconvName: other.iconv) }
        }
        return aliases
    }()

    init(name: String, iconvName: String) {
        self.name = name
        self.iconvName = iconvName
    }

    /// The encoding with the given name; iconv checks it when it is opened.
    ///
    /// nil for a text that cannot be a name: iconv accepts commands after a `/` (`//IGNORE` drops what it cannot read).
    init?(named name: String) {
        let isName = { (byte: UInt8) in
            (0x61...0x7a).contains(byte | 0x20) || (0x30...0x39).contains(byte) || "-_.:+() ".utf8.contains(byte)
        }
        guard !name.isEmpty, name.utf8.count <= 40, name.utf8.allSatisfy(isName) else { return nil }
        let key = name.lowercased().filter { $0.isLetter || $0.isNumber }
        self = Self.aliases[key] ?? TextEncoding(name: name.lowercased(), iconvName: name.uppercased())
    }

    /// The encoding indicated by a byte order mark at the beginning, and the length of the mark.
    static func marked(by bytes: [UInt8]) -> (encoding: TextEncoding, length: Int)? {
        // The mark of UTF-32LE begins with that of UTF-16LE; in UTF-16 it would be followed by a NUL, which text does
        // not have.
        let marks: [([UInt8], TextEncoding)] = [
            ([0xef, 0xbb, 0xbf], .utf8), ([0xff, 0xfe, 0, 0], .utf32LittleEndian),
            ([0, 0, 0xfe, 0xff], .utf32BigEndian),
            ([0xff, 0xfe], .utf16LittleEndian), ([0xfe, 0xff], .utf16BigEndian),
        ]
        return marks.first { bytes.starts(with: $0.0) }.map { ($0.1, $0.0.count) }
    }
}
