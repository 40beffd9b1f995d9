import ArgumentParser
import Domain
import Foundation
import TerminalIO

/// `rollcall man-pages FOLDER`, which is for `make install` and for who packages the program.
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

    func run() throws {
        let pages = try CommandTree.read().all.map(HelpPage.init) + HelpTopic.allCases.map(\.page)
        let date = Date().formatted(.iso8601.year().month().day())
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
