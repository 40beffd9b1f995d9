import ArgumentParser
import Domain
import Foundation
import Reports
import TerminalIO

/// The files that a report is written to, as `--out` names them.
struct ReportFiles {
    private let files: [ReportFile]

    /// Takes paths that ``check(_:option:)`` has accepted; a file that is named twice is written once.
    init(_ paths: [String], options: ReportFile.Options = .init()) {
        var seen: Set<String> = []
        files = paths.filter { seen.insert(Self.place(of: $0)).inserted }.compactMap {
            ReportFile(path: $0, options: options)
        }
    }

    /// Refuses a name whose extension is no format.
    static func check(_ paths: [String], option: String) throws {
        for path in paths where ReportFormat(path: path) == nil {
            throw ValidationError(
                "\(option) \(Terminal.plain(path)): the name has to end in \(ReportFormat.extensions).")
        }
    }

    /// Whether there is no file to write to.
    var isEmpty: Bool { files.isEmpty }

    /// Makes sure that every file can be written and that none would replace another file, before anything is listed.
    func checkPlaces() throws {
        for file in files {
            try OrdinaryFile.refuseToReplace(file.path)
            try file.probe()
        }
    }

    /// Writes a report to every file.
    func write(_ report: Report, on console: Console) throws {
        for file in files {
            // Once more, because the file may have been made since.
            try OrdinaryFile.refuseToReplace(file.path)
            try console.write(report, to: file)
            console.say("Written: \(Terminal.plain(file.path, limit: 1000))")
        }
    }

    /// Where a path leads, in whatever way it is spelled.
    private static func place(of path: String) -> String {
        let url = URL(fileURLWithPath: path)
        return url.deletingLastPathComponent().resolvingSymlinksInPath().path + "/" + url.lastPathComponent
    }
}
