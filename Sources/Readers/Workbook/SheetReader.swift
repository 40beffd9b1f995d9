/// The rows of one sheet.
enum SheetReader {
    /// Passes every row with cells to `body`, in order.
    ///
    /// - Parameters:
    ///   - part: opens the part of the sheet. If there are merged cells, it is read a second time up to the last of
    ///     them, because they are listed after the rows.
    ///   - texts: the texts to which cells refer by number.
    /// - Returns: the merged cells with a text.
    /// - Throws: ``WorkbookError``, possibly after some rows were passed on, or what `body` throws.
    @discardableResult
    static func read(
        _ part: () throws -> PartReader, _ texts: SharedStrings, _ body: (WorkbookRow) throws -> Void
    ) throws -> [MergedRange] {
        var reader = try part()
        let grammar = try reader.parse(SheetGrammar(texts)) { for row in $0.takeRows() { try body(row) } }
        guard var merged = MergedCells(grammar.merges) else { return [] }
        var again = try part()
        do {
            _ = try again.parse(SheetGrammar(texts)) { grammar in
                for row in grammar.takeRows() {
                    if row.number > merged.lastRow { throw Enough() }
                    do throws(PartFault) {
                        try merged.check(row)
                    } catch {
                        throw WorkbookError.part(reader.name, error)
                    }
                }
            }
        } catch is Enough {}
        return merged.filled
    }

    private struct Enough: Error {}
}
