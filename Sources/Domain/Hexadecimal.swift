/// Hexadecimal digits.
public enum Hexadecimal {
    /// The digit of a number below 16, in lower case, as a byte of ASCII.
    @inlinable public static func digit(_ number: UInt8) -> UInt8 { number < 10 ? 0x30 + number : 0x57 + number }

    /// A number, 0 or more, padded with zeros: `00e9`.
    ///
    /// Foundation's `String(format: "%04x", …)` does the same and takes eight times as long.
    ///
    /// - Parameter digits: the minimum number of digits.
    public static func text(_ number: some BinaryInteger, digits: Int, uppercase: Bool = false) -> String {
        let text = String(number, radix: 16, uppercase: uppercase)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}
