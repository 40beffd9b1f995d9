import ArgumentParser
import Domain
import Foundation
import Reports
import TerminalIO

/// Where a report goes, and in which format: `--out users.xlsx`, `--format md`.
struct ReportOptions: ParsableArguments {
    /// What help calls these options.
    static let title = "Report"

    @Option(
        help: ArgumentHelp(
            "Write the report to this file; \(ReportFormat.extensions). Can be repeated.", valueName: "file"),
        completion: .report)
    var out: [String] = []

    @Option(
        help: ArgumentHelp(
            "Print the report in this format: \(ReportFormat.allCases.map(\.rawValue).joined(separator: ", ")).",
            discussion: "md is a table for a ticket; with --out, the format of a file without an extension",
            valueName: "format"))
    var format: ReportFormat?

    @Flag(help: "Replace existing files.")
    var overwrite = false

    @Flag(help: "Open the report in its application.")
    var open = false

    mutating func validate() throws {
        // --format is for the files whose names have no extension, if there are any.
        let isForOthers = out.contains { ($0 as NSString).pathExtension.isEmpty }
        for path in out {
            let isNamed = isForOthers && !(path as NSString).pathExtension.isEmpty
            try Self.check(path, format: isNamed ? nil : format)
        }
        if out.isEmpty, format == .xlsx { throw ValidationError("--format xlsx needs --out FILE.") }
        if out.isEmpty, open { throw ValidationError("--open needs --out FILE.") }
    }

    /// Refuses a name whose extension is no format.
    static func check(_ path: String, option: String = "--out", format: ReportFormat? = nil) throws {
        let shown = Terminal.plain(path, limit: 1000)
        if let own = ReportFormat(path: path) {
            guard let format, format != own else { return }
            throw ValidationError("\(option) \(shown) ends in .\(own.rawValue), and --format is \(format.rawValue).")
        }
        // Such a word is probably meant for the other option.
        if OutputFormat(rawValue: path) != nil || ReportFormat(rawValue: path) != nil {
            let meant = OutputFormat(rawValue: path).map { _ in "--output \(path)" } ?? "--format \(path)"
            throw ValidationError("\(option) takes a file. Did you mean '\(meant)'?")
        }
        if format != nil, (path as NSString).pathExtension.isEmpty { return }
        throw ValidationError("\(option) \(shown): the name must end in \(ReportFormat.extensions).")
    }

    /// The files; a file that is given twice is written once.
    private func files(_ options: ReportFile.Options) -> [ReportFile] {
        var seen: Set<String> = []
        return out.filter { seen.insert(Self.place(of: $0)).inserted }.compactMap { path in
            ReportFile(path: path, options: options)
                ?? format.map { ReportFile(path: path, format: $0, options: options) }
        }
    }

    /// Makes sure that every file can be written and that none would replace another file, before anything is listed.
    func checkPlaces() throws {
        for file in files(.init()) {
            if !overwrite { try OrdinaryFile.refuseToReplace(file.path) }
            try file.probe()
        }
    }

    /// Writes the report to its files, or prints it in the format that was given.
    ///
    /// - Parameter table: prints what a person sees if neither was given.
    func emit(
        _ report: @autoclosure () throws -> Report, options: ReportFile.Options = .init(), on console: Console,
        table: () throws -> Void
    ) throws {
        if !out.isEmpty {
            let report = try report()
            try write(options: options, on: console) { try console.write(report, to: $0) }
        } else if let format, console.output.format == .text {
            try print(report(), in: format, options, on: console)
        } else {
            try table()
        }
    }

    /// Writes each file by `body`, and opens one if that was asked for.
    ///
    /// - Returns: the files.
    @discardableResult
    func write(
        options: ReportFile.Options = .init(), on console: Console, _ body: (ReportFile) throws -> Void
    ) throws -> [ReportFile] {
        let files = files(options)
        for file in files {
            // Checked again, because the file may have been created since.
            if !overwrite { try OrdinaryFile.refuseToReplace(file.path) }
            try body(file)
            console.say("Written: \(Terminal.plain(file.path, limit: 1000))")
        }
        if open { FileOpener.open(files.map(\.path), on: console) }
        return files
    }

    /// Prints through a temporary file, because the writers need a path.
    private func print(
        _ report: Report, in format: ReportFormat, _ options: ReportFile.Options, on console: Console
    ) throws {
        try ScratchFolder.with { folder in
            let file = ReportFile(path: folder.place("report"), format: format, options: options)
            try file.write(report)
            try console.output.contents(of: file.path)
        }
    }

    /// The canonical path, for comparing two spellings.
    private static func place(of path: String) -> String {
        let url = URL(fileURLWithPath: path)
        return url.deletingLastPathComponent().resolvingSymlinksInPath().path + "/" + url.lastPathComponent
    }
}

extension ReportFormat: ExpressibleByArgument {}
