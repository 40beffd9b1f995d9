import Domain
import Foundation
import TerminalIO

/// What there is to know besides the commands: `rollcall help csv`.
enum HelpTopic: String, CaseIterable {
    case csv
    case exitStatus = "exit-status"
    case credentials, safety

    /// One line about it.
    var abstract: String { page.abstract }

    /// The page that tells it.
    var page: HelpPage {
        let (abstract, blocks) =
            switch self {
            case .csv: CSVTopic.content
            case .exitStatus: ExitStatus.topic
            case .credentials: CredentialsTopic.content
            case .safety: SafetyTopic.content
            }
        return HelpPage(name: "rollcall-" + rawValue, section: .miscellany, abstract: abstract, blocks: blocks)
    }

    /// The topics as lines of a command's help: name, and what it is about.
    static var list: String {
        let width = (allCases.map(\.rawValue.count).max() ?? 0) + 2
        return allCases.map { topic in
            "  " + Columns.padded(topic.rawValue, to: width) + topic.abstract
        }.joined(separator: "\n")
    }

    /// The page that `rollcall help NAME` asks for; nil where it is the parser that knows the answer.
    ///
    /// - Parameter arguments: what the process was given, without its name.
    /// - Throws: ``CommandFailure`` where there is help on nothing of that name.
    static func asked(by arguments: [String]) throws -> HelpPage? {
        let names = arguments.dropFirst().filter { !$0.hasPrefix("-") }
        guard arguments.first == "help", let name = names.first else { return nil }
        if names.count == 1, let topic = HelpTopic(rawValue: name) { return topic.page }
        let tree = try CommandTree.read()
        let (command, rest) = tree.find(names[...])
        guard let unknown = rest.first else { return nil }
        let known = command.shown.map(\.commandName) + (rest.count == names.count ? allCases.map(\.rawValue) : [])
        let hint = NearestWord.to(unknown, in: known).map { " Did you mean '\($0)'?" } ?? ""
        throw CommandFailure(
            .usage,
            "there is no help on '\(Terminal.plain(names.joined(separator: " ")))'.\(hint)\nSee 'rollcall help'.")
    }
}
