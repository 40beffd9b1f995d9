import ArgumentParser
import Domain
import Foundation
import Reports
import WorkspaceAPI

/// What a report about a workspace is told by its caller.
struct ReviewOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A domain of the company, as acme.io; accounts of others are flagged. May be given again.",
            valueName: "domain"))
    var domain: [String] = []

    @Option(
        help: ArgumentHelp("A folder with page templates that replace the program's own.", valueName: "folder"),
        completion: .directory)
    var templates: String?

    @Flag(help: "CSV begins with a byte order mark, so that Excel takes it for UTF-8.")
    var excel = false

    mutating func validate() throws {
        domain = try DomainNames.checked(domain)
    }

    /// What the formats are told.
    var fileOptions: ReportFile.Options {
        var options = ReportFile.Options()
        options.csvForExcel = excel
        options.templates = templates
        return options
    }
}

/// The formats of one report: `xlsx,html,csv,json`.
struct FormatList: ExpressibleByArgument {
    var formats: [ReportFormat]

    init(_ formats: [ReportFormat]) { self.formats = formats }

    init?(argument: String) {
        let names = argument.lowercased().split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        let formats = names.compactMap(ReportFormat.init(rawValue:))
        guard !formats.isEmpty, formats.count == names.count, Set(formats).count == formats.count else { return nil }
        self.formats = formats
    }

    static var allValueStrings: [String] { ReportFormat.allCases.map(\.rawValue) }
    static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }

    var defaultValueDescription: String { formats.map(\.rawValue).joined(separator: ",") }
}
