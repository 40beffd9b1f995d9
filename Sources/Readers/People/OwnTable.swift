/// Tables that this program writes, recognized by their headers.
enum OwnTable {
    /// The headers without the differences between the titles of a workbook and the names in a CSV.
    private static func names(_ headers: [String]) -> Set<String> {
        Set(headers.map { $0.lowercased().filter(\.isLetter) })
    }

    /// Throws for tables that other commands read.
    static func refuse(_ headers: [String], _ sample: ListSample) throws(ListError) {
        let names = names(headers)
        if names.isSuperset(of: ["rowkey", "decision"]) { throw .ownReview }
        if names.isSuperset(of: ["line", "operation", "outcome", "attempts"]) {
            throw .ownResults(
                OwnResults { name in headers.firstIndex { $0.lowercased() == name }.flatMap(sample.first) })
        }
    }

    /// Whether it is a list that this program wrote for later use; its columns do not affect the selection.
    static func isAccepted(_ headers: [String]) -> Bool {
        let names = names(headers)
        return names.isSuperset(of: ["pendingsince", "expiredsince"]) || names.isSuperset(of: ["uid", "changedto"])
            || names.isSuperset(of: ["uid", "lastday", "finding"])
    }

    /// Refuses a list whose headers are in one cell, because each line is in quotes or the delimiter is different.
    ///
    /// - Parameter delimiter: the delimiter of the CSV; nil for a sheet.
    static func refuseOneCell(_ cell: String, line: Int, delimiter: Delimiter?) throws(ListError) {
        guard let delimiter else { return }
        let candidates = [delimiter] + Delimiter.detected.filter { $0 != delimiter }
        let found = candidates.first { candidate in
            let parts = cell.utf8.split(separator: candidate.byte, omittingEmptySubsequences: false)
            return parts.count > 1 && parts.contains { HeaderWords(String(Substring($0))).isAddress }
        }
        guard let found else { return }
        // A cell can contain the delimiter only in quotes.
        if found == delimiter { throw .quotedLines(line: line) }
        throw .otherDelimiter(line: line, found)
    }
}
