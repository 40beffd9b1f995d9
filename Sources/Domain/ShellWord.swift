/// Quotes text as one word of a shell, for commands that users paste; no dependency has such a function.
public enum ShellWord {
    /// The text unchanged if no character is special to a shell; otherwise in quotes.
    public static func quoted(_ text: String) -> String {
        let isPlain =
            !text.isEmpty
            && text.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
                    || "-_./@:%+=,~".utf8.contains(byte)
            }
        if isPlain { return text }
        // A terminal would interpret control characters that are pasted.
        guard text.unicodeScalars.contains(where: { $0.value < 0x20 || (0x7f..<0xa0).contains($0.value) }) else {
            return "'" + text.replacing("'", with: #"'\''"#) + "'"
        }
        let bytes = text.utf8.map { byte in
            switch byte {
            case 0x20...0x7e where byte != UInt8(ascii: "'") && byte != UInt8(ascii: "\\"): String(UnicodeScalar(byte))
            default: "\\x" + Hexadecimal.text(byte, digits: 2)
            }
        }
        return "$'" + bytes.joined() + "'"
    }

    /// A path as an argument: with `./` before a path that begins with `-`, which would be read as an option.
    public static func path(_ path: String) -> String { quoted(path.hasPrefix("-") ? "./" + path : path) }
}
