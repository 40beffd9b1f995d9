import ArgumentParser
import Domain
import Foundation
import People
import Readers
import Reports
import Reviewing
import Settings
import TerminalIO

/// The company's own list of people, and how it is read.
struct PeopleOptions: ParsableArguments {
    /// What help calls these options.
    static let title = "The company's own list"

    @Option(
        help: ArgumentHelp(
            "The company's own list of people: a CSV or workbook from HR or a directory; - reads standard input.",
            valueName: "file"),
        completion: .peopleList)
    var people: String?

    @Option(
        help: ArgumentHelp(
            "The column of a field in the list of people, for example 'status=Employment status', or none. Can be repeated.",
            discussion: "Fields: \(PeopleFileField.allCases.map(\.rawValue).joined(separator: ", "))",
            valueName: "field=column"))
    var peopleColumn: [String] = []

    @Option(
        help: ArgumentHelp(
            "What a status in the list of people means: active, suspended or left. Can be repeated.",
            valueName: "status=meaning"))
    var mapStatus: [String] = []

    @Option(
        help: ArgumentHelp(
            "How the list of people writes dates: D/M/Y or M/D/Y.", discussion: "Default: auto-detected",
            valueName: "order"))
    var dateFormat: DateOrder?

    @Option(
        help: ArgumentHelp(
            "The line with the headers of the list of people.",
            discussion: "Default: auto-detected in the first 20 rows",
            valueName: "line"))
    var headerRow: Int?

    @Option(
        help: ArgumentHelp(
            "The sheet with the list of people.", discussion: "Default: the sheet with email addresses",
            valueName: "name"))
    var sheet: String?

    @Flag(help: "Include hidden rows of a workbook with the list of people.")
    var hiddenRows = false

    mutating func validate() throws {
        if let text = peopleColumn.first(where: { PeopleFileColumn($0) == nil }) {
            throw ValidationError(
                "--people-column \(Terminal.plain(text)) is not FIELD=COLUMN; the fields are "
                    + "\(PeopleFileField.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        if let text = mapStatus.first(where: { StatusMapping($0) == nil }) {
            throw ValidationError(
                "--map-status \(Terminal.plain(text)) is not STATUS=MEANING, for example LOA=active; the meanings are "
                    + "active, suspended and left.")
        }
        if let headerRow, headerRow < 1 { throw ValidationError("--header-row is a line, counted from 1.") }
    }

    /// Reads the list that the command line or the settings name.
    ///
    /// - Returns: nil if neither names one.
    /// - Throws: ``CommandFailure`` if it cannot be read.
    func read(_ csv: CSVFileOptions, _ settings: UserSettings) async throws -> CompanyPeople? {
        var options = PeopleFileOptions(today: Self.today)
        options.csv = try csv.options()
        for text in settings.list(.peopleColumns) + peopleColumn {
            if let choice = PeopleFileColumn(text) { options.columns[choice.field] = choice.column }
        }
        options.map((settings.list(.peopleStatuses) + mapStatus).compactMap { StatusMapping($0) })
        options.dateOrder = settings.value(.dateFormat, given: dateFormat) { DateOrder(argument: $0) }
        options.headerRow = headerRow.map { .line($0) }
        options.sheet = sheet
        options.takesHiddenRows = hiddenRows
        if let people { return try CompanyPeople(path: people, options) }
        if let output = try await Self.output(settings) {
            return try CompanyPeople(output, name: SettingKey.peopleCommand.rawValue, options)
        }
        return try settings[.people].map { try CompanyPeople(path: $0.text, options) }
    }

    /// What `peopleCommand` prints; nil if there is none.
    private static func output(_ settings: UserSettings) async throws -> Data? {
        do throws(SettingsFailure) {
            return try await settings.peopleCommandOutput()
        } catch {
            return try asCommandFailure { throw error }
        }
    }

    /// The day here and now; a debug build reads another one.
    static var today: Day {
        CalendarDay.given.flatMap { Day($0.description) } ?? Day(of: Date(), in: .current)
    }
}

extension DateOrder: ExpressibleByArgument {
    /// `D/M/Y`, in any case; also `DD/MM/YYYY`, and without the year.
    public init?(argument: String) {
        let letters = argument.uppercased().filter("DMY".contains)
        let order = letters.reduce(into: "") { if $0.last != $1 { $0.append($1) } }
        switch order {
        case "DMY", "DM": self = .dayFirst
        case "MDY", "MD": self = .monthFirst
        default: return nil
        }
    }

    /// What help and shells offer.
    public static var allValueStrings: [String] { allCases.map(\.rawValue) }
}

extension UserSettings {
    /// The accounts that belong to no person.
    var serviceAccounts: [ServiceAccount] { list(.serviceAccounts).compactMap { ServiceAccount($0) } }

    /// The accounts whose findings are accepted.
    var findingExceptions: [FindingException] { list(.exceptions).compactMap { FindingException($0) } }
}
