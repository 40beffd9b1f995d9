/// Names of sheets and columns in a workbook.
enum SheetName {
    /// The maximum length of the name of a sheet.
    static let limit = 31

    /// The name of one of several sheets for one table: `Active users`, `Active users 2`.
    static func part(_ number: Int, of title: String) -> String {
        guard number > 1 else { return String(title.prefix(limit)) }
        let suffix = " \(number)"
        return title.prefix(limit - suffix.count) + suffix
    }

    /// The name in a formula: in quotes, with quotes in it doubled.
    static func inFormula(_ name: String) -> String {
        "'" + name.replacing("'", with: "''") + "'"
    }
}
