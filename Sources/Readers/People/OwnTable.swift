/// Tables that this program writes, known by their headers.
enum OwnTable {
    /// The headers without what a workbook's titles and a CSV's keys differ in.
    private static func names(_ headers: [String]) -> Set<String> {
        Set(headers.map { $0.lowercased().filter(\.isLetter) })
    }

    /// Throws for what another command reads.
    static func refuse(_ headers: [String], _ sample: ListSample) throws(ListError) {
        let names = names(headers)
        if names.isSuperset(of: ["rowkey", "decision"]) { throw .ownReview }
        if names.isSuperset(of: ["line", "operation", "outcome", "attempts"]) {
            throw .ownResults(
                OwnResults { name in headers.firstIndex { $0.lowercased() == name }.flatMap(sample.first) })
        }
    }

    /// Whether it is a list that this program has written to be read again; its columns say nothing about who is meant.
    static func isAccepted(_ headers: [String]) -> Bool {
        let names = names(headers)
        return names.isSuperset(of: ["pendingsince", "expiredsince"]) || names.isSuperset(of: ["uid", "changedto"])
    }

    /// Refuses a list whose headers are one cell, because each line is in quotes or the delimiter is another one.
    ///
    /// - Parameter delimiter: what stands between two fields.
    static func refuseOneCell(_ cell: String, line: Int, delimiter: Delimiter?) throws(ListError) {
        guard let delimiter else { return }
        let candidates = [delimiter] + Delimiter.detected.filter { $0 != delimiter }
        let found = candidates.first { candidate in
            let parts = cell.utf8.split(separator: candidate.byte, omittingEmptySubsequences: false)
            return parts.count > 1 && parts.contains { HeaderWords(String(Substring($0))).isAddress }
        }
        guard let found else { return }
        // The delimiter itself is part of a cell only in quotes.
        if found == delimiter { throw .quotedLines(line: line) }
        throw .otherDelimiter(line: line, found)
    }
}
