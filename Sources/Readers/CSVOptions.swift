/// The character between two fields: one ASCII character.
public struct Delimiter: Hashable, Sendable, CustomStringConvertible {
    /// The character.
    public let byte: UInt8

    /// `,`
    public static let comma = Delimiter(byte: 0x2c)
    /// `;`, which Excel writes if the comma is the decimal sign.
    public static let semicolon = Delimiter(byte: 0x3b)
    /// The tab character.
    public static let tab = Delimiter(byte: 0x09)
    /// `|`
    public static let pipe = Delimiter(byte: 0x7c)

    /// The auto-detected delimiters, the likeliest first.
    public static let detected: [Delimiter] = [.comma, .semicolon, .tab, .pipe]

    /// Reads the character itself, or its name: `comma`, `semicolon`, `tab`, `\t`, `pipe`.
    ///
    /// nil for anything but one ASCII character, and for characters that are common in fields: letters, digits, the
    /// quote, line ends.
    public init?(_ text: String) {
        if let named = Self.detected.first(where: { $0.description == text.lowercased() }) {
            self = named
        } else if text == "\\t" {
            self = .tab
        } else if let byte = text.utf8.first, text.utf8.count == 1, Self.canSeparate(byte) {
            self.init(byte: byte)
        } else {
            return nil
        }
    }

    init(byte: UInt8) {
        self.byte = byte
    }

    /// Its name, for example `comma`; the character itself if it has no name.
    public var description: String {
        switch self {
        case .comma: "comma"
        case .semicolon: "semicolon"
        case .tab: "tab"
        case .pipe: "pipe"
        default: String(Unicode.Scalar(byte))
        }
    }

    static func canSeparate(_ byte: UInt8) -> Bool {
        let isPunctuation = (0x21...0x7e).contains(byte) && byte != 0x22
        let isLetter = (0x61...0x7a).contains(byte | 0x20)
        let isDigit = (0x30...0x39).contains(byte)
        return byte == 0x09 || (isPunctuation && !isLetter && !isDigit)
    }
}

/// How to read a CSV.
public struct CSVOptions: Sendable {
    /// The delimiter; nil auto-detects it.
    public var delimiter: Delimiter?
    /// The name of the encoding, for example `windows-1252`; nil is UTF-8, or UTF-16 if a byte order mark says so.
    ///
    /// A byte order mark in the file has priority.
    public var encoding: String?
    /// Names of common encodings, for help; there are more.
    public static let encodings = TextEncoding.examples
    /// The maximum length of a field, in bytes of UTF-8; it limits the memory that an unclosed quote takes.
    public var maximumFieldBytes: Int
    /// The size of the read buffer, in bytes; only tests change it.
    var bufferBytes = 1 << 18

    /// Creates options; all have defaults.
    public init(delimiter: Delimiter? = nil, encoding: String? = nil, maximumFieldBytes: Int = 16 << 20) {
        self.delimiter = delimiter
        self.encoding = encoding
        self.maximumFieldBytes = maximumFieldBytes
    }
}
