extension ForeignFormat {
    /// The first bytes of other formats that users pass by mistake (from the database of libmagic).
    private static let signatures: [(bytes: [UInt8], format: ForeignFormat)] = [
        ([0xd0, 0xcf, 0x11, 0xe0], .oldWorkbook),
        (Array("%PDF-".utf8), .pdf),
        (Array("{\\rtf".utf8), .richText),
        ([0x89, 0x50, 0x4e, 0x47], .image("PNG")),
        ([0xff, 0xd8, 0xff], .image("JPEG")),
        ([0x1f, 0x8b], .packed(by: "gzip")),
        ([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], .packed(by: "xz")),
        ([0x28, 0xb5, 0x2f, 0xfd], .packed(by: "zstd")),
        ([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], .packed(by: "7-Zip")),
        (Array("Rar!".utf8) + [0x1a, 0x07], .packed(by: "RAR")),
    ]

    /// The beginning of an entry in a zip archive (APPNOTE 4.3.7).
    private static let zipEntry: [UInt8] = [0x50, 0x4b, 0x03, 0x04]

    /// The binary format of a file with this beginning; nil if it may be text.
    init?(bytes: [UInt8]) {
        if bytes.starts(with: Self.zipEntry) {
            self = Self.archive(Array(bytes.prefix(Self.window)))
        } else if let known = Self.signatures.first(where: { bytes.starts(with: $0.bytes) }) {
            self = known.format
        } else if bytes.starts(with: "BZh".utf8), bytes.dropFirst(4).starts(with: [0x31, 0x41, 0x59, 0x26, 0x53, 0x59])
        {
            self = .packed(by: "bzip2")
        } else {
            return nil
        }
    }

    /// The format of a zip archive, by the names of its first entries.
    private static func archive(_ bytes: [UInt8]) -> ForeignFormat {
        let entries = bytes.indices.filter { bytes[$0...].starts(with: zipEntry) }
        let names = entries.compactMap { name(at: $0, in: bytes) }
        let has = { (beginning: String) in names.contains { $0.hasPrefix(beginning) } }
        if names.first == "mimetype" {
            let kind = { (type: String) in contains(type, in: bytes.prefix(256)) }
            if kind("vnd.oasis.opendocument.spreadsheet") { return .openDocumentSpreadsheet }
            if kind("vnd.oasis.opendocument.") { return .otherDocument }
        }
        if has("Index/") || names.contains(where: { $0.hasSuffix(".iwa") }) { return .numbersSpreadsheet }
        if has("word/") || has("ppt/") { return .otherDocument }
        // Some programs write the last two first (ECMA-376 part 2 does not define an order).
        if has("xl/") || has("[Content_Types].xml") || has("_rels/") || has("docProps/") { return .workbook }
        return .zipArchive
    }

    /// The name of the entry that begins at the position (APPNOTE 4.3.7: its length is at 26, the name at 30).
    private static func name(at position: Int, in bytes: [UInt8]) -> String? {
        guard position + 30 <= bytes.count else { return nil }
        let length = Int(bytes[position + 26]) | Int(bytes[position + 27]) << 8
        return String(decoding: bytes[(position + 30)...].prefix(length), as: UTF8.self)
    }

    private static func contains(_ text: String, in bytes: ArraySlice<UInt8>) -> Bool {
        bytes.indices.contains { bytes[$0...].starts(with: text.utf8) }
    }
}
