import ArgumentParser
import Domain
import Foundation
import TerminalIO

/// `rollcall man-pages FOLDER`, for `make install` and for packages.
struct ManPagesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "man-pages",
        abstract: "Write the man pages to the folders man1 and man7.",
        discussion: """
            Examples:
              rollcall man-pages build/man
            """,
        shouldDisplay: false)

    @Argument(
        help: ArgumentHelp("The folder; created if missing.", valueName: "folder"), completion: .directory)
    var folder: String

    /// The date on the pages: that of the source in `SOURCE_DATE_EPOCH`, so that a package can be built again with the same
    /// bytes (https://reproducible-builds.org/specs/source-date-epoch), or today.
    private static var date: Date {
        ProcessInfo.processInfo.environment["SOURCE_DATE_EPOCH"].flatMap(UInt32.init)
            .map { Date(timeIntervalSince1970: TimeInterval($0)) } ?? Date()
    }

    func run() throws {
        let pages = try CommandTree.read().all.map(HelpPage.init) + HelpTopic.allCases.map(\.page)
        let date = Self.date.formatted(.iso8601.year().month().day())
        do {
            for page in pages {
                let path = URL(fileURLWithPath: folder).appendingPathComponent("man\(page.section.rawValue)")
                try FileManager.default.createDirectory(at: path, withIntermediateDirectories: true)
                try Data(page.manual(at: date).utf8).write(
                    to: path.appendingPathComponent("\(page.name).\(page.section.rawValue)"))
            }
        } catch {
            throw CommandFailure(
                .nothingSent, "the pages cannot be written to \(Terminal.plain(folder)): \(error.localizedDescription)")
        }
    }
}
