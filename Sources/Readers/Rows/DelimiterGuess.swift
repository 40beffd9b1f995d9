/// Detects the delimiter from the beginning of a file.
enum DelimiterGuess {
    /// The number of bytes that are examined; more would rarely change the result.
    static let window = 16 << 10
    private static let enough = 30

    /// How often each delimiter occurs in a record, outside quotes.
    private struct Record {
        /// Without a space after it: typical for a delimiter, but not for a comma in a text.
        var tight = Delimiter.detected.map { _ in 0 }
        var all = Delimiter.detected.map { _ in 0 }
    }

    /// The delimiter of the first records.
    ///
    /// The candidates are ranked by the number of records with the delimiter, because titles above the table may
    /// contain others; then by the number of records with the same count; then by presence in the first record; then by
    /// frequency; then by likelihood. Delimiters with a space after them count only if there are no others. The result
    /// for a file with one column is a comma.
    ///
    /// - Parameter isWhole: whether the text is the whole file.
    static func delimiter(of text: ArraySlice<UInt8>, isWhole: Bool) -> Delimiter {
        let records = records(of: text.prefix(window), isWhole: isWhole && text.count <= window)
        return best(of: records.map(\.tight)) ?? best(of: records.map(\.all)) ?? .comma
    }

    private static func best(of counts: [[Int]]) -> Delimiter? {
        var best: (delimiter: Delimiter, rank: (presence: Int, agreement: Int, isFirst: Int, count: Int))?
        for (index, delimiter) in Delimiter.detected.enumerated() {
            let found = counts.map { $0[index] }.filter { $0 > 0 }
            let agreements = Dictionary(found.map { ($0, 1) }, uniquingKeysWith: +)
            guard let (count, agreement) = agreements.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }) else {
                continue
            }
            let rank = (found.count, agreement, counts[0][index] > 0 ? 1 : 0, count)
            if rank > best?.rank ?? (0, 0, 0, 0) { best = (delimiter, rank) }
        }
        return best?.delimiter
    }

    /// The records that are not blank.
    private static func records(of text: ArraySlice<UInt8>, isWhole: Bool) -> [Record] {
        var records: [Record] = []
        var current = Record()
        var isBlank = true
        var isQuoted = false
        var mayOpen = true
        for (position, byte) in zip(text.indices, text) {
            if byte == 0x22, isQuoted || mayOpen {
                // A doubled quote closes and reopens the field, which has the same effect.
                isQuoted.toggle()
                isBlank = false
                mayOpen = true
            } else if isQuoted || byte == 0x20 {
                continue
            } else if byte == 0x0a || byte == 0x0d {
                if !isBlank { records.append(current) }
                if records.count == enough { return records }
                (current, isBlank, mayOpen) = (Record(), true, true)
            } else if let index = Delimiter.detected.firstIndex(where: { $0.byte == byte }) {
                let next = position + 1
                if next == text.endIndex || text[next] != 0x20 { current.tight[index] += 1 }
                current.all[index] += 1
                mayOpen = true
            } else {
                (isBlank, mayOpen) = (false, false)
            }
        }
        // An incomplete last record counts only if there is no other.
        if !isBlank, isWhole || records.isEmpty { records.append(current) }
        return records
    }

    /// The delimiter in Excel's first line, `sep=;`, and the length of that line without its end.
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
