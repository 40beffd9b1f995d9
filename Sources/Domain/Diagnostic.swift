/// A position in the input.
public struct SourceLocation: Hashable, Sendable {
    /// The line of the file, counted from 1, on which the row begins; a quoted field may span lines.
    public var line: Int
    /// The field of the row, counted from 1, as a spreadsheet counts columns; nil for the whole row.
    public var column: Int?

    /// Creates a source location.
    public init(line: Int, column: Int? = nil) {
        self.line = line
        self.column = column
    }
}

/// A problem with the input, as a value: the caller decides whether to print it, collect it or stop.
public struct Diagnostic: Hashable, Sendable, CustomStringConvertible {
    /// The severity of a problem.
    public enum Severity: String, Sendable {
        /// The row cannot be carried out.
        case error
        /// The row is carried out; the user should check it.
        case warning
    }

    /// The severity.
    public var severity: Severity
    /// The file's name, `-` for standard input.
    public var file: String
    /// The sheet, if the file is a workbook.
    public var sheet: String?
    /// The position in the file.
    public var location: SourceLocation
    /// What is wrong, one sentence.
    public var message: String

    /// Creates a diagnostic.
    public init(_ severity: Severity, file: String, at location: SourceLocation, _ message: String) {
        self.severity = severity
        self.file = file
        self.location = location
        self.message = message
    }

    /// `people.csv:17:2: error: "bob@" is not an email address`, or `people.xlsx:Sheet1!B7: error: …`
    public var description: String {
        // A line of 0 stands for an account that the file does not name.
        "\(Terminal.plain(file)):\(location.line == 0 ? "" : place + ":") \(severity.rawValue): "
            + Terminal.plain(message, limit: 1000)
    }

    /// `17:2`, or `Sheet1!B7` in a workbook.
    private var place: String {
        guard let sheet else { return "\(location.line)" + (location.column.map { ":\($0)" } ?? "") }
        let cell =
            location.column.map { Self.letters(of: $0) + "\(location.line)" } ?? "\(location.line):\(location.line)"
        return Terminal.plain(sheet, limit: 60) + "!" + cell
    }

    /// The letters of a column, counted from 1: `A`, `Z`, `AA`.
    private static func letters(of column: Int) -> String {
        var (left, letters) = (column, "")
        while left > 0 {
            let (rest, letter) = (left - 1).quotientAndRemainder(dividingBy: 26)
            letters = String(UnicodeScalar(UInt8(65 + letter))) + letters
            left = rest
        }
        return letters
    }
}
