/// A zip archive whose parts are stored as they are (APPNOTE 4.4.5, method 0).
public struct StoredZip: Sendable {
    /// The archive.
    public let bytes: [UInt8]

    /// - Parameter parts: their names, which may be anything, and what is in them.
    public init(_ parts: [(name: String, bytes: [UInt8])]) {
        var bytes: [UInt8] = []
        var directory: [UInt8] = []
        for part in parts {
            let (name, text) = (Array(part.name.utf8), part.bytes)
            let sizes = Self.number(Self.crc32(text), 4) + Self.number(text.count, 4) + Self.number(text.count, 4)
            let head = Self.number(20, 2) + Self.number(0, 8) + sizes + Self.number(name.count, 2) + Self.number(0, 2)
            directory += Self.number(0x0201_4b50, 4) + Self.number(20, 2) + head + Self.number(0, 10)
            directory += Self.number(bytes.count, 4) + name
            bytes += Self.number(0x0403_4b50, 4) + head + name + text
        }
        let end =
            Self.number(0x0605_4b50, 4) + Self.number(0, 4) + Self.number(parts.count, 2)
            + Self.number(parts.count, 2) + Self.number(directory.count, 4) + Self.number(bytes.count, 4)
            + Self.number(0, 2)
        self.bytes = bytes + directory + end
    }

    private static func number(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: $0 < 8 ? value >> ($0 * 8) : 0) }
    }

    private static func crc32(_ bytes: [UInt8]) -> Int {
        var crc: UInt32 = 0xffff_ffff
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xedb8_8320 : crc >> 1 }
        }
        return Int(~crc)
    }
}
