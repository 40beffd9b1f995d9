import Domain
import Foundation
import TerminalIO

/// Opens files in the applications of the desktop, for `--open`.
enum FileOpener {
    /// The formats that people read in an application, the best one first.
    private static let formats: [ReportFormat] = [.html, .xlsx]

    #if os(macOS)
        private static let program = "open"
    #else
        private static let program = "xdg-open"
    #endif

    /// Opens the best file for a person: a page, else a workbook, else the first.
    static func open(_ paths: [String], on console: Console) {
        let best = formats.lazy.compactMap { format in paths.first { ReportFormat(path: $0) == format } }.first
        guard let path = best ?? paths.first else { return }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        // A whole path cannot be taken for an option.
        process.arguments = [program, URL(fileURLWithPath: path).path]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return warn(path, console) }
        process.waitUntilExit()
        if process.terminationStatus != 0 { warn(path, console) }
    }

    private static func warn(_ path: String, _ console: Console) {
        console.warn("\(program) could not open \(Terminal.plain(path, limit: 1000)); open the file yourself")
    }
}
