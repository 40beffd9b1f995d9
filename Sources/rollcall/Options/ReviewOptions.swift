import ArgumentParser
import Domain
import Foundation
import Reports
import Settings

/// Options for the content of a report about a workspace.
struct ReviewOptions: ParsableArguments {
    /// What help calls these options.
    static let title = "Content"

    @Option(
        help: ArgumentHelp(
            "A company domain, such as acme.io; accounts outside it are flagged. Can be repeated.",
            valueName: "domain"))
    var domain: [String] = []

    @Option(
        help: ArgumentHelp("A folder with custom page templates.", valueName: "folder"),
        completion: .directory)
    var templates: String?

    @Flag(help: "Start CSV files with a byte order mark, so that Excel reads UTF-8.")
    var excel = false

    mutating func validate() throws {
        domain = try DomainNames.checked(domain)
    }

    /// The options of the formats.
    func fileOptions(_ settings: UserSettings) -> ReportFile.Options {
        var options = ReportFile.Options()
        options.csvForExcel = excel
        options.templates = settings.value(.templates, given: templates)
        return options
    }
}

/// What a review is written as: `xlsx,html,csv,json`, and other products' forms, `vanta,entra`.
struct FormatList: ExpressibleByArgument {
    var formats: [ReportFormat]
    var interchanges: [Interchange] = []

    /// Every word that can stand in a list.
    static let words = ReportFormat.allCases.map(\.rawValue) + Interchange.allCases.map(\.rawValue)

    init(_ formats: [ReportFormat]) { self.formats = formats }

    init?(argument: String) {
        let names = argument.lowercased().split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        guard !names.isEmpty, Set(names).count == names.count, Set(names).isSubset(of: Self.words) else { return nil }
        formats = names.compactMap(ReportFormat.init(rawValue:))
        interchanges = names.compactMap(Interchange.init(rawValue:))
    }

    static var allValueStrings: [String] { words }
    static var defaultCompletionKind: CompletionKind { .list(words) }

    /// As they are given.
    var text: String { (formats.map(\.rawValue) + interchanges.map(\.rawValue)).joined(separator: ",") }
}

/// A quarter of a year.
enum Quarter {
    /// `2026-Q4`, in UTC.
    static func containing(_ date: Date) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let parts = calendar.dateComponents([.year, .month], from: date)
        return "\(parts.year ?? 0)-Q\(((parts.month ?? 1) - 1) / 3 + 1)"
    }
}
