/// Finds out what stands between fields, from the beginning of a file.
enum DelimiterGuess {
    /// How much of the file is looked at, in bytes; more would seldom say more.
    static let window = 16 << 10
    private static let records = 10

    /// The delimiter of the first records.
    ///
    /// Among those that the first record has outside quotes, the one that the next records have as often; then the
    /// more frequent; then the likelier. A comma where none is found: a file of one column.
    static func delimiter(of text: ArraySlice<UInt8>) -> Delimiter {
        let counts = counts(text.prefix(window))
        guard let first = counts.first else { return .comma }
        var best = (delimiter: Delimiter.comma, agreement: 0, count: 0)
        for (index, delimiter) in Delimiter.detected.enumerated() where first[index] > 0 {
            let agreement = counts.count { $0[index] == first[index] }
            if (agreement, first[index]) > (best.agreement, best.count) {
                best = (delimiter, agreement, first[index])
            }
        }
        return best.delimiter
    }

    /// How often each of the delimiters stands outside quotes, for each record that is not blank.
    private static func counts(_ text: ArraySlice<UInt8>) -> [[Int]] {
        let none = Delimiter.detected.map { _ in 0 }
        var counts: [[Int]] = []
        var current = none
        var isBlank = true
        var isQuoted = false
        var mayOpen = true
        for byte in text {
            if byte == 0x22, isQuoted || mayOpen {
                // A doubled quote closes and opens again, which comes to the same.
                isQuoted.toggle()
                isBlank = false
                mayOpen = true
                continue
            }
            if isQuoted { continue }
            mayOpen = true
            if byte == 0x0a || byte == 0x0d {
                if !isBlank { counts.append(current) }
                if counts.count == records { return counts }
                (current, isBlank) = (none, true)
            } else if let index = Delimiter.detected.firstIndex(where: { $0.byte == byte }) {
                current[index] += 1
            } else {
                isBlank = false
                mayOpen = false
            }
        }
        // The last record may be cut off; it counts only where it is all there is.
        if counts.isEmpty { counts.append(current) }
        return counts
    }

    /// The delimiter that Excel's own first line names, `sep=;`, and the length of that line without its end.
    static func declared(in text: ArraySlice<UInt8>) -> (delimiter: Delimiter, length: Int)? {
        var beginning = text.prefix(8)
        let isQuoted = beginning.first == 0x22
        if isQuoted { beginning = beginning.dropFirst() }
        guard String(decoding: beginning.prefix(4), as: UTF8.self).lowercased() == "sep=" else { return nil }
        beginning = beginning.dropFirst(4)
        guard let byte = beginning.popFirst(), Delimiter.canSeparate(byte) else { return nil }
        if isQuoted, beginning.popFirst() != 0x22 { return nil }
        guard beginning.first.map({ $0 == 0x0a || $0 == 0x0d }) ?? true else { return nil }
        return (Delimiter(byte: byte), isQuoted ? 7 : 5)
    }
}
