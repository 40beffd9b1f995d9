/// Finds unpaired surrogates in a document in UTF-16, which expat accepts as text.
struct SurrogateCheck {
    private enum Form {
        case unknown, other, bigEndian, littleEndian
    }

    private var form = Form.unknown
    /// The first byte of a unit whose second byte is not read yet.
    private var held: UInt8?
    /// Whether the last unit was the first half of a pair.
    private var isOpen = false

    /// Checks the next bytes; a document in UTF-8 needs no check.
    ///
    /// - Returns: the number of bytes before the first unpaired surrogate; all, if there is none.
    mutating func valid(_ bytes: UnsafeRawBufferPointer) -> Int {
        if form == .other { return bytes.count }
        for (place, byte) in bytes.enumerated() {
            guard let first = held else {
                held = byte
                continue
            }
            held = nil
            if form == .unknown { form = Self.form(first, byte) }
            if form == .other { return bytes.count }
            let unit = form == .bigEndian ? UInt16(first) << 8 | UInt16(byte) : UInt16(byte) << 8 | UInt16(first)
            guard isOpen == (0xdc00...0xdfff).contains(unit) else { return max(0, place - 1) }
            isOpen = (0xd800...0xdbff).contains(unit)
        }
        return bytes.count
    }

    /// A document begins with a byte order mark or with `<`.
    private static func form(_ first: UInt8, _ second: UInt8) -> Form {
        switch (first, second) {
        case (0xfe, 0xff), (0x00, 0x3c): .bigEndian
        case (0xff, 0xfe), (0x3c, 0x00): .littleEndian
        default: .other
        }
    }
}
