/// The rows of one sheet.
enum SheetReader {
    /// Hands over every row that has cells, in order.
    ///
    /// - Parameters:
    ///   - part: opens the sheet's part. It is read up to the last merged cells a second time if there are any, because
    ///     they are named behind the rows.
    ///   - texts: what cells refer to by number.
    /// - Throws: ``WorkbookError``, perhaps after some rows were handed over, or what `body` throws.
    static func read(
        _ part: () throws -> PartReader, _ texts: SharedStrings, _ body: (WorkbookRow) throws -> Void
    ) throws {
        var reader = try part()
        let grammar = try reader.parse(SheetGrammar(texts)) { for row in $0.takeRows() { try body(row) } }
        guard var merged = MergedCells(grammar.merges) else { return }
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
    }

    private struct Enough: Error {}
}
