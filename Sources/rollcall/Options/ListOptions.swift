import ArgumentParser
import Domain
import Planning
import Readers

/// How the text of a file is read.
struct CSVFileOptions: ParsableArguments {
    /// What help calls these options.
    static let title = "Reading the list"

    @Option(
        help: ArgumentHelp(
            "The file's encoding, for example windows-1252.", discussion: "Default: UTF-8, or UTF-16 with its mark",
            valueName: "name"),
        completion: .list(CSVOptions.encodings))
    var encoding: String?

    @Option(
        help: ArgumentHelp(
            "What separates fields: a character, or 'tab'.", discussion: "Default: found out", valueName: "character"),
        completion: .list(Delimiter.detected.map(\.description)))
    var delimiter: String?

    func options() throws -> CSVOptions {
        guard let delimiter else { return CSVOptions(encoding: encoding) }
        guard let found = Delimiter(delimiter) else {
            throw ValidationError("--delimiter \(Terminal.plain(delimiter)) is not one character, or 'tab'.")
        }
        return CSVOptions(delimiter: found, encoding: encoding)
    }
}

/// Which columns of a list hold what, and which rows of it are meant.
struct ListColumnOptions: ParsableArguments {
    /// What help calls these options.
    static let title = "Columns and rows of the list"

    @Option(help: ArgumentHelp("The column of email addresses: its header or number.", valueName: "column"))
    var emailColumn: String?

    @Option(help: ArgumentHelp("The column of uids: its header or number, or none.", valueName: "column"))
    var uidColumn: String?

    @Option(help: ArgumentHelp("The column of workspaces: its header or number, or none.", valueName: "column"))
    var workspaceColumn: String?

    @Option(
        help: ArgumentHelp(
            "The line that holds the headers, or none.", discussion: "Default: found among the first 20 rows",
            valueName: "line"))
    var headerRow: String?

    @Option(
        help: ArgumentHelp("The sheet of a workbook.", discussion: "Default: the one with people", valueName: "name"))
    var sheet: String?

    @Option(
        help: ArgumentHelp(
            "Take only rows with these values in a column, for example Status=Active. May be repeated.",
            valueName: "column=values"))
    var only: [String] = []

    @Option(
        help: ArgumentHelp(
            "Leave out rows with these values in a column, for example Status=Suspended. May be repeated.",
            valueName: "column=values"))
    var except: [String] = []

    @Option(
        help: ArgumentHelp(
            "Take only the section with this title, or that begins on this line; all takes every section. May be repeated.",
            valueName: "title"))
    var section: [String] = []

    @Flag(help: "Take every row, whatever a column says about its state.")
    var allRows = false

    @Flag(help: "Take a person if one of the person's rows is meant, even if another one is left out.")
    var anyRow = false

    @Flag(help: "Take the rows of a workbook that are hidden, too.")
    var hiddenRows = false

    @Flag(help: "Take addresses with characters that addresses seldom have.")
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
    @Option(help: ArgumentHelp("The account type of rows that name none.", valueName: "type"))
    var accountType: AccountType?

    @Option(
        help: ArgumentHelp(
            "The column of account types: its header or number; none takes --account-type for every row.",
            valueName: "column"))
    var accountTypeColumn: String?

    @Option(
        help: ArgumentHelp(
            "What a word of the list means, for example Member=DEVELOPER. May be repeated.", valueName: "word=type"))
    var mapType: [TypeMapping] = []

    mutating func validate() throws {
        if let accountTypeColumn, case .none = ColumnChoice(accountTypeColumn), accountType == nil {
            throw ValidationError("--account-type-column none needs --account-type, which every row then gets.")
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
