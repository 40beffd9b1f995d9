/// Tables that this program writes, known by their headers.
enum OwnTable {
    /// The headers without what a workbook's titles and a CSV's keys differ in.
    private static func names(_ headers: [String]) -> Set<String> {
        Set(headers.map { $0.lowercased().filter(\.isLetter) })
    }

    /// Throws for what another command reads.
    static func refuse(_ headers: [String]) throws(ListError) {
        let names = names(headers)
        if names.isSuperset(of: ["rowkey", "decision"]) { throw .ownReview }
        if names.isSuperset(of: ["line", "operation", "outcome", "attempts"]) { throw .ownResults }
    }

    /// Whether it is a list that this program has written to be read again; its columns say nothing about who is meant.
    static func isAccepted(_ headers: [String]) -> Bool {
        let names = names(headers)
        return names.isSuperset(of: ["pendingsince", "expiredsince"]) || names.isSuperset(of: ["uid", "changedto"])
    }

    /// Whether a cell is a line of a CSV, with the name of a column of addresses in it.
    static func isQuotedLine(_ cell: String) -> Bool {
        let parts = cell.split(omittingEmptySubsequences: false) { $0 == "," || $0 == ";" || $0 == "\t" || $0 == "|" }
        return parts.count > 1 && parts.contains { HeaderWords(String($0)).isAddress }
    }
}
