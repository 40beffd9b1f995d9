import Domain

/// Results as CSV: RFC 4180, a header line, CRLF.
struct ResultsCSVWriter: ResultsWriter {
    func head(of run: RunRecord) -> String {
        ResultsReport.columns.joined(separator: ",") + "\r\n"
    }

    func line(for row: ResultRow) -> String {
        ResultsReport.cells(of: row).map(Self.field).joined(separator: ",") + "\r\n"
    }

    func foot(counts: [Outcome.Kind: Int]) -> String { "" }

    private static func field(_ cell: Cell) -> String {
        switch cell {
        case .text(let text): CSVText.field(text)
        default: cell.text
        }
    }
}
