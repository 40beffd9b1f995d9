/// What all formats append to the bytes of a row.
extension [UInt8] {
    /// Appends text as it is, in UTF-8.
    mutating func append(utf8 text: String) {
        var text = text
        text.withUTF8 { append(contentsOf: $0) }
    }

    /// Appends the decimal digits of a number.
    mutating func append(decimal number: Int) {
        guard number < 0 || number > 9 else { return append(0x30 + UInt8(number)) }
        append(utf8: String(number))
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Whether any byte is one of those that a format does not write as they are.
    ///
    /// Looks at all of them without a way out in between: that is several bytes at a time, and nearly every text has
    /// none.
    @inline(__always)
    func hasAny(_ isSpecial: (UInt8) -> Bool) -> Bool {
        var found: UInt8 = 0
        for byte in self { found |= isSpecial(byte) ? 1 : 0 }
        return found != 0
    }
}
