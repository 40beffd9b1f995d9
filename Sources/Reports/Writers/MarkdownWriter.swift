/// Writes Markdown for tickets, in the dialect of GitHub, which GitLab, Jira and most wikis also read. It has the
/// printed columns, and all rows of all tables.
struct MarkdownWriter: ReportWriter {
    @discardableResult
    func write(_ report: Report, to path: String) throws -> [String: Int] {
        let file = try AtomicFile(path: path)
        try file.write(Self.head(of: report))
        var written: [String: Int] = [:]
        for table in report.tables {
            let places = table.columns.indices.filter { table.columns[$0].isPrinted }
            try file.write(
                "\n## \(MarkdownText.spelled(table.title))\n\n\(MarkdownText.spelled(table.note))\n\n"
                    + Self.row(places.map { MarkdownText.spelled(table.columns[$0].title) })
                    + Self.row(places.map { _ in "---" }))
            written[table.id] = try table.counted { cells in
                let texts = places.map { Self.text(cells[$0]) }
                try file.write { $0.append(text: Self.row(texts)) }
            }
        }
        try file.commit()
        return written
    }

    private static func head(of report: Report) -> String {
        var text = "# \(MarkdownText.spelled(report.title))\n"
        for warning in report.warnings { text += "\n> **\(MarkdownText.spelled(warning))**\n" }
        for group in report.facts where !group.known.isEmpty {
            text += "\n## \(MarkdownText.spelled(group.title))\n\n"
            for fact in group.known {
                text += "- \(MarkdownText.spelled(fact.title)): \(Self.text(fact.value))\n"
            }
        }
        for tally in report.tallies where !tally.counts.isEmpty {
            text += "\n## \(MarkdownText.spelled(tally.title))\n\n| | |\n| --- | ---: |\n"
            for count in tally.counts { text += row([MarkdownText.spelled(count.label), String(count.count)]) }
        }
        return text
    }

    private static func row(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |\n" }

    /// The text of a cell; only cells with text need escaping.
    private static func text(_ cell: Cell) -> String {
        if case .text(let text) = cell { MarkdownText.spelled(text) } else { cell.text }
    }
}
