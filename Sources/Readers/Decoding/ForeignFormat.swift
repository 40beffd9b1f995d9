/// Recognises a file that is no CSV by its first bytes, so that the error says what it is.
enum ForeignFormat {
    /// The first bytes of files that end up where a CSV was meant (libmagic's database has them all).
    private static let signatures: [(bytes: [UInt8], what: String, advice: String)] = [
        ([0x50, 0x4b, 0x03, 0x04], "an Excel workbook (.xlsx) or another zip archive", "save it as CSV first"),
        // Excel puts a workbook with a password into the old format's container.
        (
            [0xd0, 0xcf, 0x11, 0xe0], "an old Excel workbook (.xls), or one with a password",
            "save it without a password as CSV first"
        ),
        (Array("%PDF-".utf8), "a PDF document", "export the table as CSV first"),
        ([0x1f, 0x8b], "a gzip archive", "unpack it first"),
        ([0x89, 0x50, 0x4e, 0x47], "a PNG image", "export the table as CSV first"),
    ]

    /// Throws if the beginning of a file belongs to something that is no text at all.
    static func refuse(_ beginning: [UInt8]) throws(CSVError) {
        for signature in signatures where beginning.starts(with: signature.bytes) {
            throw .looksLike(signature.what, advice: signature.advice)
        }
    }

    /// Throws if text that claims to be UTF-8 is evidently UTF-16 without its mark, or no text.
    ///
    /// A NUL here and there is left to the reader, which can name its line.
    static func refuseUnmarked(_ beginning: [UInt8]) throws(CSVError) {
        let sample = beginning.prefix(1024)
        var even = 0
        var odd = 0
        for (index, byte) in sample.enumerated() where byte == 0 {
            if index.isMultiple(of: 2) { even += 1 } else { odd += 1 }
        }
        guard even + odd >= 2, (even + odd) * 10 >= sample.count else { return }
        // Latin letters in UTF-16 have a NUL in every other byte, and always the same one.
        if odd > 8 * even {
            throw .looksLike("UTF-16 without a byte order mark", advice: "give --encoding utf-16le")
        }
        if even > 8 * odd {
            throw .looksLike("UTF-16 without a byte order mark", advice: "give --encoding utf-16be")
        }
        throw .looksLike("binary data, not text", advice: "export the table as CSV first")
    }
}
