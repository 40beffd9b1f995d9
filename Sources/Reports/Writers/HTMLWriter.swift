/// Writes one HTML page that loads nothing: readable without its script, searchable with it, printable with a sign-off
/// block. Rows are written one by one.
struct HTMLWriter: ReportWriter {
    /// A folder with templates that replace those of the program; nil for none.
    var templates: String?

    @discardableResult
    func write(_ report: Report, to path: String) throws -> [String: Int] {
        let templates = try TemplateSet(folder: templates)
        let head = PageHead(report: report, templates: templates)
        let file = try AtomicFile(path: path)
        try file.write(templates.render("head", head.values))
        var written: [String: Int] = [:]
        for table in report.tables {
            written[table.id] = try PageTable(table, templates: templates).write(to: file)
        }
        try file.write(templates.render("foot", head.footValues))
        try file.commit()
        return written
    }
}
