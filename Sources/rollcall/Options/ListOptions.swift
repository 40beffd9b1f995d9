import ArgumentParser
import Domain
import Planning
import Readers

/// How the text of a file is read.
struct CSVFileOptions: ParsableArguments {
    /// What help calls these options.
    static let title = "File format"

    @Option(
        help: ArgumentHelp(
            "The file's encoding, for example windows-1252.",
            discussion: "Default: UTF-8, or UTF-16 with a byte order mark",
            valueName: "name"),
        completion: .list(CSVOptions.encodings))
    var encoding: String?

    @Option(
        help: ArgumentHelp(
            "The field separator: a character, or comma, semicolon, tab or pipe.", discussion: "Default: auto-detected",
            valueName: "character"),
        completion: .list(Delimiter.detected.map(\.description)))
    var delimiter: String?

    func options() throws -> CSVOptions {
        guard let delimiter else { return CSVOptions(encoding: encoding) }
        guard let found = Delimiter(delimiter) else {
            throw ValidationError(
                "--delimiter \(Terminal.plain(delimiter)) is not one character, and not comma, semicolon, tab or pipe.")
        }
        return CSVOptions(delimiter: found, encoding: encoding)
    }
}

/// Which columns of a list hold what, and which rows of it are meant.
struct ListColumnOptions: ParsableArguments {
    /// What help calls these options.
    static let title = "Columns and rows"

    @Option(help: ArgumentHelp("The email column: its header or number.", valueName: "column"))
    var emailColumn: String?

    @Option(help: ArgumentHelp("The uid column: its header or number, or none.", valueName: "column"))
    var uidColumn: String?

    @Option(help: ArgumentHelp("The workspace column: its header or number, or none.", valueName: "column"))
    var workspaceColumn: String?

    @Option(
        help: ArgumentHelp(
            "The line with the headers, or none.", discussion: "Default: auto-detected in the first 20 rows",
            valueName: "line"))
    var headerRow: String?

    @Option(
        help: ArgumentHelp(
            "The workbook's sheet.", discussion: "Default: the sheet with email addresses", valueName: "name"))
    var sheet: String?

    @Option(
        help: ArgumentHelp(
            "Include only rows with these values in a column, for example Status=Active. Can be repeated.",
            valueName: "column=values"))
    var only: [String] = []

    @Option(
        help: ArgumentHelp(
            "Exclude rows with these values in a column, for example Status=Suspended. Can be repeated.",
            valueName: "column=values"))
    var except: [String] = []

    @Option(
        help: ArgumentHelp(
            "Include only the section with this title or first line; all includes every section. Can be repeated.",
            valueName: "title"))
    var section: [String] = []

    @Flag(help: "Include every row, whatever its status column says.")
    var allRows = false

    @Flag(help: "Include a person if at least one of their rows is included.")
    var anyRow = false

    @Flag(help: "Include hidden rows of a workbook.")
    var hiddenRows = false

    @Flag(help: "Accept addresses with unusual characters.")
    var allowUnusualAddresses = false

    mutating func validate() throws {
        if let headerRow, headerRow.lowercased() != "none", Int(headerRow).map({ $0 > 0 }) != true {
            throw ValidationError(
                "--header-row \(Terminal.plain(headerRow)) is neither a line, counted from 1, nor none.")
        }
        for (option, texts) in [("--only", only), ("--except", except)] {
            if let text = texts.first(where: { RowFilter($0, keeps: true) == nil }) {
                throw ValidationError(
                    "\(option) \(Terminal.plain(text)) is not COLUMN=VALUE, for example \(option) Status=Active.")
            }
        }
        if let emailColumn, case .none = ColumnChoice(emailColumn) {
            throw ValidationError("--email-column takes the header or the number of a column.")
        }
    }

    /// For the reader.
    func options(
        _ purpose: WorkspaceChange.Kind, csv: CSVFileOptions, types: AccountTypeOptions?
    ) throws -> ListOptions {
        var options = ListOptions(purpose)
        options.csv = try csv.options()
        let columns: [(PeopleField, String?)] = [
            (.email, emailColumn), (.uid, uidColumn), (.workspace, workspaceColumn),
            (.accountType, types?.accountTypeColumn),
        ]
        for (field, text) in columns { options.columns[field] = text.map { ColumnChoice($0) } }
        if let headerRow { options.headerRow = Int(headerRow).map { .line($0) } ?? HeaderRow.none }
        options.sheet = sheet
        options.filters =
            only.compactMap { RowFilter($0, keeps: true) } + except.compactMap { RowFilter($0, keeps: false) }
        if !section.isEmpty {
            options.sections = section.contains { $0.lowercased() == "all" } ? .all : .named(section)
        }
        options.takesAllRows = allRows
        options.takesHiddenRows = hiddenRows
        return options
    }
}

/// Which account types the rows of a list ask for.
struct AccountTypeOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The account type for rows without one.", valueName: "type"))
    var accountType: AccountType?

    @Option(
        help: ArgumentHelp(
            "The account type column: its header or number; none uses --account-type for every row.",
            valueName: "column"))
    var accountTypeColumn: String?

    @Option(
        help: ArgumentHelp(
            "Map a word in the list to an account type, for example Member=DEVELOPER. Can be repeated.",
            valueName: "word=type"))
    var mapType: [TypeMapping] = []

    mutating func validate() throws {
        if let accountTypeColumn, case .none = ColumnChoice(accountTypeColumn), accountType == nil {
            throw ValidationError(
                "--account-type-column none requires --account-type, which then applies to every row.")
        }
    }
}

extension TypeMapping: ExpressibleByArgument {}

extension AccountType: ExpressibleByArgument {
    /// The type that `--account-type` names, in any spelling; nil for one that the vendor's client does not know.
    public init?(argument: String) {
        self.init(knownAs: argument)
    }

    /// What help and shells offer.
    public static var allValueStrings: [String] { known.map(\.rawValue) }

    /// The same words.
    public static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }
}
